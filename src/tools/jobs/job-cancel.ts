import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { deleteNodesTasksByUpid } from "../../../generated/clients/nodes-tasks.ts";
import { NotFoundError, OutcomeUnknownError } from "../../pve/errors.ts";
import { parseUpid } from "../../pve/upid.ts";
import { change, changeArguments, changeOutput } from "../change.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import { defineTool } from "../contract.ts";
import { describeJob, type JobEnd, watchJob } from "../job-answer.ts";
import { findLeftovers, leftoversOutput } from "./leftovers.ts";

const output = z.object({
  cluster: z.string(),
  outcome: z
    .enum(["stopped", "already-ended", "ended-first", "running"])
    .optional()
    .describe("ended-first: it ended well before it could be stopped"),
  ...changeOutput,
  ...leftoversOutput,
});

type Output = z.input<typeof output>;

export default defineTool({
  name: "job_cancel",
  title: "Cancel a job",
  description:
    "Stop a running job's task, wait for its end, and report what it left behind: locks and half-made volumes remain. One that has ended is left alone.",
  toolset: "jobs",
  class: "mutate",
  idempotent: true,
  input: z.strictObject({ id: z.string().describe("job.id"), ...changeArguments }),
  output,
  async run(context, input) {
    const handle = context.jobs.parse(input.id, context.principal);
    const one = context.cluster(handle.cluster);
    const { node, id } = parseUpid(handle.upid)!;
    const before = await endOf(context, one, handle.upid);
    if (before.job.state !== "running") {
      const ended = await afterEnd(context, one, before, id, "already-ended");
      if (ended.failed) ended.failed.message += " Nothing was sent.";
      return ended;
    }
    const made = await stop(context, one, { node, upid: handle.upid }, input);
    if (made.plan) return { data: { cluster: one.name, ...made } };
    const end = await watchJob(context, one, handle.upid, input.waitSeconds);
    if (end.job.state === "running") {
      const next =
        "It is killed five seconds after it was told to stop: call job_cancel again to see what it left behind.";
      return { data: { cluster: one.name, outcome: "running" as const, ...made, job: end.job, next } };
    }
    const ok = end.job.state === "ok" || end.job.state === "warnings";
    const answer = await afterEnd(context, one, end, id, ok ? "ended-first" : "stopped");
    return { ...answer, data: { ...answer.data, ...made } };
  },
});

async function endOf(context: ToolContext, one: ToolCluster, upid: string): Promise<JobEnd> {
  return describeJob(context, one, await one.cluster.tasks.status(one.caller, upid, { signal: context.signal }));
}

/** Milliseconds between tries to stop a task that is not visible yet (pve-facts 49). */
const RETRY_MS = 500;

/** Milliseconds for which it is tried at least. */
const SHORTEST_TRY_MS = 5000;

/** Tells the task to stop. What became of an order whose answer was lost shows in the task itself. */
async function stop(
  context: ToolContext,
  one: ToolCluster,
  task: { node: string; upid: string },
  input: { dryRun: boolean; waitSeconds: number },
): Promise<Pick<Output, "plan" | "warnings">> {
  const end = Date.now() + Math.max(input.waitSeconds * 1000, SHORTEST_TRY_MS);
  for (;;) {
    try {
      return (await change(context, one, (send) => deleteNodesTasksByUpid(send, task), input)).data;
    } catch (error) {
      if (error instanceof OutcomeUnknownError) return { warnings: [error.message] };
      if (!(error instanceof NotFoundError)) throw error;
      const { job } = await endOf(context, one, task.upid);
      if (job.state !== "running") return {};
      if (Date.now() >= end) throw error;
      await sleep(RETRY_MS, undefined, { signal: context.signal });
    }
  }
}

/** The answer on a task that has ended. One without a record has no known outcome, whatever was done to it. */
async function afterEnd(
  context: ToolContext,
  one: ToolCluster,
  { job, failed }: JobEnd,
  id: string,
  outcome: NonNullable<Output["outcome"]>,
): Promise<{ data: Output; failed?: NonNullable<JobEnd["failed"]> }> {
  if (failed && job.exitstatus === undefined) {
    const seen = failed.code === "task-unknown";
    const told = { message: `It was told to stop. ${failed.message}`, next: "job_get tells whether it has ended." };
    return { data: { cluster: one.name, job }, failed: { ...failed, ...(seen ? {} : told) } };
  }
  const well = job.state === "ok" || job.state === "warnings";
  return {
    data: { cluster: one.name, outcome, job, ...(well ? {} : await findLeftovers(context, one, job, id)) },
  };
}
