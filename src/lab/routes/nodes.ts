import { noise } from "../random.ts";
import { nodeFigures, nodeLoads } from "../state/report.ts";
import type { LabNode } from "../state/types.ts";
import { directory, hostOf } from "./node-of.ts";
import { type Call, may, type Route, text } from "./route.ts";

/** Rows of nodes; whoever may not audit one sees little more than its name. */
export function nodeRows(call: Call): Record<string, unknown>[] {
  const loads = nodeLoads(call.state);
  return [...call.state.nodes.values()].map((node) => {
    const row: Record<string, unknown> = {
      id: `node/${node.name}`,
      type: "node",
      node: node.name,
      status: node.online ? "online" : "offline",
      level: "",
    };
    if (node.online && may(call, `/nodes/${node.name}`, "Sys.Audit"))
      Object.assign(row, nodeFigures(node, loads.get(node.name) ?? { cpu: 0, mem: 0 }));
    return row;
  });
}

function status(call: Call): Record<string, unknown> {
  const { state } = call;
  const { node, profile } = hostOf(call);
  const figures = nodeFigures(node, nodeLoads(state).get(node.name) ?? { cpu: 0, mem: 0 });
  const busy = (figures.cpu ?? 0) * node.maxcpu;
  const spread = (step: number): string => (busy * (0.8 + 0.4 * noise(node.nodeid, step))).toFixed(2);
  const { release, version } = profile.kernel;
  const free = node.maxmem - (figures.mem ?? 0);
  return {
    uptime: figures.uptime,
    cpu: figures.cpu,
    wait: 0,
    idle: 0,
    loadavg: [spread(1), spread(5), spread(15)],
    cpuinfo: profile.cpu,
    memory: { total: node.maxmem, used: figures.mem, free, available: free },
    swap:
      node.otherMemory === undefined
        ? { total: profile.swap, used: 0, free: profile.swap }
        : { total: profile.swap, used: profile.swap, free: 0 },
    rootfs: {
      total: node.maxdisk,
      used: node.useddisk,
      avail: node.maxdisk - node.useddisk,
      free: node.maxdisk - node.useddisk,
    },
    ksm: { shared: 0 },
    kversion: `Linux ${release} ${version}`,
    "current-kernel": { sysname: "Linux", release, version, machine: "x86_64" },
    "boot-info": profile.boot,
    pveversion: `pve-manager/${node.version}/14a22df300000000`,
  };
}

/** What a node says of its version. */
export function versionOf(node: LabNode): { version: string; release: string; repoid: string } {
  const release = /^\d+\.\d+/.exec(node.version)?.[0] ?? node.version;
  return { version: node.version, release, repoid: "14a22df300000000" };
}

const CHILDREN =
  "aplinfo apt capabilities ceph certificates config disks dns firewall hardware hosts journal lxc migrateall netstat " +
  "network qemu query-oci-repo-tags query-url-metadata replication report rrd rrddata scan sdn services spiceshell " +
  "startall status stopall storage subscription suspendall syslog tasks termproxy time version vncshell vzdump wakeonlan";

/** Operations on the nodes themselves. */
export const nodeRoutes: readonly Route[] = [
  {
    id: "GET /nodes",
    run: (call) => ({
      data: nodeRows(call).map((row) => ({
        ...row,
        ...(may(call, `/nodes/${row.node}`, "Sys.Audit")
          ? { ssl_fingerprint: call.state.hosts.of(String(row.node)).certificates.fingerprint }
          : {}),
      })),
    }),
  },
  directory("GET /nodes/{node}", CHILDREN, "name", true),
  {
    id: "GET /nodes/{node}/status",
    permission: { path: "/nodes/{node}", any: ["Sys.Audit"] },
    run: (call) => ({ data: status(call) }),
  },
  {
    id: "GET /nodes/{node}/version",
    run: (call) => ({ data: versionOf(call.state.nodes.get(text(call, "node") ?? "")!) }),
  },
];
