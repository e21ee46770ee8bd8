import * as z from "zod";
import { ProxmoxMcpError } from "../errors/index.ts";
import type { TaskStatus } from "../pve/cluster.ts";
import { parseUpid } from "../pve/upid.ts";
import type { ToolCluster, ToolContext } from "./context.ts";
import { percentOf } from "./tasks/log-percent.ts";

/** How a task stands, as every tool that starts or watches one answers. */
export const jobOutput = z.object({
  id: z.string().describe("For job_get and job_wait"),
  upid: z.string(),
  state: z.enum(["running", "ok", "warnings", "failed", "unknown"]),
  type: z.string(),
  node: z.string(),
  exitstatus: z.string().optional(),
  startedAt: z.string(),
  log: z.array(z.string()).optional().describe("Last lines of the task's log, when it did not end well"),
});

export type JobAnswer = z.output<typeof jobOutput>;

/** The end of a watched task: the answer, and the failure that it is, if it is one. */
export interface JobEnd {
  job: JobAnswer;
  failed?: { code: string; message: string; next: string };
}

const LOG_TAIL = 20;

/**
 * Waits for a task, telling the client its last log line, and judges how it ended. When it cannot be watched, the
 * answer still holds the job: what started it must not be done again.
 */
export async function watchJob(
  context: ToolContext,
  cluster: ToolCluster,
  upid: string,
  waitSeconds: number,
): Promise<JobEnd> {
  let status: TaskStatus;
  context.progress(`task ${parseUpid(upid)?.type ?? upid} has started`);
  try {
    status = await cluster.cluster.tasks.wait(cluster.caller, upid, {
      waitMs: waitSeconds * 1000,
      signal: context.signal,
      ending: context.ending,
      onProgress: (lines, elapsedMs) =>
        context.progress(lines.at(-1) ?? `task runs for ${(elapsedMs / 1000).toFixed(1)} s`, percentOf(lines)),
    });
  } catch (error) {
    const task = parseUpid(upid);
    if (!(error instanceof ProxmoxMcpError) || task === undefined) throw error;
    return {
      job: jobOf(context, cluster, { ...task, state: "unknown" }),
      failed: {
        code: error.code,
        message: `Task ${task.type} could not be watched: ${error.message}`,
        next: `Do not start it again: job_wait with job.id tells how it ended. ${error.next ?? ""}`.trim(),
      },
    };
  }
  return describeJob(context, cluster, status);
}

function jobOf(context: ToolContext, cluster: ToolCluster, status: TaskStatus): JobAnswer {
  return {
    id: context.jobs.idOf({ cluster: cluster.name, upid: status.upid }, context.principal),
    upid: status.upid,
    state: status.state,
    type: status.type,
    node: status.node,
    ...(status.exitstatus === undefined ? {} : { exitstatus: status.exitstatus }),
    startedAt: new Date(status.starttime * 1000).toISOString(),
  };
}

/** A task's status as an answer; the log's tail comes along when it did not end well. */
export async function describeJob(context: ToolContext, cluster: ToolCluster, status: TaskStatus): Promise<JobEnd> {
  const job = jobOf(context, cluster, status);
  if (status.state === "running" || status.state === "ok") return { job };
  job.log = await logTail(cluster, status.upid, context.signal);
  const failed = failureOf(status);
  return failed === undefined ? { job } : { job, failed };
}

/** Why a task did not end well, as an error; none while it runs, and for warnings. */
export function failureOf(status: TaskStatus): JobEnd["failed"] {
  const what = `Task ${status.type}${status.id ? ` for ${status.id}` : ""} on ${status.node}`;
  if (status.state === "failed") {
    return {
      code: "task-failed",
      message: `${what} failed: ${status.exitstatus ?? "no reason given"}.`,
      next: "The last lines of its log are in job.log; job_logs has the rest.",
    };
  }
  if (status.state === "unknown") {
    return {
      code: "task-unknown",
      message: `${what} has no known outcome: ${status.exitstatus ?? "its record is gone"}.`,
      next: "Read the object itself to see what became of it; do not repeat the call blindly.",
    };
  }
  return undefined;
}

async function logTail(cluster: ToolCluster, upid: string, signal: AbortSignal): Promise<string[]> {
  try {
    return (await cluster.cluster.tasks.log(cluster.caller, upid, { limit: LOG_TAIL, signal })).lines;
  } catch {
    // The outcome is known without the log, and a vanished task has none.
    return [];
  }
}
