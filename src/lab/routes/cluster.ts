import { nowSeconds } from "../clock.ts";
import type { ClusterState } from "../state/cluster.ts";
import { clusterLog } from "../state/cluster-log.ts";
import { guestRow, storageNodes, storageRow } from "../state/report.ts";
import type { LabNode } from "../state/types.ts";
import { isIn } from "../versions.ts";
import { directory } from "./crud.ts";
import { nodeRows, versionOf } from "./nodes.ts";
import { type Call, int, may, type Route, text } from "./route.ts";
import { listedTask, visibleTasks } from "./tasks.ts";

/** Finished tasks that each node broadcasts (pve-facts 51). */
const TASKS_PER_NODE = 25;

function poolRows(call: Call): Record<string, unknown>[] {
  return [...call.state.pools.values()]
    .filter((pool) => may(call, `/pool/${pool.poolid}`, "Pool.Audit"))
    .map((pool) => ({ id: `/pool/${pool.poolid}`, type: "pool", pool: pool.poolid, status: "" }));
}

function guestRows(call: Call): Record<string, unknown>[] {
  const rows: Record<string, unknown>[] = [];
  for (const guest of call.state.guests.values())
    if (may(call, `/vms/${guest.vmid}`, "VM.Audit")) rows.push(guestRow(call.state, guest));
  return rows;
}

function storageRows(call: Call): Record<string, unknown>[] {
  const rows: Record<string, unknown>[] = [];
  for (const storage of call.state.storages.values()) {
    if (storage.disabled || !may(call, `/storage/${storage.storage}`, "Datastore.Audit")) continue;
    for (const node of storageNodes(call.state, storage)) rows.push(storageRow(call.state, storage, node));
  }
  return rows;
}

/** A zone on a node; until 9.0 zones were a type of row of their own. */
function networkRow(node: LabNode, zone: string, status: string, type: string | undefined): Record<string, unknown> {
  if (!isIn(node.version, { since: "9.1" }))
    return { id: `sdn/${node.name}/${zone}`, type: "sdn", sdn: zone, node: node.name, status };
  return {
    id: `network/${node.name}/zone/${zone}`,
    type: "network",
    network: zone,
    "network-type": "zone",
    node: node.name,
    status,
    ...(type === undefined ? {} : { "zone-type": type }),
  };
}

/** Zones of the software-defined network, and the one that every node has of its own. */
function networkRows(call: Call): Record<string, unknown>[] {
  const { state } = call;
  const rows: Record<string, unknown>[] = [];
  for (const node of state.nodes.values()) {
    if (!node.online) continue;
    const zones: [string, string, string | undefined][] = [["localnetwork", "ok", undefined]];
    for (const zone of state.datacenter.sdn.zonesOn(node.name))
      zones.push([zone.id, state.datacenter.sdn.zoneStatus(node.name, zone.id), zone.type]);
    for (const [zone, status, type] of zones)
      if (may(call, `/sdn/zones/${zone}`, "SDN.Audit")) rows.push(networkRow(node, zone, status, type));
  }
  return rows;
}

function hostRows(call: Call): Record<string, unknown>[] {
  const { ha, cgroupMode } = call.state.datacenter;
  const managed = ha.active(call.state);
  return nodeRows(call).map((row) => ({
    ...row,
    "cgroup-mode": cgroupMode,
    ...(managed && row.cpu !== undefined ? { hastate: row.status === "online" ? "online" : "unknown" } : {}),
  }));
}

function resources(call: Call): Record<string, unknown>[] {
  const type = text(call, "type");
  return [
    ...(type === undefined ? poolRows(call) : []),
    ...(type === undefined || type === "vm" ? guestRows(call) : []),
    ...(type === undefined || type === "node" ? hostRows(call) : []),
    ...(type === undefined || type === "storage" ? storageRows(call) : []),
    ...(type === undefined || type === "sdn" ? networkRows(call) : []),
  ];
}

function clusterStatus(state: ClusterState): Record<string, unknown>[] {
  const nodes = [...state.nodes.values()].map((node) => ({
    id: `node/${node.name}`,
    type: "node",
    name: node.name,
    nodeid: state.clusterName === undefined ? 0 : node.nodeid,
    ip: node.ip,
    online: node.online ? 1 : 0,
    local: node === state.entry ? 1 : 0,
    level: "",
  }));
  if (state.clusterName === undefined) return nodes;
  const cluster = {
    id: "cluster",
    type: "cluster",
    name: state.clusterName,
    nodes: state.nodes.size,
    quorate: state.quorate ? 1 : 0,
    version: state.nodes.size,
  };
  return [cluster, ...nodes];
}

/** What runs, oldest first, and what ended, newest first; a node tells of no more than so many. */
function clusterTasks(call: Call): Record<string, unknown>[] {
  const counts = new Map<string, number>();
  const running: Record<string, unknown>[] = [];
  const ended: Record<string, unknown>[] = [];
  for (const task of visibleTasks(call)) {
    if (!call.state.nodes.get(task.node)?.online) continue;
    const { pstart: _, pid, ...row } = listedTask(task);
    if (task.endtime === undefined) {
      running.unshift({ ...row, pid, saved: "0" });
      continue;
    }
    const count = counts.get(task.node) ?? 0;
    if (count >= TASKS_PER_NODE) continue;
    counts.set(task.node, count + 1);
    ended.push({ ...row, saved: "1" });
  }
  return [...running, ...ended];
}

/** Newest first; whoever may not read the system's log sees what it did itself. */
function log(call: Call): Record<string, unknown>[] {
  const max = int(call, "max") ?? 0;
  const all = may(call, "/", "Sys.Syslog");
  const rows = clusterLog(call.state.tasks.all(), nowSeconds()).filter(
    (row) => all || String(row.user).split("!")[0] === call.user,
  );
  return max > 0 ? rows.slice(0, max) : rows;
}

const CHILDREN =
  "acme backup backup-info bulk-action ceph config firewall ha jobs log mapping metrics notifications nextid options qemu " +
  "replication resources status tasks sdn";

/** Operations on the cluster as a whole. */
export const clusterRoutes: readonly Route[] = [
  { id: "GET /version", run: (call) => ({ data: versionOf(call.state.entry) }) },
  directory("/cluster", "name", CHILDREN),
  { id: "GET /cluster/status", run: ({ state }) => ({ data: clusterStatus(state) }) },
  { id: "GET /cluster/resources", run: (call) => ({ data: resources(call) }) },
  { id: "GET /cluster/tasks", run: (call) => ({ data: clusterTasks(call) }) },
  { id: "GET /cluster/log", run: (call) => ({ data: log(call) }) },
];
