import { getClusterTasks } from "../../../generated/clients/cluster-tasks.ts";
import { getNodesTasks } from "../../../generated/clients/nodes-tasks.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import { outcomeOf } from "../tasks/task-row.ts";
import type { TaskFact, VmFacts } from "./facts.ts";
import { holds } from "./rights.ts";

type Row = Readonly<Record<string, unknown>>;

/** Tasks of the VM that are looked at. */
const RECENT = 30;
/** Lines of the last start's log; the reason stands at its end. */
const LOG_LINES = 60;

const STARTS = /^(?:qmstart|qmreboot|qmresume)$/;

/** HA's own task only hands the request over, so it tells something only when it fails. */
function isStart({ type, outcome }: TaskFact): boolean {
  return STARTS.test(type) || (type === "hastart" && outcome === "failed");
}

function factOf(context: ToolContext, cluster: ToolCluster, row: Row): TaskFact {
  const outcome = outcomeOf(row);
  const upid = String(row.upid);
  return {
    upid,
    type: String(row.type),
    id: String(row.id ?? ""),
    user: String(row.user ?? ""),
    outcome,
    starttime: Number(row.starttime ?? 0),
    ...(typeof row.status === "string" && outcome !== "running" ? { status: row.status } : {}),
    ...(outcome === "running" ? { job: context.jobs.idOf({ cluster: cluster.name, upid }, context.principal) } : {}),
  };
}

/** The VM's tasks, running and ended, and the log of its last start when that did not end well (pve-facts 51). */
export async function readTasks(
  context: ToolContext,
  cluster: ToolCluster,
  at: { node: string; vmid: number },
  facts: VmFacts,
): Promise<void> {
  const { data } = await getNodesTasks(cluster.send, { ...at, source: "all", limit: RECENT });
  const read = (rows: unknown) =>
    ((rows ?? []) as readonly Row[])
      .map((row) => factOf(context, cluster, row))
      .sort((a, b) => b.starttime - a.starttime);
  const tasks = read(data);
  facts.tasks = tasks;
  let last = tasks.find(isStart);
  if (!last?.type.startsWith("qm") && facts.ha && facts.run?.running !== true) {
    // HA tries other nodes before it gives up, and leaves the record of each try there.
    const own = read((await getClusterTasks(cluster.send)).data).filter(({ id }) => id === String(at.vmid));
    last = own.find((one) => isStart(one) && one.type.startsWith("qm")) ?? last;
  }
  if (!last) return;
  facts.start = { ...last, log: [], firstLine: 1 };
  if (last.outcome !== "failed" && last.outcome !== "warnings") return;
  if (last.outcome === "failed" && facts.run?.running) return;
  const log = await cluster.cluster.tasks.log(cluster.caller, last.upid, { limit: LOG_LINES, signal: context.signal });
  facts.start = { ...last, log: log.lines, firstLine: log.start + 1 };
}

/** What runs on the node now, for whomever: a lock without such a task was left behind. */
export async function readActiveTasks(
  context: ToolContext,
  cluster: ToolCluster,
  at: { node: string },
  facts: VmFacts,
): Promise<void> {
  const { data } = await getNodesTasks(cluster.send, { node: at.node, source: "active", limit: 500 });
  const tasks = ((data ?? []) as unknown as readonly Row[])
    .map((row) => factOf(context, cluster, row))
    .filter(({ outcome }) => outcome === "running");
  // Without the right to audit the node a token sees its own tasks only, and is not told so (pve-facts 27, 51).
  facts.live = { all: await holds(cluster, `/nodes/${at.node}`, ["Sys.Audit"]), tasks };
}
