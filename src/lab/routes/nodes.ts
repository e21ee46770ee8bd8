import { noise } from "../random.ts";
import { nodeFigures, nodeLoads } from "../state/report.ts";
import type { LabNode } from "../state/types.ts";
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

const KERNEL = "6.17.4-2-pve";

function status(call: Call): Record<string, unknown> {
  const { state } = call;
  const node = state.nodes.get(text(call, "node") ?? "")!;
  const figures = nodeFigures(node, nodeLoads(state).get(node.name) ?? { cpu: 0, mem: 0 });
  const busy = (figures.cpu ?? 0) * node.maxcpu;
  const spread = (step: number): string => (busy * (0.8 + 0.4 * noise(node.nodeid, step))).toFixed(2);
  return {
    uptime: figures.uptime,
    cpu: figures.cpu,
    wait: 0.001,
    idle: 0,
    loadavg: [spread(1), spread(5), spread(15)],
    cpuinfo: {
      model: "AMD EPYC 7313P 16-Core Processor",
      vendor: "AuthenticAMD",
      sockets: 1,
      cores: node.maxcpu / 2,
      cpus: node.maxcpu,
      mhz: "2994.375",
      hvm: "1",
      user_hz: 100,
      flags: "fpu vme de pse tsc msr pae mce cx8 apic svm sse4_2 avx avx2",
    },
    memory: {
      total: node.maxmem,
      used: figures.mem,
      free: node.maxmem - (figures.mem ?? 0),
      available: node.maxmem - (figures.mem ?? 0),
    },
    swap: { total: 8_589_930_496, used: 0, free: 8_589_930_496 },
    rootfs: {
      total: node.maxdisk,
      used: node.useddisk,
      avail: node.maxdisk - node.useddisk,
      free: node.maxdisk - node.useddisk,
    },
    ksm: { shared: 0 },
    kversion: `Linux ${KERNEL} #1 SMP PREEMPT_DYNAMIC`,
    "current-kernel": { sysname: "Linux", release: KERNEL, version: "#1 SMP PREEMPT_DYNAMIC", machine: "x86_64" },
    "boot-info": { mode: "efi", secureboot: 0 },
    pveversion: `pve-manager/${node.version}/14a22df300000000`,
  };
}

/** What a node says of its version. */
export function versionOf(node: LabNode): { version: string; release: string; repoid: string } {
  const release = /^\d+\.\d+/.exec(node.version)?.[0] ?? node.version;
  return { version: node.version, release, repoid: "14a22df300000000" };
}

const CHILDREN = [
  "aplinfo apt capabilities ceph certificates config disks dns firewall hardware hosts journal lxc migrateall netstat",
  "network qemu replication report rrd rrddata scan sdn services startall status stopall storage subscription suspendall",
  "syslog tasks termproxy time version vncshell vzdump wakeonlan",
]
  .join(" ")
  .split(" ");

/** Operations on the nodes themselves. */
export const nodeRoutes: readonly Route[] = [
  {
    id: "GET /nodes",
    run: (call) => ({
      data: nodeRows(call).map((row) => ({
        ...row,
        ...(may(call, `/nodes/${row.node}`, "Sys.Audit")
          ? { ssl_fingerprint: call.state.nodes.get(String(row.node))?.fingerprint }
          : {}),
      })),
    }),
  },
  { id: "GET /nodes/{node}", local: true, run: () => ({ data: CHILDREN.map((name) => ({ name })) }) },
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
