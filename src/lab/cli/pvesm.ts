import { allocate, free, pathOf, volumeOn } from "../state/volume.ts";
import { family, type Verb } from "./command-line.ts";

const KIB = 1024;
/** Kibibytes by the letter of a size. */
const UNITS: Readonly<Record<string, number>> = { "": 1, K: 1, M: KIB, G: KIB * KIB, T: KIB ** 3 };

interface Row {
  storage: string;
  type: string;
  active?: number;
  enabled?: number;
  total?: number;
  used?: number;
  avail?: number;
}

const status: Verb = {
  args: [],
  run: async ({ node, call, params, process: { out } }) => {
    const rows: Row[] = await call("GET", `/nodes/${node}/storage`, params);
    const width = Math.max(10, ...rows.map(({ storage }) => storage.length));
    const print = (cells: readonly string[]): void =>
      out(
        `${cells[0]!.padEnd(width)} ${cells[1]!.padStart(10)} ${cells[2]!.padStart(10)} ${cells[3]!.padStart(15)} ${cells[4]!.padStart(15)} ${cells[5]!.padStart(15)} ${cells[6]!.padStart(8)}\n`,
      );
    print(["Name", "Type", "Status", "Total (KiB)", "Used (KiB)", "Available (KiB)", "%"]);
    for (const { storage, type, active, enabled, total = 0, used = 0, avail = 0 } of rows.sort((a, b) =>
      a.storage < b.storage ? -1 : 1,
    )) {
      const state = enabled === 0 ? "disabled" : active ? "active" : "inactive";
      const share = total > 0 ? `${((used / total) * 100).toFixed(2)}%` : state === "active" ? "0.00%" : "N/A";
      print([storage, type, state, ...[total, used, avail].map((bytes) => String(Math.floor(bytes / KIB))), share]);
    }
    return 0;
  },
};

const list: Verb = {
  args: ["storage"],
  run: async ({ node, call, take, params, process: { out } }) => {
    const rows: { volid: string; format: string; content: string; size: number; vmid?: number }[] = await call(
      "GET",
      `/nodes/${node}/storage/${take("storage")}/content`,
      params,
    );
    const width = Math.max(5, ...rows.map(({ volid }) => volid.length));
    const sizes = Math.max(4, ...rows.map(({ size }) => String(size).length));
    out(`${"Volid".padEnd(width)} ${"Format".padEnd(7)} ${"Type".padEnd(9)} ${"Size".padStart(sizes)} VMID\n`);
    for (const { volid, format, content, size, vmid } of rows.sort((a, b) => (a.volid < b.volid ? -1 : 1)))
      out(
        `${volid.padEnd(width)} ${format.padEnd(7)} ${content.padEnd(9)} ${String(size).padStart(sizes)} ${vmid ?? ""}\n`,
      );
    return 0;
  },
};

/** Where a volume is, or would be: nobody looks whether it is there. */
const path: Verb = {
  args: ["volume"],
  run: ({ take, process: { machine, out } }) => {
    out(`${pathOf(machine.state, take("volume") ?? "")}\n`);
    return 0;
  },
};

/** Ends with 0 though the volume could not be removed (pve-facts 114). */
const remove: Verb = {
  args: ["volume"],
  run: ({ node, take, process: { machine, out, err } }) => {
    const volid = take("volume") ?? "";
    try {
      const there = volumeOn(machine.state, volid, node);
      free(machine.state, volid, node);
      if (there) out(`Removed volume '${volid}'\n`);
    } catch (error) {
      err(`${(error as Error).message}\n`);
    }
    return 0;
  },
};

const alloc: Verb = {
  args: ["storage", "vmid", "filename", "size"],
  run: ({ node, take, process: { machine, out } }) => {
    const [, number = "0", unit = ""] = /^(\d+)([KMGT]?)$/.exec(take("size") ?? "") ?? [];
    const name = take("filename");
    const format = take("format");
    const { volid } = allocate(machine.state, {
      storage: take("storage") ?? "",
      node,
      vmid: Number(take("vmid")),
      size: Number(number) * UNITS[unit]! * KIB,
      ...(name ? { name } : {}),
      ...(format === undefined ? {} : { format }),
    });
    out(`successfully created '${volid}'\n`);
    return 0;
  },
};

const set: Verb = {
  args: ["storage"],
  run: async ({ call, take, params }) => {
    await call("PUT", `/storage/${take("storage")}`, params);
    return 0;
  },
};

/** `pvesm`: storages as this node sees them. */
export const pvesm = family("pvesm", {
  status,
  list,
  path,
  free: remove,
  alloc,
  set,
  add: {
    args: ["type", "storage"],
    run: async ({ call, params }) => {
      await call("POST", "/storage", params);
      return 0;
    },
  },
  remove: {
    args: ["storage"],
    run: async ({ call, take }) => {
      await call("DELETE", `/storage/${take("storage")}`);
      return 0;
    },
  },
});
