import { splitList } from "../permissions/check.ts";
import { die } from "../refusal.ts";
import type { LabZpool } from "../state/disks.ts";
import {
  addStorage,
  checkCleanup,
  checkNewStorage,
  cleanStorages,
  diskTask,
  type NewStorage,
  nameOf,
} from "./disk-tasks.ts";
import { hostOf, nodeName } from "./node-of.ts";
import { type Call, flag, type Route, text } from "./route.ts";

const LEAST: Readonly<Record<string, number>> = {
  single: 1,
  mirror: 2,
  raid10: 4,
  raidz: 3,
  raidz2: 4,
  raidz3: 5,
  draid: 3,
  draid2: 4,
  draid3: 5,
};

/** The tools must be there, or nothing works. */
function needTools(call: Call): void {
  if (hostOf(call).profile.missing.has("zfs")) throw die("zfsutils-linux not installed");
}

/** Pools are empty but for what they keep for themselves. */
const METADATA = 1_048_576;

function list(call: Call): Record<string, unknown>[] {
  needTools(call);
  return hostOf(call).disks.pools.map(({ name, size }) => ({
    name,
    size,
    alloc: METADATA,
    free: size - METADATA,
    frag: 0,
    dedup: 1,
    health: "ONLINE",
  }));
}

function leaf(name: string): Record<string, unknown> {
  return { name, state: "ONLINE", read: 0, write: 0, cksum: 0, msg: "", leaf: 1 };
}

function vdev(name: string, children: readonly unknown[]): Record<string, unknown> {
  return { name, state: "ONLINE", read: 0, write: 0, cksum: 0, msg: "", leaf: 0, children };
}

function tree({ name, raidlevel, devices }: LabZpool): Record<string, unknown> {
  const parts = devices.map((device) => leaf(`${device}${/\d$/.test(device) ? "p" : ""}1`));
  if (raidlevel === "single") return vdev(name, parts);
  if (raidlevel !== "raid10")
    return vdev(name, [vdev(`${raidlevel.replace(/^(raidz|draid)$/, (level) => `${level}1`)}-0`, parts)]);
  const pairs = Array.from({ length: parts.length / 2 }, (_, index) => parts.slice(index * 2, index * 2 + 2));
  return vdev(
    name,
    pairs.map((pair, index) => vdev(`mirror-${index}`, pair)),
  );
}

function read(call: Call): Record<string, unknown> {
  needTools(call);
  const name = nameOf(call);
  const pool = hostOf(call).disks.pools.find((known) => known.name === name);
  if (!pool) throw die(`command '/sbin/zpool status -P ${name}' failed: exit code 1`);
  return { name, state: "ONLINE", errors: "No known data errors", leaf: 0, children: [tree(pool)] };
}

/** Options of a distributed level: data and spare disks. */
function draid(call: Call, raidlevel: string): { data: number; spares: number } | undefined {
  const given = text(call, "draid-config");
  if (given === undefined) return undefined;
  if (!raidlevel.startsWith("draid")) throw die("draid-config set without using dRAID level");
  const values = Object.fromEntries(given.split(",").map((part) => part.split("=")));
  return { data: Number(values.data ?? 0), spares: Number(values.spares ?? 0) };
}

function checkCount(raidlevel: string, count: number, config: { data: number; spares: number } | undefined): void {
  if (raidlevel === "raid10" && count % 2 !== 0) throw die("raid10 needs an even number of disks");
  if (raidlevel === "single" && count > 1) throw die("please give only one disk for single disk mode");
  const least = LEAST[raidlevel] ?? 1;
  if (count < least) throw die(`${raidlevel} needs at least ${least} disks`);
  if (!raidlevel.startsWith("draid")) return;
  const needed = least - 2 + (config?.data ?? 0) + (config?.spares ?? 0);
  if (count < needed) throw die(`At least ${needed} disks needed for current dRAID config`);
}

function command(call: Call, name: string, raidlevel: string, devices: readonly string[]): string {
  const layout =
    raidlevel === "single"
      ? [devices[0]]
      : raidlevel === "raid10"
        ? devices.flatMap((device, index) => (index % 2 === 0 ? ["mirror", device] : [device]))
        : [raidlevel, ...devices];
  return `# /sbin/zpool create -o ashift=${text(call, "ashift") ?? 12} ${name} ${layout.join(" ")}`;
}

function create(call: Call): { data: string } {
  const name = nameOf(call);
  const raidlevel = text(call, "raidlevel")!;
  const config = draid(call, raidlevel);
  const devices = splitList(call.params.devices);
  const { disks: current } = hostOf(call);
  for (const device of devices) {
    current.device(device);
    if (current.isUsed(device)) throw die(`device '${device}' is already in use`);
  }
  const plan: NewStorage = {
    type: "zfspool",
    content: ["rootdir", "images"],
    definition: { pool: name },
    same: ["pool"],
    total: devices.reduce((sum, device) => sum + current.device(device).disk.size, 0),
  };
  checkNewStorage(call, name, plan);
  needTools(call);
  if (current.pools.some((pool) => pool.name === name))
    throw die(`pool '${name}' already exists on node '${nodeName(call)}'`);
  checkCount(raidlevel, devices.length, config);
  return diskTask(call, "zfscreate", name, (disks, task) => {
    for (const device of devices) disks.assertUnused(device);
    task.log.push(command(call, name, raidlevel, devices));
    task.log.push(`# /sbin/zfs set compression=${text(call, "compression") ?? "on"} ${name}`);
    disks.addPool(name, raidlevel, devices);
    plan.total = disks.pools.at(-1)!.size;
    addStorage(call, name, plan);
  });
}

function remove(call: Call): { data: string } {
  checkCleanup(call);
  const name = nameOf(call);
  return diskTask(call, "zfsremove", name, (disks) => {
    if (!disks.pools.some((pool) => pool.name === name))
      throw new Error(`command 'zpool destroy ${name}' failed: exit code 1`);
    disks.removePool(name, flag(call, "cleanup-disks"));
    if (flag(call, "cleanup-config"))
      cleanStorages(
        call.state,
        nodeName(call),
        ({ type, definition }) => type === "zfspool" && definition.pool === name,
      );
  });
}

/** ZFS pools of a node. */
export const zfsRoutes: readonly Route[] = [
  { id: "GET /nodes/{node}/disks/zfs", run: (call) => ({ data: list(call) }) },
  { id: "POST /nodes/{node}/disks/zfs", run: create },
  { id: "GET /nodes/{node}/disks/zfs/{name}", run: (call) => ({ data: read(call) }) },
  { id: "DELETE /nodes/{node}/disks/zfs/{name}", run: remove },
];
