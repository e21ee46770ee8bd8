import * as z from "zod";
import { getNodesTasks } from "../../../generated/clients/nodes-tasks.ts";
import type { GuestResource } from "../../pve/cluster.ts";
import { parseUpid, type Upid } from "../../pve/upid.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import { reasonOf } from "../gather.ts";
import type { JobAnswer } from "../job-answer.ts";
import { outcomeOf } from "../tasks/task-row.ts";
import { type BulkAction, CHILD_TYPES, isReached } from "./action.ts";
import { labelOf } from "./node-guests.ts";

/** Tasks of a node that are looked through for those of the guests. */
const TASKS = 500;
/** Failures that are listed. */
const FAILURES = 30;
/** Lines of the parent's log. */
const LINES = 20;

/** How the guests of a bulk action fared, each by its own task. */
export const bulkOutcome = z.object({
  ok: z.int(),
  running: z.int().optional(),
  failed: z.array(
    z.object({
      vmid: z.int(),
      name: z.string().optional(),
      exitstatus: z.string(),
      upid: z.string().optional(),
    }),
  ),
  moreFailed: z.int().optional(),
  log: z.array(z.string()).optional().describe("Of the bulk task, where a guest failed"),
});

export type BulkOutcome = z.output<typeof bulkOutcome>;

/** A failure that carries the facts of the guests beside it. */
interface Judgement {
  guests?: BulkOutcome;
  failed?: { code: string; message: string; next: string };
  warnings: string[];
}

/**
 * Judges a bulk action by its guests: its own task ends OK whatever became of them (pve-facts 55). The tasks of the
 * guests stand in the node's list; an expected guest without one has to have got where it should by itself.
 */
export async function judgeBulk(
  context: ToolContext,
  one: ToolCluster,
  action: BulkAction,
  job: JobAnswer,
  expected: readonly GuestResource[],
): Promise<Judgement> {
  if (job.state === "running") {
    return {
      warnings: [
        `The task still runs, and will end OK even if guests fail: proxmox_task_list for node ${job.node} shows each guest's own task.`,
      ],
    };
  }
  const parent = parseUpid(job.upid)!;
  let children: Map<number, Readonly<Record<string, unknown>>>;
  try {
    children = await childrenOf(one, action, parent);
  } catch (error) {
    return {
      warnings: [
        `How the guests fared could not be read (${reasonOf(error)}): the bulk task's own ${job.state} does not tell.`,
      ],
    };
  }
  one.cluster.resources.invalidate();
  const now = await one.cluster.resources
    .get(one.caller, { maxAgeMs: 0, signal: context.signal })
    .then(({ guests }) => guests)
    .catch(() => undefined);
  const names = new Map([...(now?.values() ?? []), ...expected].map(({ vmid, name }) => [vmid, name]));
  const failed: BulkOutcome["failed"] = [];
  let ok = 0;
  let running = 0;
  const requested: number[] = [];
  const add = (vmid: number, exitstatus: string, upid?: string) => {
    const name = names.get(vmid);
    failed.push({ vmid, ...(name === undefined ? {} : { name }), exitstatus, ...(upid ? { upid } : {}) });
  };
  for (const [vmid, task] of children) {
    const outcome = outcomeOf(task);
    if (outcome === "running") running++;
    else if (outcome === "ok" || outcome === "warnings") {
      ok++;
      if (String(task.type).startsWith("ha")) requested.push(vmid);
    } else add(vmid, String(task.status || "ended without a known outcome"), String(task.upid));
  }
  for (const guest of expected) {
    if (children.has(guest.vmid)) continue;
    if (now && isReached(action, job.node, now.get(guest.vmid))) continue;
    add(guest.vmid, "no task was started for it");
  }
  failed.sort((a, b) => a.vmid - b.vmid);
  const guests: BulkOutcome = {
    ok,
    ...(running > 0 ? { running } : {}),
    failed: failed.slice(0, FAILURES),
    ...(failed.length > FAILURES ? { moreFailed: failed.length - FAILURES } : {}),
    ...(failed.length > 0 ? { log: await troublesOf(context, one, job.upid) } : {}),
  };
  const warnings = [
    ...(requested.length > 0
      ? [`HA has only taken the request for ${requested.join(", ")}: it acts within a minute or so. Look again.`]
      : []),
    ...(running > 0 ? [`${running} guests' tasks still run: proxmox_task_list shows how they end.`] : []),
    ...(ok + running + failed.length === 0 ? ["No guest was concerned, so nothing was done."] : []),
  ];
  if (failed.length === 0) return { guests, warnings };
  const first = failed[0]!;
  const total = ok + running + failed.length;
  return {
    guests,
    warnings,
    failed: {
      code: "guests-failed",
      message: `${action} on ${job.node}: ${failed.length} of ${total} guests failed, first ${labelOf(first)}: ${first.exitstatus}.`,
      next: "guests.failed lists them; proxmox_task_get with a guest's upid has its log. The others are done: act on the failed ones alone.",
    },
  };
}

/** The last task of each guest that the action started on the node. */
async function childrenOf(
  one: ToolCluster,
  action: BulkAction,
  { node, starttime: since, pstart }: Upid,
): Promise<Map<number, Readonly<Record<string, unknown>>>> {
  // Of the same second, the kernel's start time of the process tells in hundredths (pve-facts 46).
  const isLater = (task: Upid | undefined) =>
    task !== undefined && (task.starttime > since || (task.starttime === since && task.pstart >= pstart));
  const { data } = await getNodesTasks(one.send, { node, source: "all", since, limit: TASKS });
  const children = new Map<number, Readonly<Record<string, unknown>>>();
  const rows = (data ?? [])
    .filter(({ type, upid }) => CHILD_TYPES[action].includes(String(type)) && isLater(parseUpid(upid)))
    .sort((a, b) => Number(a.starttime) - Number(b.starttime));
  for (const row of rows) {
    const vmid = Number(row.id);
    if (Number.isInteger(vmid) && vmid > 0) children.set(vmid, { ...row });
  }
  return children;
}

/** What the parent's log says of guests that it could not even begin with. */
async function troublesOf(context: ToolContext, one: ToolCluster, upid: string): Promise<string[]> {
  try {
    const { lines } = await one.cluster.tasks.log(one.caller, upid, { limit: TASKS, signal: context.signal });
    return lines.filter((line) => /error|fail|unable|can't|cannot|locked|skip|warn|timeout/i.test(line)).slice(-LINES);
  } catch {
    return [];
  }
}
