import { setTimeout as sleep } from "node:timers/promises";
import { getNodesQemuStatusCurrent } from "../../../generated/clients/nodes-qemu.ts";
import { getNodesTasks } from "../../../generated/clients/nodes-tasks.ts";
import { ProxmoxMcpError } from "../../errors/index.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import { type JobAnswer, watchJob } from "../job-answer.ts";

/** What became of a VM's start. */
export interface StartOutcome {
  status?: string;
  /** The task of the start, when it failed or still runs. */
  job?: JobAnswer;
  failed?: { code: string; message: string; next: string };
  warning?: string;
}

const STEP_MS = 500;

/**
 * Finds out whether a new VM has started. A creation that is to start it ends well whatever becomes of that, as the
 * start is a task of its own (pve-facts 55).
 */
export async function startOutcome(
  context: ToolContext,
  one: ToolCluster,
  at: { node: string; vmid: number },
  /** Seconds since the epoch, by the host's clock. */
  since: number,
  waitMs: number,
): Promise<StartOutcome> {
  const end = Date.now() + waitMs;
  try {
    for (;;) {
      const status = String((await getNodesQemuStatusCurrent(one.send, at)).data.status);
      if (status === "running") return { status };
      const upid = await startTask(one, at, since);
      if (upid !== undefined) return await watched(context, one, at, upid, end - Date.now());
      const left = context.ending.aborted ? 0 : end - Date.now();
      if (left <= 0) return { status, warning: "The VM is made, and does not run yet: look again before acting." };
      context.progress(`waiting for VM ${at.vmid} to start`);
      await sleep(Math.min(STEP_MS, left), undefined, { signal: context.signal });
    }
  } catch (error) {
    if (!(error instanceof ProxmoxMcpError)) throw error;
    return { warning: `The VM is made; whether it started could not be found out: ${error.message}` };
  }
}

async function watched(
  context: ToolContext,
  one: ToolCluster,
  at: { node: string; vmid: number },
  upid: string,
  leftMs: number,
): Promise<StartOutcome> {
  const { job, failed } = await watchJob(context, one, upid, Math.max(0, leftMs / 1000));
  if (failed) {
    const message = `VM ${at.vmid} was made, but it did not start. ${failed.message}`;
    return { job, failed: { ...failed, message, next: `The VM is there: do not make it again. ${failed.next}` } };
  }
  if (job.state === "running") return { job };
  const status = String((await getNodesQemuStatusCurrent(one.send, at)).data.status);
  return {
    status,
    ...(status === "running" ? {} : { warning: `The start ended well, but the VM is ${status}: look again.` }),
  };
}

/** The newest task that starts this VM, if one has begun since. */
async function startTask(
  one: ToolCluster,
  { node, vmid }: { node: string; vmid: number },
  since: number,
): Promise<string | undefined> {
  const { data } = await getNodesTasks(one.send, { node, vmid, since, source: "all", limit: 20 });
  const rows = (data ?? []) as readonly Readonly<Record<string, unknown>>[];
  const starts = rows
    .filter(({ type }) => type === "qmstart" || type === "hastart")
    .sort((a, b) => Number(b.starttime) - Number(a.starttime));
  return starts[0] === undefined ? undefined : String(starts[0].upid);
}
