import * as z from "zod";
import { ProxmoxMcpError } from "../../errors/index.ts";
import { cluster, guest } from "../arguments.ts";
import type { ToolContext } from "../context.ts";
import { ArgumentError, WrongGuestKindError } from "../errors.ts";
import { type FoundGuest, findGuest } from "../guests/resolve.ts";

/** By which a tool that works inside of a machine says which one. */
export const targetArguments = {
  cluster,
  targetKind: z.enum(["vm", "container", "node"]),
  target: guest.describe("VMID or guest name; for a node its name"),
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
  constructor(targetKind: "container" | "node", target: number | string, byHand: string) {
    super({
      code: "needs-ssh",
      message: `The API does not reach into a ${targetKind}: that needs SSH to ${targetKind === "node" ? "it" : "its node"}, which is not configured in this version. Nothing was sent.`,
      next: `Let a person do it${targetKind === "node" ? " on the node" : ` on the container's node: ${byHand}`}; a VM is reached by its guest agent.`,
      data: { targetKind, target },
    });
  }
}

/** The VM that is meant. Nodes and containers are refused until there is a way to them; `byHand` is what a person can do. */
export async function findTarget(
  context: ToolContext,
  given: { cluster?: string | undefined; targetKind: "vm" | "container" | "node"; target: number | string },
  byHand: string,
): Promise<FoundGuest> {
  if (given.targetKind !== "vm") throw new NeedsSshError(given.targetKind, given.target, byHand);
  const named = given.cluster === undefined ? {} : { cluster: given.cluster };
  try {
    return await findGuest(context, { ...named, vmid: given.target }, "qemu", "");
  } catch (error) {
    if (!(error instanceof WrongGuestKindError)) throw error;
    throw new ArgumentError("targetKind", "is vm, and the target is a container", "Set targetKind to container.");
  }
}
