import * as z from "zod";
import { ProxmoxMcpError } from "../../errors/index.ts";
import { guestHead } from "../agent/guest-head.ts";
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
  way: z.enum(["ssh", "agent"]).optional().describe("How it was reached; by the agent when absent"),
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
  | { kind: "vm"; cluster: ToolCluster; node: string; guest: FoundGuest }
  | { kind: "container"; cluster: ToolCluster; node: string; guest: FoundGuest }
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

/** A machine that is reached over SSH, by way of its node or as one. */
export type HostTarget = Exclude<Target, { kind: "vm" }>;

/** Finds the machine that is meant; a node or a container is refused where no SSH identity is configured. */
export async function findReachable(context: ToolContext, given: Given, byHand: string): Promise<Target> {
  const { targetKind, target } = given;
  const clusters = given.cluster === undefined ? context.clusters : [context.cluster(given.cluster)];
  if (targetKind !== "vm" && !clusters.some(({ hosts }) => hosts)) {
    throw new NeedsSshError(targetKind, target, targetKind === "container" ? byHand : undefined);
  }
  return findTarget(context, given);
}

/** Which machine an answer is about, and that SSH led there. */
export function headOf(target: HostTarget) {
  const { cluster, node } = target;
  return target.kind === "node"
    ? { cluster: cluster.name, node, way: "ssh" as const }
    : { ...guestHead(target.guest, node), way: "ssh" as const };
}

/** What is done in a machine, as the gate knows it. */
export function pathOf(target: HostTarget, what: "shell" | "file/read" | "file/write") {
  const { node } = target;
  return target.kind === "node"
    ? { operation: `RUN /nodes/{node}/${what}` as const, params: { node } }
    : { operation: `RUN /nodes/{node}/lxc/{vmid}/${what}` as const, params: { node, vmid: target.guest.guest.vmid } };
}
