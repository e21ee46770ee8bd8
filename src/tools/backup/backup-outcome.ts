import * as z from "zod";
import type { GuestResource } from "../../pve/cluster.ts";
import { OutcomeUnknownError } from "../../pve/errors.ts";
import type { Outcome } from "../change-together.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import type { ToolAnswer } from "../contract.ts";
import type { JobAnswer, JobEnd } from "../job-answer.ts";
import { readBackupLog } from "./backup-log.ts";

/** How one guest fared. */
export const guestOutcome = z.object({
  vmid: z.int(),
  name: z.string().optional(),
  node: z.string(),
  state: z.enum(["saved", "failed", "skipped", "running", "unknown"]).describe("skipped: the task did not touch it"),
  archive: z.string().optional(),
  reason: z.string().optional(),
});

export type GuestOutcome = z.output<typeof guestOutcome>;

/** How the request to one node fared, and the guests in it. */
export interface NodeOutcome {
  task: { node: string; job?: JobAnswer; error?: string };
  guests: GuestOutcome[];
  failed?: NonNullable<JobEnd["failed"]>;
}

/** Lines of a task's log that are read to tell the guests apart. */
const LINES = 5000;

/** Tells for each guest of a node whether it was saved: the task ends well without those that it did not find there. */
export async function nodeOutcome(
  context: ToolContext,
  on: ToolCluster,
  node: string,
  guests: readonly GuestResource[],
  outcome: Outcome,
): Promise<NodeOutcome> {
  const every = (state: GuestOutcome["state"], reason?: string) =>
    guests.map((guest) => ({ ...headOf(guest, node), state, ...(reason === undefined ? {} : { reason }) }));
  if ("error" in outcome) {
    const { message, code, next = "" } = outcome.error;
    // The backup may run all the same: who takes it for failed would make it twice.
    const state = outcome.error instanceof OutcomeUnknownError ? "unknown" : "failed";
    return { task: { node, error: message }, guests: every(state, message), failed: { code, message, next } };
  }
  const { end } = outcome;
  if (!end) {
    const message = `Node ${node} answered ${JSON.stringify(outcome.answer.data)} without a task: none of these guests is there any more, and nothing was backed up.`;
    const next = "proxmox_vm_list and proxmox_lxc_list show where they are now; call again.";
    return {
      task: { node, error: message },
      guests: every("skipped"),
      failed: { code: "nothing-done", message, next },
    };
  }
  const task = { node, job: end.job };
  const failed = end.failed ? { failed: end.failed } : {};
  if (end.job.state === "running" || end.job.state === "unknown") {
    return { task, guests: every(end.job.state), ...failed };
  }
  const log = await logOf(context, on, end.job.upid);
  if (log === undefined) return { task, guests: every("unknown", "the task's log could not be read"), ...failed };
  const seen = readBackupLog(log);
  return {
    task,
    guests: guests.map((guest): GuestOutcome => {
      const found = seen.get(guest.vmid);
      const head = headOf(guest, node);
      // A task that goes through all of its guests ends with "job errors" where some failed.
      const broken = end.job.state === "failed" && end.job.exitstatus !== "job errors";
      if (found === undefined && !broken) {
        return { ...head, state: "skipped", reason: `not on ${node} when the task ran, or not allowed` };
      }
      if (found === undefined || found.state === "started") {
        return { ...head, state: "failed", reason: end.job.exitstatus ?? "the task ended before" };
      }
      return { ...head, ...found, state: found.state };
    }),
    ...failed,
  };
}

function headOf({ vmid, name }: GuestResource, node: string): Pick<GuestOutcome, "vmid" | "name" | "node"> {
  return { vmid, ...(name === undefined ? {} : { name }), node };
}

/** The whole log; undefined when it cannot be read, or is too long to be read whole. */
async function logOf(context: ToolContext, on: ToolCluster, upid: string): Promise<string[] | undefined> {
  try {
    const log = await on.cluster.tasks.log(on.caller, upid, { start: 0, limit: LINES, signal: context.signal });
    return log.total > log.lines.length ? undefined : log.lines;
  } catch {
    return undefined;
  }
}

/** The error that the whole call is when a guest was not saved, with the node's own failure where it is the only one. */
export function failureOf(ends: readonly NodeOutcome[]): ToolAnswer<unknown>["failed"] {
  const guests = ends.flatMap((end) => end.guests);
  const lost = guests.filter(({ state }) => state === "failed" || state === "skipped");
  const open = guests.some(({ state }) => state === "unknown");
  const failures = ends.flatMap(({ failed }) => failed ?? []);
  if (lost.length === 0) return failures[0];
  const [first] = failures;
  if (ends.length === 1 && first && first.code !== "task-failed") return first;
  const list = lost
    .slice(0, 10)
    .map(({ vmid, name, reason }) => `${vmid}${name ? ` (${name})` : ""}${reason ? `: ${reason}` : ""}`);
  return {
    code: "not-backed-up",
    message: `${lost.length} of ${guests.length} guests ${lost.length === 1 ? "was" : "were"} not backed up: ${list.join("; ")}${lost.length > 10 ? " and others" : ""}.`,
    next: `guests has each one's outcome. Remove the cause, then back up those alone; do not repeat the whole call.${open ? " Those that are unknown may have been saved, or be saved now: look at proxmox_task_list first." : ""}`,
  };
}
