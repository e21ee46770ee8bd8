import * as z from "zod";
import { getClusterStatus } from "../../../generated/clients/cluster-status.ts";
import { getVersion } from "../../../generated/clients/version.ts";
import type { Resource, ResourceSnapshot } from "../../pve/cluster.ts";
import { cluster, incomplete } from "../arguments.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import { defineTool } from "../contract.ts";
import { askClusters, takeParts } from "../gather.ts";

const counts = z.record(z.string(), z.int());
const usage = z.object({ used: z.number(), total: z.number() });
const problem = z.object({ what: z.string(), id: z.string(), name: z.string().optional(), detail: z.string() });
const overview = z.object({
  cluster: z.string(),
  version: z.string().optional(),
  quorate: z.boolean().optional().describe("Absent on a standalone node"),
  problems: z.array(problem),
  problemsTotal: z.int(),
  nodes: counts.describe("By status"),
  vms: counts.describe("By status; templates apart"),
  containers: counts,
  storages: counts.describe("By status, one for each node that has it"),
  cpu: z.object({ used: z.number(), total: z.number() }).describe("Cores of the online nodes"),
  memory: usage.describe("Bytes, of the online nodes"),
  storage: usage.describe("Bytes; a shared storage counts once"),
  asOf: z.string(),
});

type Overview = z.output<typeof overview>;

const PROBLEMS = 20;

export default defineTool({
  name: "proxmox_inventory_overview",
  title: "Inventory overview",
  description:
    "Show what runs where: clusters, nodes, guests (virtual machines, containers) and storages, counted, with problems first. The best first call.",
  toolset: "inventory",
  class: "read",
  idempotent: true,
  input: z.strictObject({ cluster }),
  output: z.object({ clusters: z.array(overview), incomplete }),
  async run(context, input) {
    const { answers, missing } = await askClusters(context, input.cluster, (one) => lookOver(context, one));
    const gaps = [
      ...missing,
      ...answers.flatMap(({ cluster: { name }, answer }) => answer.missing.map((one) => ({ cluster: name, ...one }))),
    ];
    return {
      data: {
        clusters: answers.map(({ answer }) => answer.overview),
        ...(gaps.length > 0 ? { incomplete: gaps } : {}),
      },
    };
  },
});

async function lookOver(context: ToolContext, one: ToolCluster) {
  const missing: { part?: string; reason: string }[] = [];
  const resources = one.cluster.resources.get(one.caller, { signal: context.signal });
  const parts = await takeParts(
    {
      resources,
      status: getClusterStatus(one.send),
      version: getVersion(one.send),
    },
    missing,
  );
  // Without the resources there is nothing to count, and zeros would be lies.
  const snapshot = await resources;
  const head = parts.status?.data.find((row) => row.type === "cluster");
  const version = parts.version?.data.version;
  return { missing, overview: summarize(one.name, snapshot, version, head && head.quorate !== false) };
}

function summarize(
  name: string,
  snapshot: ResourceSnapshot,
  version: string | undefined,
  quorate: boolean | undefined,
): Overview {
  const { rows } = snapshot;
  const nodes = rows.filter((row) => row.type === "node");
  const online = nodes.filter((row) => row.status === "online");
  const storages = rows.filter((row) => row.type === "storage");
  const once = [...new Map(storages.map((row) => [row.shared ? row.storage : row.id, row])).values()];
  const problems = problemsOf(rows, nodes, quorate);
  return {
    cluster: name,
    ...(version === undefined ? {} : { version }),
    ...(quorate === undefined ? {} : { quorate }),
    problems: problems.slice(0, PROBLEMS),
    problemsTotal: problems.length,
    nodes: count(nodes),
    vms: count(rows.filter((row) => row.type === "qemu")),
    containers: count(rows.filter((row) => row.type === "lxc")),
    storages: count(storages),
    cpu: {
      used: Math.round(sum(online, (row) => (row.cpu ?? 0) * (row.maxcpu ?? 0)) * 10) / 10,
      total: sum(online, (row) => row.maxcpu ?? 0),
    },
    memory: { used: sum(online, (row) => row.mem ?? 0), total: sum(online, (row) => row.maxmem ?? 0) },
    storage: { used: sum(once, (row) => row.disk ?? 0), total: sum(once, (row) => row.maxdisk ?? 0) },
    asOf: new Date(snapshot.takenAt).toISOString(),
  };
}

function count(rows: readonly Resource[]): Record<string, number> {
  const counted: Record<string, number> = { total: rows.length };
  for (const row of rows) {
    const key = row.template ? "template" : (row.status ?? "unknown");
    counted[key] = (counted[key] ?? 0) + 1;
  }
  return counted;
}

function sum(rows: readonly Resource[], value: (row: Resource) => number): number {
  return rows.reduce((total, row) => total + value(row), 0);
}

/** Worst first: quorum, nodes, storages, guests. */
function problemsOf(rows: readonly Resource[], nodes: readonly Resource[], quorate: boolean | undefined) {
  const problems: z.output<typeof problem>[] = [];
  if (quorate === false) {
    problems.push({ what: "no quorum", id: "cluster", detail: "writes are refused and HA nodes may fence themselves" });
  }
  for (const row of nodes) {
    if (row.status !== "online")
      problems.push({ what: "node offline", id: row.node ?? row.id, detail: row.status ?? "unknown" });
  }
  for (const row of rows) {
    if (row.type !== "storage") continue;
    const id = `${row.storage}@${row.node}`;
    if (row.status !== "available" && row.status !== undefined) {
      problems.push({ what: "storage not available", id, detail: row.status });
    } else if ((row.maxdisk ?? 0) > 0 && (row.disk ?? 0) / row.maxdisk! > 0.9) {
      problems.push({
        what: "storage nearly full",
        id,
        detail: `${Math.round(((row.disk ?? 0) / row.maxdisk!) * 100)} %`,
      });
    }
  }
  for (const row of rows) {
    if (row.type !== "qemu" && row.type !== "lxc") continue;
    const guest = { id: String(row.vmid), ...(row.name ? { name: row.name } : {}) };
    if (row.hastate === "error") {
      problems.push({ what: "HA error", ...guest, detail: "needs to be disabled in HA first" });
    }
    if (row.lock) problems.push({ what: "guest locked", ...guest, detail: row.lock });
    if (row.status === "unknown") problems.push({ what: "guest state unknown", ...guest, detail: `node ${row.node}` });
  }
  return problems;
}
