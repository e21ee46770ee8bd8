import * as z from "zod";
import { ConfirmationRequiredError, type PlannedRequest } from "../access/index.ts";
import { ProxmoxMcpError } from "../errors/index.ts";
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
  /** What each request does, in words; the operations themselves where that is not given. */
  steps?: readonly string[];
  /** What to say where a later request failed, so that what is done is not done again. */
  kept?: string;
}

/** A request that was carried out before the one that failed. */
interface Done {
  operation: OperationId;
  /** Of its task. */
  upid?: string;
  /** How many alike in a row. */
  times?: number;
}

export interface Change {
  data: { job?: JobAnswer; plan?: Plan; warnings?: string[]; done?: Done[] };
  /** A task that ended badly, or a request that was refused or lost after others had been carried out. */
  failed?: NonNullable<JobEnd["failed"]>;
  /** What refused or lost that request. */
  error?: ProxmoxMcpError;
  /** One for each request that was answered. */
  answers: Answer[];
  /** Everything was sent, and no task failed or still runs. */
  done: boolean;
}

/**
 * Makes one change of one or several requests. A dry run is answered with their plan. Otherwise they are refused, or
 * put to a person, as a whole before the first is sent; then they are sent in order, each task is waited for, and the
 * first that fails or still runs ends it. Only while nothing is done yet does it throw: later the answer tells what was
 * done, what failed and what was not sent, so that nothing is done twice.
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
  const end = Date.now() + (input.waitSeconds ?? 0) * 1000;
  const notSent = (from: number): string[] => {
    const rest = calls.slice(from).map(({ operation }, at) => notes.steps?.[from + at] ?? operation);
    return rest.length === 0 ? [] : [`Not sent: ${rest.join(", and ")}.`];
  };
  /** The end after some that went well, with the one after them. */
  const brokenOff = (
    well: number,
    { code, message, next }: Pick<ProxmoxMcpError, "code" | "message" | "next">,
  ): Change => {
    const kept = well === 0 ? [] : [notes.kept ?? "What is in data.done is done: the same call would repeat it."];
    const words = [...kept, ...notSent(well + 1), ...(next === undefined ? [] : [next])];
    const done = well === 0 ? {} : { done: doneOf(calls, answers, well) };
    return { data: { ...data, ...done }, failed: { code, message, next: words.join(" ") }, answers, done: false };
  };
  try {
    if (calls.length > 1) {
      await requireValid(calls);
      await one.intend(calls);
    }
    for (const request of wanted) {
      const answer = await request(one.send);
      answers.push(answer);
      if (!isUpid(answer.data)) continue;
      const { job, failed } = await watchJob(context, one, answer.data, Math.max(0, (end - Date.now()) / 1000));
      data.job = job;
      if (failed) return brokenOff(answers.length - 1, failed);
      const open = job.state === "running" ? notSent(answers.length) : [];
      if (open.length > 0) data.warnings = [...(data.warnings ?? []), ...open];
      if (job.state === "running") return { data, answers, done: false };
    }
  } catch (error) {
    // What the gate or the host says of a later request is no word on those before it.
    if (answers.length > 0 && error instanceof ProxmoxMcpError) {
      const { code, message, next } = error;
      const why = { code, message: message.replace(/ Nothing was sent\.$/, ""), next };
      return { ...brokenOff(answers.length, why), error };
    }
    if (error instanceof ConfirmationRequiredError) Object.assign(error.notes, diff, warnings);
    throw error;
  }
  return { data, answers, done: true };
}

/** The first ones of a change; those that are alike in a row as one. */
function doneOf(calls: readonly PlannedRequest[], answers: readonly Answer[], count: number): Done[] {
  const done: Done[] = [];
  for (const [at, { operation }] of calls.slice(0, count).entries()) {
    const upid = answers[at]?.data;
    const last = done.at(-1);
    if (isUpid(upid)) done.push({ operation, upid });
    else if (last?.operation === operation && last.upid === undefined) last.times = (last.times ?? 1) + 1;
    else done.push({ operation });
  }
  return done;
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
