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
  const notes = {
    warnings: input.warnings,
    ...(grow ? { steps: ["the VM", `growing ${grow.disk} to ${grow.size}`, "the start"] } : {}),
    kept: `VM ${at.vmid} is made; do not make it again.`,
  };
  return { ...(await change(context, one, requests, input, notes)), created: began };
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
