import * as z from "zod";
import { getClusterTasks } from "../../../generated/clients/cluster-tasks.ts";
import { getNodesTasks } from "../../../generated/clients/nodes-tasks.ts";
import { cluster, type Incomplete, node } from "../arguments.ts";
import { type Columns, columnar, listArguments, listOutput } from "../columnar.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import { defineTool } from "../contract.ts";
import { ArgumentError } from "../errors.ts";
import { askClusters, clusterColumn, reasonOf } from "../gather.ts";
import { resolveNode } from "../inventory/resolve-node.ts";
import { outcomeOf, TASK_COLUMNS, type TaskRow } from "./task-row.ts";

const input = z.strictObject({
  cluster,
  node: node.optional(),
  vmid: z.coerce.number().int().min(100).max(999_999_999).optional(),
  type: z.string().optional().describe("Task type, e.g. qmstart, vzdump"),
  errors: z.boolean().default(false).describe("Only tasks that failed"),
  running: z.boolean().default(false).describe("Only tasks that still run"),
  since: z.string().optional().describe("ISO time, or hours back such as 24h"),
  ...listArguments(TASK_COLUMNS as Columns<TaskRow>),
});

type Input = z.output<typeof input>;

/** Most rows asked of one node. */
const NODE_LIMIT = 500;

export default defineTool({
  name: "proxmox_task_list",
  title: "List tasks",
  description:
    "List recent tasks, newest first, with their real outcome. Without node and since it covers about the last 25 a node; with them it reads the nodes' archives.",
  toolset: "jobs",
  class: "read",
  idempotent: true,
  input,
  output: z.object(listOutput),
  async run(context, input) {
    const since = input.since === undefined ? undefined : sinceSeconds(input.since);
    const { answers, missing } = await askClusters(context, input.cluster, (one) =>
      input.node === undefined && since === undefined ? recent(one) : archive(context, one, input, since),
    );
    const gaps: NonNullable<Incomplete> = [
      ...missing,
      ...answers.flatMap(({ cluster: { name }, answer }) => answer.missing.map((gap) => ({ cluster: name, ...gap }))),
    ];
    const rows = answers.flatMap(({ answer }) => answer.rows).filter(({ task }) => fits(task, input, since));
    return {
      data: columnar(
        TASK_COLUMNS as Columns<TaskRow>,
        rows,
        ({ cluster: name, task }) => [-Number(task.starttime ?? 0), name, String(task.upid ?? "")],
        input,
        gaps,
        clusterColumn(context, input.cluster),
      ),
    };
  },
});

interface Found {
  rows: TaskRow[];
  missing: NonNullable<Incomplete>;
}

async function recent(one: ToolCluster): Promise<Found> {
  const { data } = await getClusterTasks(one.send);
  return { rows: data.map((task) => ({ cluster: one.name, task: { ...task } })), missing: [] };
}

async function archive(context: ToolContext, one: ToolCluster, input: Input, since?: number): Promise<Found> {
  const missing: NonNullable<Incomplete> = [];
  const nodes =
    input.node === undefined ? await onlineNodes(context, one, missing) : [await named(context, one, input.node)];
  const lists = await Promise.all(
    nodes.map(async (at) => {
      try {
        const { data, total } = await getNodesTasks(one.send, {
          node: at,
          source: "all",
          limit: NODE_LIMIT,
          ...(since === undefined ? {} : { since }),
          ...(input.vmid === undefined ? {} : { vmid: input.vmid }),
          ...(input.type === undefined ? {} : { typefilter: input.type }),
          ...(input.errors ? { errors: true } : {}),
        });
        if (total !== undefined && total > data.length) {
          missing.push({
            node: at,
            reason: `${total - data.length} older tasks are not covered; narrow by since, vmid or type`,
          });
        }
        return data;
      } catch (error) {
        if (nodes.length === 1) throw error;
        missing.push({ node: at, reason: reasonOf(error) });
        return [];
      }
    }),
  );
  return { rows: lists.flat().map((task) => ({ cluster: one.name, task: { ...task } })), missing };
}

async function named(context: ToolContext, one: ToolCluster, node: string): Promise<string> {
  return (await resolveNode(context, { cluster: one.name, node })).node;
}

async function onlineNodes(
  context: ToolContext,
  one: ToolCluster,
  missing: NonNullable<Incomplete>,
): Promise<string[]> {
  const { nodes } = await one.cluster.resources.get(one.caller, { signal: context.signal });
  const online: string[] = [];
  for (const [name, row] of nodes) {
    if (row.status === "offline") missing.push({ node: name, reason: "offline" });
    else online.push(name);
  }
  return online;
}

function fits(task: Readonly<Record<string, unknown>>, input: Input, since?: number): boolean {
  const outcome = outcomeOf(task);
  return (
    (input.type === undefined || task.type === input.type) &&
    (input.vmid === undefined || String(task.id) === String(input.vmid)) &&
    (!input.errors || outcome === "failed") &&
    (!input.running || outcome === "running") &&
    (since === undefined || Number(task.starttime) >= since)
  );
}

function sinceSeconds(given: string): number {
  const back = /^(\d+)\s*([mhd])$/.exec(given.trim());
  const unit = { m: 60, h: 3600, d: 86_400 } as const;
  if (back) return Math.floor(Date.now() / 1000) - Number(back[1]) * unit[back[2] as keyof typeof unit];
  const time = Date.parse(given);
  if (Number.isNaN(time)) {
    throw new ArgumentError(
      "since",
      `is ${JSON.stringify(given)}, which is no time`,
      "Give an ISO time (2026-01-31T08:00:00Z) or a span back such as 30m, 24h or 7d.",
    );
  }
  return Math.floor(time / 1000);
}
