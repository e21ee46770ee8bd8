import * as z from "zod";
import { ProxmoxMcpError } from "../../errors/index.ts";
import { cluster, guest } from "../arguments.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import { ArgumentError, WrongGuestKindError } from "../errors.ts";
import { type FoundGuest, findGuest } from "../guests/resolve.ts";
import { resolveNode } from "../inventory/resolve-node.ts";

/** By which a tool that works inside of a machine says which one. */
export const targetArguments = {
  cluster,
  targetKind: z.enum(["vm", "container", "node"]),
  target: guest.describe("VMID, guest or node name"),
};

/** Which machine an answer is about. */
export const targetOutput = {
  cluster: z.string(),
  vmid: z.int().optional(),
  name: z.string().optional(),
  node: z.string(),
};

/** Nodes and containers have no agent: only SSH leads into them (pve-facts 78). */
export class NeedsSshError extends ProxmoxMcpError {
  constructor(targetKind: "container" | "node", target: number | string, byHand?: string) {
    super({
      code: "needs-ssh",
      message: `The API does not reach into a ${targetKind}: that needs SSH to ${targetKind === "node" ? "it" : "its node"}, for which no identity is configured. Nothing was sent.`,
      next: `Let the operator set PROXMOX_SHELL_SSH_PRIVATE_KEY_PATH and PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY${byHand === undefined ? "" : `, or a person do it on the node: ${byHand}`}; a VM is reached by its guest agent.`,
      data: { targetKind, target },
    });
  }
}

/** A machine, found. */
export type Target =
  | { kind: "vm" | "container"; cluster: ToolCluster; node: string; guest: FoundGuest }
  | { kind: "node"; cluster: ToolCluster; node: string };

interface Given {
  cluster?: string | undefined;
  targetKind: "vm" | "container" | "node";
  target: number | string;
}

/** Finds the machine that is meant; a guest of the other kind is refused with the word to use. */
export async function findTarget(context: ToolContext, { cluster, targetKind, target }: Given): Promise<Target> {
  const on = cluster === undefined ? {} : { cluster };
  if (targetKind === "node") {
    return { kind: "node", ...(await resolveNode(context, { ...on, node: String(target) })) };
  }
  try {
    const guest = await findGuest(context, { ...on, vmid: target }, targetKind === "vm" ? "qemu" : "lxc", "");
    return { kind: targetKind, cluster: guest.cluster, node: guest.guest.node, guest };
  } catch (error) {
    if (!(error instanceof WrongGuestKindError)) throw error;
    const other = targetKind === "vm" ? "container" : "vm";
    throw new ArgumentError("targetKind", `is ${targetKind}, and the target is a ${other}`, `Set it to ${other}.`);
  }
}

/** The VM that is meant. Nodes and containers are refused until there is a way in; `byHand` is what a person can do. */
export async function findReachable(context: ToolContext, given: Given, byHand: string): Promise<FoundGuest> {
  if (given.targetKind !== "vm")
    throw new NeedsSshError(given.targetKind, given.target, given.targetKind === "container" ? byHand : undefined);
  const found = await findTarget(context, given);
  if (found.kind === "node") throw new Error("unreachable");
  return found.guest;
}
