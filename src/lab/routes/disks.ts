import { die } from "../refusal.ts";
import type { LabDisk, LabPartition } from "../state/host-profile.ts";
import { diskTask } from "./disk-tasks.ts";
import { directory, hostOf } from "./node-of.ts";
import { type Call, flag, type Route, text } from "./route.ts";

function row(disk: LabDisk): Record<string, unknown> {
  const { partitions: _, used, mounted, by_id_link, ...rest } = disk;
  return {
    ...rest,
    osdid: -1,
    "osdid-list": null,
    ...(used === undefined ? {} : { used }),
    ...(mounted === undefined ? {} : { mounted }),
    ...(by_id_link === undefined ? {} : { by_id_link }),
  };
}

function partitionRow(disk: LabDisk, { devpath, size, used, mounted }: LabPartition): Record<string, unknown> {
  return {
    devpath,
    parent: disk.devpath,
    size,
    gpt: disk.gpt,
    type: "partition",
    osdid: -1,
    "osdid-list": null,
    ...(used === undefined ? {} : { used }),
    ...(mounted === undefined ? {} : { mounted }),
  };
}

function list(call: Call): Record<string, unknown>[] {
  const type = text(call, "type");
  const skipsmart = flag(call, "skipsmart");
  const rows: Record<string, unknown>[] = [];
  for (const disk of hostOf(call).disks.all) {
    const members = disk.partitions.filter(({ used }) => used === undefined);
    if (type === "unused" && disk.used !== undefined && !(flag(call, "include-partitions") && members.length > 0))
      continue;
    if (type === "journal_disks" && disk.used !== undefined && disk.used !== "LVM" && !disk.gpt) continue;
    const full = row(disk);
    rows.push(skipsmart ? { ...full, health: "UNKNOWN", wearout: "N/A" } : full);
    if (!flag(call, "include-partitions")) continue;
    for (const part of disk.partitions)
      if (type !== "unused" || part.used === undefined) rows.push(partitionRow(disk, part));
  }
  return rows;
}

const ATTRIBUTES: readonly [number, string, number, number, number, string][] = [
  [5, "Reallocated_Sector_Ct", 100, 100, 10, "0"],
  [9, "Power_On_Hours", 95, 95, 0, "21904"],
  [12, "Power_Cycle_Count", 99, 99, 0, "37"],
  [177, "Wear_Leveling_Count", 98, 98, 0, "41"],
  [194, "Temperature_Celsius", 68, 55, 0, "32"],
  [241, "Total_LBAs_Written", 99, 99, 0, "84120339410"],
];

function smart(call: Call): Record<string, unknown> {
  const { disk } = hostOf(call).disks.device(text(call, "disk")!);
  if (flag(call, "healthonly")) return { health: disk.health };
  if (disk.type === "unknown") return { health: disk.health };
  if (disk.type === "nvme")
    return {
      type: "text",
      health: disk.health,
      wearout: Number(disk.wearout),
      text: [
        "",
        "SMART/Health Information (NVMe Log 0x02)",
        "Critical Warning:                   0x00",
        "Temperature:                        38 Celsius",
        "Available Spare:                    100%",
        `Percentage Used:                    ${100 - Number(disk.wearout)}%`,
        "Power On Hours:                     11,204",
        "Media and Data Integrity Errors:    0",
        "",
      ].join("\n"),
    };
  return {
    type: "ata",
    health: disk.health,
    ...(typeof disk.wearout === "number" ? { wearout: disk.wearout } : {}),
    attributes: ATTRIBUTES.map(([id, name, value, worst, threshold, raw]) => ({
      id: String(id).padStart(3, " "),
      name,
      value,
      normalized: value,
      worst,
      threshold,
      flags: "-O--CK",
      fail: "-",
      raw,
    })),
  };
}

function shortName(devpath: string): string {
  return devpath.replace(/^.*\//, "");
}

function initgpt(call: Call): { data: string } {
  const path = text(call, "disk")!;
  const { disks } = hostOf(call);
  if (disks.device(path).partition) throw die(`${path} is a partition`);
  if (disks.isUsed(path)) throw die(`device '${path}' is already in use`);
  return diskTask(call, "diskinit", shortName(path), (all) => all.initGpt(path));
}

/** What stands on a device must be gone before it can be wiped. */
function wipedisk(call: Call): { data: string } {
  const path = text(call, "disk")!;
  const { disk, partition } = hostOf(call).disks.device(path);
  const parts = partition ? [partition] : [disk, ...disk.partitions];
  const mounted = parts.find((part) => part.mounted === 1);
  if (mounted) throw die(`disk/partition '${mounted.devpath}' is mounted`);
  const { groups, pools } = hostOf(call).disks;
  const held = parts.find(
    (part) =>
      groups.some(({ devices }) => devices.some(({ name }) => name === part.devpath)) ||
      pools.some(({ devices }) => devices.includes(part.devpath)),
  );
  if (held) throw die(`disk/partition '${held.devpath}' has a holder`);
  return diskTask(call, "wipedisk", shortName(path), (all) => all.wipe(path));
}

/** The disks of a node as such; what stands on them has routes of its own. */
export const diskRoutes: readonly Route[] = [
  directory("GET /nodes/{node}/disks", "list initgpt smart lvm lvmthin directory wipedisk zfs"),
  { id: "GET /nodes/{node}/disks/list", run: (call) => ({ data: list(call) }) },
  { id: "GET /nodes/{node}/disks/smart", run: (call) => ({ data: smart(call) }) },
  { id: "POST /nodes/{node}/disks/initgpt", run: initgpt },
  { id: "PUT /nodes/{node}/disks/wipedisk", run: wipedisk },
];
