import { die, parameterRefusal } from "../refusal.ts";
import type { ClusterState } from "../state/cluster.ts";
import { guestRow, storageNodes, storageRow } from "../state/report.ts";
import type { HaResource } from "../state/types.ts";
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

function resources(call: Call): Record<string, unknown>[] {
  const type = text(call, "type");
  return [
    ...(type === undefined ? poolRows(call) : []),
    ...(type === undefined || type === "vm" ? guestRows(call) : []),
    ...(type === undefined || type === "node" ? nodeRows(call).map((row) => ({ ...row, "cgroup-mode": 2 })) : []),
    ...(type === undefined || type === "storage" ? storageRows(call) : []),
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

/** The lowest free VMID, as a string; reserves nothing (pve-facts 59). */
function nextId(call: Call): string {
  const wanted = int(call, "vmid");
  if (wanted !== undefined) {
    if (call.state.guests.has(wanted)) throw parameterRefusal({ vmid: `VM ${wanted} already exists` });
    return String(wanted);
  }
  const bounds = /lower=(\d+)(?:.*upper=(\d+))?/.exec(String(call.state.options["next-id"] ?? ""));
  const upper = Number(bounds?.[2] ?? 1_000_000);
  for (let vmid = Number(bounds?.[1] ?? 100); vmid < upper; vmid += 1)
    if (!call.state.guests.has(vmid)) return String(vmid);
  throw die(`unable to get any free VMID in range [${bounds?.[1] ?? 100}, ${upper - 1}]`);
}

function clusterTasks(call: Call): Record<string, unknown>[] {
  const counts = new Map<string, number>();
  const rows: Record<string, unknown>[] = [];
  for (const task of visibleTasks(call)) {
    if (!call.state.nodes.get(task.node)?.online) continue;
    if (task.endtime !== undefined) {
      const count = counts.get(task.node) ?? 0;
      if (count >= TASKS_PER_NODE) continue;
      counts.set(task.node, count + 1);
    }
    const { pstart: _, pid, ...row } = listedTask(task);
    rows.push({
      ...row,
      saved: task.endtime === undefined ? "0" : "1",
      ...(task.endtime === undefined ? { pid } : {}),
    });
  }
  return rows;
}

function haStatus(state: ClusterState): Record<string, unknown>[] {
  const node = state.entry.name;
  const active = state.ha.size > 0;
  const time = new Date().toUTCString();
  const rows: Record<string, unknown>[] = [
    {
      id: "quorum",
      type: "quorum",
      node,
      status: state.quorate ? "OK" : "No quorum on node!",
      quorate: state.quorate ? 1 : 0,
    },
  ];
  if (active) {
    rows.push({
      id: "master",
      type: "master",
      node,
      status: `${node} (active, ${time})`,
      timestamp: Math.floor(Date.now() / 1000),
    });
    for (const member of state.nodes.values())
      rows.push({
        id: `lrm:${member.name}`,
        type: "lrm",
        node: member.name,
        status: `${member.name} (${member.online ? "active" : "old timestamp - dead?"}, ${time})`,
        timestamp: Math.floor(Date.now() / 1000),
      });
  } else
    rows.push({
      id: "fencing",
      type: "fencing",
      node,
      status: "standby (CRM watchdog standby)",
      "armed-state": "standby",
    });
  for (const resource of state.ha.values()) {
    const at = state.guests.get(Number(resource.sid.slice(3)))?.node ?? node;
    rows.push({
      id: `service:${resource.sid}`,
      type: "service",
      sid: resource.sid,
      node: at,
      state: resource.state,
      crm_state: resource.state,
      request_state: resource.request,
      status: `${resource.sid} (${at}, ${resource.state})`,
      max_restart: resource.max_restart ?? 1,
      max_relocate: resource.max_relocate ?? 1,
      failback: resource.failback ?? 1,
    });
  }
  return rows;
}

/** Operations on the cluster as a whole. */
export const clusterRoutes: readonly Route[] = [
  { id: "GET /version", run: (call) => ({ data: versionOf(call.state.entry) }) },
  {
    id: "GET /cluster/status",
    permission: { path: "/", any: ["Sys.Audit"] },
    run: ({ state }) => ({ data: clusterStatus(state) }),
  },
  { id: "GET /cluster/resources", run: (call) => ({ data: resources(call) }) },
  { id: "GET /cluster/tasks", run: (call) => ({ data: clusterTasks(call) }) },
  { id: "GET /cluster/nextid", run: (call) => ({ data: nextId(call) }) },
  {
    id: "GET /cluster/options",
    run: ({ state }) => ({ data: { ...state.options, "allowed-tags": usedTags(state) } }),
  },
  {
    id: "GET /cluster/ha/status/current",
    permission: { path: "/", any: ["Sys.Audit"] },
    run: ({ state }) => ({ data: haStatus(state) }),
  },
  {
    id: "GET /cluster/ha/resources",
    permission: { path: "/", any: ["Sys.Audit"] },
    run: ({ state }) => ({ data: [...state.ha.values()].map(haResource) }),
  },
];

function haResource(resource: HaResource): Record<string, unknown> {
  const { state: _, request, ...rest } = resource;
  return { ...rest, state: request };
}

function usedTags(state: ClusterState): string[] {
  const tags = new Set<string>();
  for (const guest of state.guests.values())
    for (const tag of String(guest.config.tags ?? "").split(";")) if (tag !== "") tags.add(tag);
  return [...tags].sort();
}
