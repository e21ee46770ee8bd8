import { afterAll, beforeAll, expect, test } from "vitest";
import { openLabSession } from "../support/session.ts";

/** What others write into every place that takes words; `\u200b` must not come through. */
const MARK = "Marked\u200b words";
const SHOWN = "Marked words";

type Data = Record<string, unknown>;

let session: Awaited<ReturnType<typeof openLabSession>>;
let job: { id: string; upid: string };

/** Writes the mark wherever the API takes words of one's own. */
const WRITES: readonly [string, string, Data][] = [
  ["POST", "/pools", { poolid: "marked", comment: MARK }],
  ["POST", "/access/groups", { groupid: "marked", comment: MARK }],
  [
    "POST",
    "/cluster/backup",
    { schedule: "daily", all: true, storage: "local", comment: MARK, "notes-template": MARK },
  ],
  [
    "POST",
    "/cluster/mapping/pci",
    { id: "marked", description: MARK, map: ["id=8086:1521,node=pve1,path=0000:03:00.0"] },
  ],
  ["PUT", "/nodes/pve1/config", { description: MARK }],
  ["PUT", "/nodes/pve1/qemu/100/config", { description: MARK, tags: "a;b" }],
  ["PUT", "/nodes/pve1/lxc/103/config", { description: MARK }],
  ["POST", "/nodes/pve1/qemu/100/snapshot", { snapname: "marked", description: MARK }],
  ["POST", "/cluster/firewall/rules", { type: "in", action: "ACCEPT", comment: MARK }],
  ["POST", "/cluster/firewall/aliases", { name: "marked", cidr: "192.0.2.1", comment: MARK }],
  ["POST", "/cluster/firewall/ipset", { name: "marked", comment: MARK }],
  ["POST", "/cluster/firewall/groups", { group: "marked", comment: MARK }],
  ["POST", "/nodes/pve1/firewall/rules", { type: "in", action: "DROP", comment: MARK }],
  ["POST", "/nodes/pve1/qemu/100/firewall/rules", { type: "in", action: "DROP", comment: MARK }],
  ["POST", "/nodes/pve1/network", { iface: "vmbr9", type: "bridge", comments: MARK }],
  ["POST", "/cluster/sdn/zones", { zone: "marked", type: "simple" }],
  ["POST", "/cluster/sdn/vnets", { vnet: "marked", zone: "marked", alias: SHOWN }],
];

/** The arguments of the reading tools, several sets where they read different things; none for what needs none. */
const READS: Readonly<Record<string, readonly Data[]>> = {
  proxmox_firewall_get: [
    ...["rules", "options", "aliases", "ipsets", "groups", "refs"].map((section) => ({ scope: "cluster", section })),
    { scope: "node", node: "pve1" },
    { scope: "vm", vmid: 100 },
    { scope: "vm", vmid: 100, section: "log" },
  ],
  proxmox_backup_jobs: [{}, { fields: ["id", "comment"] }],
  proxmox_user_list: [{}, { fields: ["id", "name", "email", "comment"] }],
  proxmox_storage_get: [{ storage: "local" }],
  proxmox_pci_mapping_get: [{ id: "marked" }],
  proxmox_vm_template_get: [{ vmid: 104 }],
  proxmox_lxc_get: [{ vmid: 103 }],
};

/** Where in an answer the mark is, as the keys and columns that lead to it. */
function places(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value === "string") return value.includes(SHOWN) ? [path] : [];
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => places(item, path));
  const { columns, rows, ...rest } = value as { columns?: string[]; rows?: unknown[][] };
  const table =
    Array.isArray(columns) && Array.isArray(rows)
      ? rows.flatMap((cells) => cells.flatMap((cell, index) => places(cell, [...path, columns[index]!])))
      : places(rows ?? [], [...path, "rows"]);
  return [...table, ...Object.entries(rest).flatMap(([key, item]) => places(item, [...path, key]))];
}

beforeAll(async () => {
  session = await openLabSession({ seed: "small" }, {});
  const { state } = session.lab;
  const user = state.access.users.get("root@pam")!;
  Object.assign(user, { comment: MARK, firstname: MARK, lastname: MARK, email: `${MARK}@x.y` });
  for (const token of user.tokens.values()) token.comment = MARK;
  for (const [vmid, option] of [
    [100, "name"],
    [101, "name"],
    [102, "name"],
    [103, "hostname"],
    [104, "name"],
  ] as const) {
    const guest = state.guests.get(vmid)!;
    guest.config[option] = `${MARK} ${vmid}`;
    state.touch(guest);
  }
  for (const [method, path, params] of WRITES) {
    const args = { method, path, params };
    let { error } = await session.call("proxmox_api_call", args);
    if (error?.code === "confirmation-required") {
      const { planId, confirm } = (error.data as { plan: Data }).plan;
      ({ error } = await session.call("proxmox_api_call", { ...args, planId, confirm }));
    }
    expect([path, error]).toEqual([path, undefined]);
  }
  const { error } = await session.call("proxmox_vm_action", { vmid: 101, action: "start" });
  job = (error!.data as { job: typeof job }).job;
  state.tasks.get(job.upid)!.log.unshift(MARK);
});
afterAll(() => session?.close());

test("wherever words of others stand in the answer of a reading tool, they are named", async () => {
  const seen = new Set<string>();
  for (const tool of await session.listTools()) {
    const { inputSchema, annotations, name } = tool as unknown as {
      name: string;
      inputSchema: { required?: string[]; properties: Data };
      annotations: { readOnlyHint: boolean };
    };
    if (!annotations.readOnlyHint) continue;
    const common: Data = { vmid: 100, node: "pve1", upid: job.upid, id: job.id };
    const required = (inputSchema.required ?? []).filter((one) => one in common);
    const sets = READS[name] ?? [Object.fromEntries(required.map((one) => [one, common[one]]))];
    for (const args of sets) {
      const { data, text } = await session.call(name, args);
      expect([name, text]).not.toEqual([name, expect.stringContaining("\u200b")]);
      const { untrusted = [], error, ...body } = data as { untrusted?: string[]; error?: Data };
      for (const path of places(error ? { ...(error.data as Data), message: error.message, next: error.next } : body)) {
        const named = path.some((key) => untrusted.includes(key));
        expect([name, args, path.join("."), named]).toEqual([name, args, path.join("."), true]);
        seen.add(name);
      }
      for (const field of untrusted) expect([name, text]).toEqual([name, expect.stringContaining(`"${field}"`)]);
    }
  }
  // The sweep is worth something only where the words come through.
  expect(seen.size).toBeGreaterThan(15);
});
