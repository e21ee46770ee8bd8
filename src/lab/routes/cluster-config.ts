import { createHash } from "node:crypto";
import { die, Refusal } from "../refusal.ts";
import type { ClusterState } from "../state/cluster.ts";
import type { LabNode } from "../state/types.ts";
import { directory } from "./crud.ts";
import { type Call, int, type Route, text } from "./route.ts";

const PATH = "/cluster/config";

/** What members and joining nodes agree on. */
const API_VERSION = "1";

function nodeRow(node: LabNode): Record<string, unknown> {
  return {
    name: node.name,
    node: node.name,
    nodeid: node.nodeid,
    quorum_votes: 1,
    ring0_addr: node.ip,
  };
}

/** The `totem` section of the cluster's configuration. */
function totem(state: ClusterState): Record<string, unknown> {
  return {
    cluster_name: state.clusterName,
    config_version: String(state.nodes.size),
    interface: { "0": { linknumber: "0" } },
    ip_version: "ipv4-6",
    link_mode: "passive",
    secauth: "on",
    version: "2",
  };
}

function join(call: Call): Record<string, unknown> {
  const { state } = call;
  if (state.clusterName === undefined) throw new Refusal(424, "node is not in a cluster, no join info available!");
  const preferred = text(call, "node") ?? state.entry.name;
  if (!state.nodes.has(preferred)) throw die(`no such cluster node '${preferred}'`);
  const nodes = [...state.nodes.values()];
  return {
    config_digest: createHash("sha1")
      .update(nodes.map((node) => node.name + node.ip).join())
      .digest("hex"),
    nodelist: nodes.map((node) => ({ ...nodeRow(node), pve_addr: node.ip, pve_fp: node.fingerprint })),
    preferred_node: preferred,
    totem: totem(state),
  };
}

function create(call: Call): { data: string } {
  const { state } = call;
  if (state.clusterName !== undefined) throw die("cluster config '/etc/pve/corosync.conf' already exists");
  const name = text(call, "clustername") ?? "";
  const task = state.tasks.start({
    node: state.entry.name,
    type: "clustercreate",
    id: "",
    user: call.user,
    weight: 1,
    work: (running) => {
      running.log.push(
        "Corosync Cluster Engine Authentication key generator.",
        "Writing corosync config to /etc/pve/corosync.conf",
      );
      // The name is fixed for the rest of the process, as it is on a real node.
      Object.assign(state, { clusterName: name });
      return undefined;
    },
  });
  return { data: task.upid };
}

function remove(call: Call): null {
  const { state } = call;
  const name = text(call, "node") ?? "";
  if (state.clusterName === undefined)
    throw die("Error: Corosync config '/etc/pve/corosync.conf' does not exist - is this node part of a cluster?");
  const node = [...state.nodes.values()].find((member) => member.name === name || member.ip === name);
  if (!node) throw die(`Node/IP: ${name} is not a known host of the cluster.`);
  if (node === state.entry) throw die("Cannot delete myself from cluster!");
  state.nodes.delete(node.name);
  return null;
}

/** The cluster's configuration file, as a joining node is given it. */
function corosyncConf(state: ClusterState): string {
  const section = (name: string, values: Record<string, unknown>, depth = ""): string =>
    `${depth}${name} {\n${Object.entries(values)
      .map(([key, value]) => `${depth}  ${key}: ${value}\n`)
      .join("")}${depth}}\n`;
  const nodes = [...state.nodes.values()].map((node) => {
    const { node: _, ...row } = nodeRow(node);
    return section("node", row, "  ");
  });
  const { interface: __, ...rest } = totem(state);
  return `nodelist {\n${nodes.join("")}}\n\n${section("quorum", { provider: "corosync_votequorum" })}\n${section("totem", rest)}`;
}

/** Lets a node in: it is known from now on, and there once it is up. */
function admit(call: Call): Record<string, unknown> {
  const { state } = call;
  if (state.clusterName === undefined)
    throw die("Error: Corosync config '/etc/pve/corosync.conf' does not exist - is this node part of a cluster?");
  const name = text(call, "node") ?? "";
  if (state.nodes.has(name) && text(call, "force") !== "1") throw die(`can't add existing node '${name}'`);
  const taken = new Set([...state.nodes.values()].map((node) => node.nodeid));
  const wanted = int(call, "nodeid");
  if (wanted !== undefined && taken.has(wanted)) throw die(`Node ID '${wanted}' already in use`);
  let nodeid = wanted ?? 1;
  while (wanted === undefined && taken.has(nodeid)) nodeid += 1;
  const ip = text(call, "new_node_ip") ?? text(call, "link0")?.split(",")[0] ?? `192.0.2.${nodeid}`;
  state.nodes.set(name, { ...state.entry, name, nodeid, ip, online: false, stale: false });
  return {
    corosync_authkey: createHash("sha256").update(`${state.clusterName}-key`).digest("base64"),
    corosync_conf: corosyncConf(state),
    warnings: [],
  };
}

/** Asks another host to be let in; the lab has none besides its own. */
function joinOther(call: Call): { data: string } {
  const { state } = call;
  const host = text(call, "hostname") ?? "";
  const task = state.tasks.start({
    node: state.entry.name,
    type: "clusterjoin",
    id: "",
    user: call.user,
    weight: 1,
    work: (running) => {
      if (state.clusterName !== undefined) {
        running.log.push(
          "detected the following error(s):",
          "* cluster config '/etc/pve/corosync.conf' already exists",
        );
        throw new Error("Check if node may join a cluster failed!");
      }
      running.log.push(`Establishing API connection with host '${host}'`);
      throw new Error(`500 Can't connect to ${host}:8006 (No route to host)`);
    },
  });
  return { data: task.upid };
}

/** Membership: who belongs to the cluster and how its members speak to each other. */
export const clusterConfigRoutes: readonly Route[] = [
  directory(PATH, "name", "nodes totem join qdevice apiversion"),
  {
    id: `GET ${PATH}/nodes`,
    run: ({ state }) => ({ data: state.clusterName === undefined ? [] : [...state.nodes.values()].map(nodeRow) }),
  },
  { id: `GET ${PATH}/totem`, run: ({ state }) => ({ data: state.clusterName === undefined ? null : totem(state) }) },
  { id: `GET ${PATH}/join`, run: (call) => ({ data: join(call) }) },
  { id: `GET ${PATH}/qdevice`, run: () => ({ data: {} }) },
  { id: `GET ${PATH}/apiversion`, run: () => ({ data: API_VERSION }) },
  { id: `POST ${PATH}`, run: create },
  { id: `POST ${PATH}/join`, run: joinOther },
  { id: `POST ${PATH}/nodes/{node}`, local: true, writes: true, run: (call) => ({ data: admit(call) }) },
  { id: `DELETE ${PATH}/nodes/{node}`, local: true, writes: true, run: (call) => ({ data: remove(call) }) },
];
