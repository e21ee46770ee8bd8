import { noise } from "../random.ts";
import type { ClusterState } from "./cluster.ts";
import type { LabGuest, LabNode, LabStorage } from "./types.ts";

/** Load figures change as often as the status daemon reports: every ten seconds. */
function bucket(): number {
  return Math.floor(Date.now() / 10_000);
}

function counter(guest: LabGuest, stream: number, perSecond: number, uptime: number): number {
  return Math.floor(uptime * perSecond * (0.5 + noise(guest.vmid, stream)));
}

/** A guest's load: all zero unless it runs. */
export function guestLoad(
  guest: LabGuest,
): Record<"cpu" | "mem" | "disk" | "uptime" | "netin" | "netout" | "diskread" | "diskwrite" | "memhost", number> {
  if (!guest.running)
    return { cpu: 0, mem: 0, disk: 0, uptime: 0, netin: 0, netout: 0, diskread: 0, diskwrite: 0, memhost: 0 };
  const uptime = Math.max(0, Math.floor((Date.now() - guest.startedAt) / 1000));
  const mem = Math.floor(guest.maxmem * guest.fill);
  return {
    cpu: guest.paused ? 0 : Math.min(1, guest.load * (0.7 + 0.6 * noise(guest.vmid, bucket()))),
    mem,
    disk: guest.type === "lxc" ? Math.floor(guest.maxdisk * guest.fill * 0.6) : 0,
    uptime,
    netin: counter(guest, 1, 21_000, uptime),
    netout: counter(guest, 2, 17_000, uptime),
    diskread: counter(guest, 3, 9_000, uptime),
    diskwrite: counter(guest, 4, 12_000, uptime),
    memhost: Math.floor(mem * 1.04),
  };
}

/** `name` of a VM, `hostname` of a container, or what PVE makes up without one. */
export function guestName(guest: LabGuest): string {
  const name = guest.type === "qemu" ? guest.config.name : guest.config.hostname;
  return name === undefined ? (guest.type === "qemu" ? `VM ${guest.vmid}` : `CT${guest.vmid}`) : String(name);
}

/** A guest's row of `/cluster/resources`; of an unreachable node little is known (pve-facts 106). */
export function guestRow(state: ClusterState, guest: LabGuest): Record<string, unknown> {
  const row: Record<string, unknown> = {
    id: `${guest.type}/${guest.vmid}`,
    type: guest.type,
    vmid: guest.vmid,
    node: guest.node,
  };
  const { tags, lock } = guest.config;
  if (tags !== undefined) row.tags = tags;
  if (lock !== undefined) row.lock = lock;
  const pool = state.poolOf(guest.vmid);
  if (pool !== undefined) row.pool = pool;
  const ha = state.ha.get(state.sid(guest));
  if (ha) row.hastate = ha.state;
  if (!state.reports(guest.node)) {
    row.status = "unknown";
    return row;
  }
  row.status = guest.running ? "running" : "stopped";
  row.name = guestName(guest);
  row.template = guest.config.template === 1 ? 1 : 0;
  row.maxcpu = guest.maxcpu;
  row.maxmem = guest.maxmem;
  row.maxdisk = guest.maxdisk;
  return Object.assign(row, guestLoad(guest));
}

/** Sums over the guests that run on each node. */
export function nodeLoads(state: ClusterState): Map<string, { cpu: number; mem: number }> {
  const loads = new Map<string, { cpu: number; mem: number }>();
  for (const node of state.nodes.keys()) loads.set(node, { cpu: 0, mem: 0 });
  for (const guest of state.guests.values()) {
    const load = loads.get(guest.node);
    if (!load || !guest.running) continue;
    load.cpu += guest.load * guest.maxcpu;
    load.mem += guest.maxmem * guest.fill;
  }
  return loads;
}

/** What a node reports of itself. */
export function nodeFigures(node: LabNode, load: { cpu: number; mem: number }): Record<string, number> {
  return {
    cpu: Math.min(1, 0.01 + load.cpu / node.maxcpu),
    maxcpu: node.maxcpu,
    mem: Math.min(node.maxmem, Math.floor(1_400_000_000 + load.mem + (node.otherMemory ?? 0))),
    maxmem: node.maxmem,
    disk: node.useddisk,
    maxdisk: node.maxdisk,
    uptime: Math.floor((Date.now() - node.bootedAt) / 1000),
  };
}

/** Names of the nodes that have a storage. */
export function storageNodes(state: ClusterState, storage: LabStorage): string[] {
  const names = [...state.nodes.keys()];
  return storage.nodes ? names.filter((name) => storage.nodes!.includes(name)) : names;
}

/** Bytes in use on a node. */
export function storageUsed(storage: LabStorage, node: string): number {
  return storage.used.get(storage.shared ? "" : node) ?? 0;
}

/** A full storage whose volumes grow as they are written to halts who writes to it. */
export function haltsWriters(storage: LabStorage, node: string): boolean {
  return storage.type !== "lvm" && storage.total > 0 && storageUsed(storage, node) >= storage.total;
}

/** Whether a storage can be reached from a node. */
export function storageActive(storage: LabStorage, node: string): boolean {
  return !storage.disabled && !storage.inactiveOn.has(node);
}

/** A storage's row of `/cluster/resources`, one for each node that has it. */
export function storageRow(state: ClusterState, storage: LabStorage, node: string): Record<string, unknown> {
  const known = state.reports(node) && storageActive(storage, node);
  return {
    id: `storage/${node}/${storage.storage}`,
    type: "storage",
    storage: storage.storage,
    node,
    plugintype: storage.type,
    content: storage.content.join(","),
    shared: storage.shared ? 1 : 0,
    status: known ? "available" : "unknown",
    ...(known ? { disk: storageUsed(storage, node), maxdisk: storage.total } : {}),
  };
}
