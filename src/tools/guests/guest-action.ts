import * as z from "zod";
import { ProxmoxMcpError } from "../../errors/index.ts";
import type { Answer, Send, SendOptions } from "../../schema/operation.ts";
import { cluster, dryRun, guest, waitSeconds } from "../arguments.ts";
import { change } from "../change.ts";
import type { ToolContext } from "../context.ts";
import type { ToolAnswer } from "../contract.ts";
import { ArgumentError } from "../errors.ts";
import { jobOutput, watchJob } from "../job-answer.ts";
import { planOutput } from "../plan.ts";
import { awaitGuestStatus, type GuestStatusReader } from "./await-status.ts";
import { atGuest, type FoundGuest, findGuest, type GuestKind } from "./resolve.ts";

type At = { node: string; vmid: number };

/** One action of a guest tool: the client function that sends it, and the state that it is meant to reach. */
export interface GuestAction {
  call(send: Send, params: At & { timeout?: number }, options?: SendOptions): Promise<Answer>;
  reaches?: "running" | "stopped";
  /** It takes `timeout`, the seconds that the guest has to shut down. */
  takesTimeout?: true;
}

/** Arguments of the two guest action tools. */
export function guestActionInput<const A extends string>(actions: readonly [A, ...A[]]) {
  return z.strictObject({
    cluster,
    vmid: guest,
    action: z.enum(actions),
    timeoutSeconds: z.int().min(0).optional().describe("For shutdown and reboot: how long the guest may take"),
    waitSeconds,
    dryRun,
  });
}

/** What they answer with: `job` once the action was sent, `plan` for a dry run. */
export const guestActionOutput = z.object({
  cluster: z.string(),
  vmid: z.int(),
  name: z.string().optional(),
  node: z.string(),
  action: z.string(),
  job: jobOutput.optional(),
  status: z.string().optional().describe("Status reached, once it was seen"),
  warning: z.string().optional(),
  plan: planOutput.optional(),
});

type ActionAnswer = z.input<typeof guestActionOutput>;

/** Finds the guest, sends the action, waits for its task, and for HA-managed guests for the state itself. */
export async function runGuestAction(
  context: ToolContext,
  input: {
    cluster?: string;
    vmid: number | string;
    action: string;
    timeoutSeconds?: number;
    waitSeconds: number;
    dryRun: boolean;
  },
  kind: GuestKind,
  tool: string,
  action: GuestAction,
  readStatus: GuestStatusReader,
): Promise<ToolAnswer<ActionAnswer>> {
  if (input.timeoutSeconds !== undefined && !action.takesTimeout) {
    throw new ArgumentError("timeoutSeconds", `does nothing for ${input.action}`, "Leave it out; nothing was sent.");
  }
  let found = await findGuest(context, input, kind, tool);
  const { cluster: on, guest: row } = found;
  const params = (at: At) => ({
    ...at,
    ...(input.timeoutSeconds !== undefined ? { timeout: input.timeoutSeconds } : {}),
  });
  const head = (at: At): ActionAnswer => ({
    cluster: on.name,
    vmid: at.vmid,
    ...(row.name === undefined ? {} : { name: row.name }),
    node: at.node,
    action: input.action,
  });
  if (input.dryRun) {
    const at = { node: row.node, vmid: row.vmid };
    const { data } = await change(context, on, (send) => action.call(send, params(at)), input);
    return { data: { ...head(at), ...data } };
  }
  const began = Date.now();
  const carryOut = async () => {
    // Only the action itself may be sent to where the guest has moved: once it is taken, nothing sends it again.
    const { upid, at } = await atGuest(context, found, async (at) => ({
      upid: String((await action.call(on.send, params(at))).data),
      at,
    }));
    on.cluster.resources.invalidate();
    const end = await watchJob(context, on, upid, input.waitSeconds);
    on.cluster.resources.invalidate();
    return { at, end };
  };
  let { at, end } = await carryOut();
  if (end.failed && MOVED.test(end.job.exitstatus ?? "")) {
    const now = await findGuest(context, { ...input, cluster: on.name, vmid: row.vmid }, kind, tool);
    if (now.guest.node !== at.node) {
      found = now;
      ({ at, end } = await carryOut());
    }
  }
  const data: ActionAnswer = { ...head(at), node: end.job.node, job: end.job };
  if (end.failed) return { data, failed: end.failed };
  if (action.reaches && end.job.state !== "running") {
    const leftMs = input.waitSeconds * 1000 - (Date.now() - began);
    const outcome = isHaTask(end.job.type) ? haOutcome : plainOutcome;
    Object.assign(data, await outcome(context, found, action.reaches, leftMs, readStatus));
  }
  return { data };
}

/** How a worker ends that finds no guest on its node, before it has done anything (pve-facts 88). */
const MOVED = /^(Configuration file '.*' does not exist|unable to find configuration file for (VM|CT) \d+)/;

/** `hastart`, `hastop` and the like end OK when the request is recorded, before anything has moved (pve-facts 55, 89). */
function isHaTask(type: string): boolean {
  return type.startsWith("ha");
}

/** A task that ended well may still have missed its goal (pve-facts 55): one look tells. */
async function plainOutcome(
  context: ToolContext,
  found: FoundGuest,
  wanted: "running" | "stopped",
  _leftMs: number,
  readStatus: GuestStatusReader,
): Promise<{ status?: string; warning?: string }> {
  let status: string;
  try {
    status = await awaitGuestStatus(context, found, wanted, 0, readStatus);
  } catch (error) {
    if (!(error instanceof ProxmoxMcpError)) throw error;
    return { warning: `The task ended well, but the guest's state could not be read: ${error.message}` };
  }
  if (status === wanted) return { status };
  return {
    status,
    warning: `The task ended well, but the guest is ${status}, not ${wanted}. Look again before acting.`,
  };
}

async function haOutcome(
  context: ToolContext,
  found: FoundGuest,
  wanted: "running" | "stopped",
  leftMs: number,
  readStatus: GuestStatusReader,
): Promise<{ status?: string; warning?: string }> {
  let status: string;
  try {
    status = await awaitGuestStatus(context, found, wanted, leftMs, readStatus);
  } catch (error) {
    if (!(error instanceof ProxmoxMcpError)) throw error;
    return { warning: `HA has taken the request, but the guest's state could not be read: ${error.message}` };
  }
  if (status === wanted) return { status };
  return {
    status,
    warning: `HA has taken the request, but the guest is not ${wanted} yet; it may take a minute, also on another node. Look again before acting.`,
  };
}
