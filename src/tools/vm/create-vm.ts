import {
  getNodesQemuConfig,
  postNodesQemu,
  postNodesQemuStatusStart,
  putNodesQemuResize,
} from "../../../generated/clients/nodes-qemu.ts";
import type { PostNodesQemuParams } from "../../../generated/types/nodes-qemu.ts";
import { ProxmoxMcpError } from "../../errors/index.ts";
import type { Send } from "../../schema/operation.ts";
import { type Change, change, type Request } from "../change.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import { isOn } from "../flag.ts";

/** The guest under the VMID is not the one that was made here; nothing more is done to it (pve-facts 59). */
class NotOursError extends ProxmoxMcpError {
  constructor(vmid: number) {
    super({
      code: "not-ours",
      message: `VM ${vmid} was made, and the VM of that number is another one now: somebody was at work here too. Nothing more was done.`,
      next: "Look at it with proxmox_vm_get before doing anything.",
      data: { vmid },
    });
  }
}

/** Seconds by which two clocks may differ. */
const CLOCK_SLACK_S = 10;

/**
 * Sends what makes a VM, and what has to follow: an imported disk is grown before the first start, which is then a
 * request of its own. `created` is when the creation began, seconds since the epoch by the host's clock.
 */
export async function createVm(
  context: ToolContext,
  one: ToolCluster,
  params: PostNodesQemuParams,
  input: {
    dryRun: boolean;
    waitSeconds: number;
    warnings: readonly string[];
    grow?: { disk: string; size: string };
  },
): Promise<Change & { created: number }> {
  const { grow } = input;
  const at = { node: params.node, vmid: params.vmid };
  const began = Math.floor((Date.now() + (one.cluster.clockSkewMs() ?? 0)) / 1000) - CLOCK_SLACK_S;
  const { start, ...rest } = params;
  /** A request to the new VM, once it is known that it is the one that was made. */
  const toOurs =
    (request: Request): Request =>
    async (send) => {
      if (send === one.send) await requireOurs(one.send, at, params.name, began);
      return request(send);
    };
  const requests: Request[] = grow
    ? [
        (send) => postNodesQemu(send, rest),
        toOurs((send) => putNodesQemuResize(send, { ...at, ...grow } as Parameters<typeof putNodesQemuResize>[1])),
        ...(isOn(start) ? [toOurs((send) => postNodesQemuStatusStart(send, at))] : []),
      ]
    : [(send) => postNodesQemu(send, params)];
  let sent = 0;
  const counted = requests.map(
    (request): Request =>
      async (send) => {
        const answer = await request(send);
        if (send === one.send) sent++;
        return answer;
      },
  );
  let result: Change;
  try {
    result = await change(context, one, counted, input, { warnings: input.warnings });
  } catch (error) {
    if (sent === 0 || !(error instanceof ProxmoxMcpError)) throw error;
    const { code, message, next } = error;
    const failed = { code, message, ...(next === undefined ? {} : { next }) } as NonNullable<Change["failed"]>;
    result = { data: {}, failed, answers: Array.from({ length: sent + 1 }, () => ({ data: null })), done: false };
  }
  return { ...explained(result, requests.length, input, at.vmid), created: began };
}

/** What was not sent, and what is there all the same. */
function explained(
  result: Change,
  wanted: number,
  { dryRun, grow }: { dryRun: boolean; grow?: { disk: string; size: string } },
  vmid: number,
): Change {
  const { answers, failed, data } = result;
  if (dryRun || !grow || result.done) return result;
  const missing = [`growing ${grow.disk} to ${grow.size}`, "the start"].slice(answers.length - 1, wanted - 1);
  const open = missing.length > 0 ? [`Not sent: ${missing.join(", and ")}.`] : [];
  if (failed && answers.length > 1)
    return {
      ...result,
      failed: { ...failed, next: [`VM ${vmid} is made; do not make it again.`, ...open, failed.next].join(" ") },
    };
  return failed || open.length === 0
    ? result
    : { ...result, data: { ...data, warnings: [...(data.warnings ?? []), ...open] } };
}

async function requireOurs(
  send: Send,
  at: { node: string; vmid: number },
  name: string | undefined,
  began: number,
): Promise<void> {
  const config = (await getNodesQemuConfig(send, at)).data as Readonly<Record<string, unknown>>;
  const made = /\bctime=(\d+)/.exec(String(config.meta ?? ""))?.[1];
  if ((name !== undefined && config.name !== name) || (made !== undefined && Number(made) < began)) {
    throw new NotOursError(at.vmid);
  }
}
