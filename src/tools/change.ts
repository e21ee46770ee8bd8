import * as z from "zod";
import { ConfirmationRequiredError, type PlannedRequest } from "../access/index.ts";
import { validateCall } from "../pve/validate.ts";
import type { Answer, OperationId, Params, Send } from "../schema/operation.ts";
import { dryRun, waitSeconds } from "./arguments.ts";
import type { ToolCluster, ToolContext } from "./context.ts";
import { ParametersError } from "./errors.ts";
import { type JobAnswer, type JobEnd, jobOutput, watchJob } from "./job-answer.ts";
import { type Plan, planOutput } from "./plan.ts";

/** One request that changes something, as a closure over a generated client function. */
export type Request = (send: Send) => Promise<Answer>;

/** Arguments of every tool that changes something, beside its own. */
export const changeArguments = { waitSeconds, dryRun };

/** What such a tool answers, beside its own: `plan` for a dry run, `job` where a task was started. */
export const changeOutput = {
  job: jobOutput.optional(),
  plan: planOutput.optional(),
  warnings: z.array(z.string()).optional(),
};

/** What a tool knows of a change beside its requests. */
export interface ChangeNotes {
  /** Keys that change, with what they are now. */
  diff?: readonly { key: string; from?: unknown; to?: unknown }[];
  warnings?: readonly string[];
}

export interface Change {
  data: { job?: JobAnswer; plan?: Plan; warnings?: string[] };
  failed?: NonNullable<JobEnd["failed"]>;
  /** One for each request that was answered. */
  answers: Answer[];
  /** Everything was sent, and no task failed or still runs. */
  done: boolean;
}

/**
 * Makes one change of one or several requests. A dry run is answered with their plan. Otherwise they are refused, or
 * put to a person, as a whole before the first is sent; then they are sent in order, each task is waited for, and the
 * first that fails or still runs ends it.
 */
export async function change(
  context: ToolContext,
  one: ToolCluster,
  requests: Request | readonly Request[],
  input: { dryRun: boolean; waitSeconds?: number },
  notes: ChangeNotes = {},
): Promise<Change> {
  const wanted = typeof requests === "function" ? [requests] : requests;
  const calls = await Promise.all(wanted.map(capture));
  const warnings = notes.warnings?.length ? { warnings: [...notes.warnings] } : {};
  const diff = notes.diff?.length ? { diff: notes.diff.map((row) => ({ ...row })) } : {};
  if (input.dryRun) {
    await requireValid(calls);
    return { data: { plan: { ...(await one.plan(calls)), ...diff, ...warnings } }, answers: [], done: false };
  }
  const answers: Answer[] = [];
  const data: Change["data"] = { ...warnings };
  try {
    if (calls.length > 1) {
      await requireValid(calls);
      await one.intend(calls);
    }
    const end = Date.now() + (input.waitSeconds ?? 0) * 1000;
    for (const request of wanted) {
      const answer = await request(one.send);
      answers.push(answer);
      if (!isUpid(answer.data)) continue;
      const { job, failed } = await watchJob(context, one, answer.data, Math.max(0, (end - Date.now()) / 1000));
      data.job = job;
      if (failed) return { data, failed, answers, done: false };
      if (job.state === "running") return { data, answers, done: false };
    }
  } catch (error) {
    if (error instanceof ConfirmationRequiredError) Object.assign(error.notes, diff, warnings);
    throw error;
  }
  return { data, answers, done: true };
}

/** The operation and the parameters that a request would send. */
export async function capture(request: Request): Promise<PlannedRequest> {
  let seen: PlannedRequest | undefined;
  await request(async <T>(operation: OperationId, params: object = {}) => {
    seen = { operation, params: params as Params };
    return { data: undefined as T };
  });
  if (!seen) throw new Error("a request of a change sends nothing");
  return seen;
}

/** A plan of a request that the host would refuse promises too much. */
export async function requireValid(calls: readonly PlannedRequest[]): Promise<void> {
  for (const { operation, params } of calls) {
    const checked = await validateCall(operation, params);
    if (!checked.ok) throw new ParametersError(operation, checked.errors);
  }
}

/** Whether an answer names a task. */
export function isUpid(data: unknown): data is string {
  return typeof data === "string" && data.startsWith("UPID:");
}
