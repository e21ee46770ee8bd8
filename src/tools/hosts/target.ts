import * as z from "zod";
import type { GuestEntry } from "../../config/index.ts";
import { ProxmoxMcpError } from "../../errors/index.ts";
import { guestHead } from "../agent/guest-head.ts";
import { cluster, guest } from "../arguments.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import { ArgumentError, WrongGuestKindError } from "../errors.ts";
import { type FoundGuest, findGuest } from "../guests/resolve.ts";
import { resolveNode } from "../inventory/resolve-node.ts";

/** By which a tool says which machine of the cluster it means. */
export const machineArguments = {
  cluster,
  targetKind: z.enum(["vm", "container", "node"]),
  target: guest.describe("VMID, guest or node name"),
};

/** By which a tool that works inside of a machine says which one. */
export const targetArguments = {
  ...machineArguments,
  targetKind: z
    .enum(["vm", "container", "node", "linux_guest", "windows_guest"])
    .describe("…_guest: over SSH of its own"),
};

/** Which machine an answer is about. */
export const targetOutput = {
  cluster: z.string(),
  vmid: z.int().optional(),
  name: z.string().optional(),
  node: z.string(),
  way: z.enum(["ssh", "agent", "console"]).optional().describe("How it was reached; by the agent when absent"),
};

/** What lets a person past the rights of the Proxmox token that it acts with. */
const ALLOW = "allow it with ssh: true in your entry of PROXMOX_MCP_IDENTITIES_FILE";

/** Nodes and containers have no agent: SSH leads into them, or for commands a console (pve-facts 78). */
export class NeedsSshError extends ProxmoxMcpError {
  constructor(
    targetKind: "container" | "node",
    target: number | string,
    {
      ownWays,
      byHand,
      console = false,
    }: { /** The caller's. */ ownWays: boolean; byHand?: string | undefined; console?: boolean },
  ) {
    const hand = byHand === undefined ? "" : `, or a person do it on the node: ${byHand}`;
    super({
      code: "needs-ssh",
      message: `The API does not reach into a ${targetKind}: that needs SSH to ${targetKind === "node" ? "it" : "its node"}, ${ownWays ? "for which no identity is configured" : "which goes past the rights of your Proxmox token and is not for you"}. Nothing was sent.`,
      next: `Let the operator ${ownWays ? `set PROXMOX_SHELL_SSH_PRIVATE_KEY_PATH and PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY${console ? ", or, to go by the console where Proxmox VE is 9.1 or newer, PROXMOX_MCP_ACCESS=escape and PROXMOX_SHELL_CONSOLE_PASSWORD" : ""}` : ALLOW}${hand}; a VM is reached by its guest agent.`,
      data: { targetKind, target },
    });
  }
}

/** SSH of guests is not for this person, whatever the table of guests holds. */
class NoGuestSshError extends ProxmoxMcpError {
  constructor({ guest: { vmid, type } }: FoundGuest) {
    super({
      code: "needs-ssh",
      message: `SSH to guest ${vmid} goes past the rights of your Proxmox token and is not for you. Nothing was sent.`,
      next: `Let the operator ${ALLOW}; or use targetKind ${type === "qemu" ? "vm, by its guest agent" : "container, by its node"}.`,
      data: { vmid },
    });
  }
}

/** No entry of the table of guests is for this one. */
class NoGuestEntryError extends ProxmoxMcpError {
  constructor(found: FoundGuest, targetKind: GuestTargetKind, isConfigured: boolean) {
    const { vmid, name, type } = found.guest;
    super({
      code: "no-guest-entry",
      message: `${isConfigured ? "No entry of PROXMOX_SHELL_SSH_GUESTS_FILE is for" : "No PROXMOX_SHELL_SSH_GUESTS_FILE is set, so there is no SSH to"} guest ${vmid}${name === undefined ? "" : ` (${name})`}. Nothing was sent.`,
      next: `Let the operator add {"vmid": ${vmid}, "os": "${targetKind === "windows_guest" ? "windows" : "linux"}", "username", "keyFile", "hostKeys"} to its guests (docs/guest-ssh.md); or use targetKind ${type === "qemu" ? "vm, by its guest agent" : "container, by its node"}.`,
      data: { vmid },
    });
  }
}

/** A guest that is off takes no connection. */
class GuestNotRunningError extends ProxmoxMcpError {
  constructor({ guest }: FoundGuest) {
    super({
      code: "guest-not-running",
      message: `Guest ${guest.vmid} is ${guest.status}, so nothing answers there by SSH. Nothing was sent.`,
      next: `Start it with ${guest.type === "qemu" ? "proxmox_vm_action" : "proxmox_lxc_action"}, then do this again.`,
      data: { vmid: guest.vmid, status: guest.status },
    });
  }
}

type GuestTargetKind = "linux_guest" | "windows_guest";

/** A guest that is reached over SSH of its own. */
export interface SshGuest {
  kind: "guest";
  cluster: ToolCluster;
  node: string;
  guest: FoundGuest;
  entry: GuestEntry;
}

/** A machine of the cluster, found. */
export type Machine =
  | { kind: "vm"; cluster: ToolCluster; node: string; guest: FoundGuest }
  | { kind: "container"; cluster: ToolCluster; node: string; guest: FoundGuest }
  | { kind: "node"; cluster: ToolCluster; node: string };

/** A machine, found, and how to get into it. */
export type Target = Machine | SshGuest;

interface Given<K extends string = Machine["kind"] | GuestTargetKind> {
  cluster?: string | undefined;
  targetKind: K;
  target: number | string;
}

/** Finds the machine that is meant; a guest of the other kind is refused with the word to use. */
export async function findTarget(
  context: ToolContext,
  { cluster, targetKind, target }: Given<Machine["kind"]>,
): Promise<Machine> {
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

function sshGuest(found: FoundGuest, targetKind: GuestTargetKind): SshGuest {
  const { cluster: one, guest } = found;
  if (!one.ownWays) throw new NoGuestSshError(found);
  const tags = guest.tags?.split(/[;, ]+/).filter(Boolean) ?? [];
  const entry = one.guests?.entryOf({ vmid: guest.vmid, name: guest.name, tags });
  if (!entry) throw new NoGuestEntryError(found, targetKind, one.guests !== undefined);
  if (targetKind !== `${entry.os}_guest`) {
    const fault = `is ${targetKind}, and the configuration says ${entry.os} of guest ${guest.vmid}`;
    throw new ArgumentError("targetKind", fault, `Set it to ${entry.os}_guest; nothing was sent.`);
  }
  if (guest.status !== undefined && guest.status !== "running") throw new GuestNotRunningError(found);
  return { kind: "guest", cluster: one, node: guest.node, guest: found, entry };
}

/** What a guest is called by whoever confirms, and by its host keys. */
export function guestNameOf({ guest: { guest } }: SshGuest): string {
  return guest.name ?? String(guest.vmid);
}

/** A machine that is reached over SSH, by way of its node or as one. */
export type HostTarget = Exclude<Target, { kind: "vm" }>;

/**
 * Finds the machine that is meant; a node or a container is refused where nothing leads into it: SSH, or for commands a
 * console.
 */
export async function findReachable(
  context: ToolContext,
  given: Given,
  byHand: string,
  { console = false } = {},
): Promise<Target> {
  const { targetKind, target, cluster: name } = given;
  if (targetKind === "linux_guest" || targetKind === "windows_guest") {
    const on = name === undefined ? {} : { cluster: name };
    return sshGuest(await findGuest(context, { ...on, vmid: target }, "any", ""), targetKind);
  }
  const clusters = given.cluster === undefined ? context.clusters : [context.cluster(given.cluster)];
  const isThere = clusters.some(({ hosts, consoles }) => hosts || (console && consoles));
  if ((targetKind === "node" || targetKind === "container") && !isThere) {
    throw new NeedsSshError(targetKind, target, {
      ownWays: clusters.some(({ ownWays }) => ownWays),
      byHand: targetKind === "container" ? byHand : undefined,
      console,
    });
  }
  return findTarget(context, { ...given, targetKind });
}

/** Which machine an answer is about, and what led there. */
export function headOf(target: HostTarget, way: "ssh" | "console" = "ssh") {
  const { cluster, node } = target;
  return target.kind === "node" ? { cluster: cluster.name, node, way } : { ...guestHead(target.guest, node), way };
}

/** What is done in a machine, as the gate knows it. */
export function pathOf(target: HostTarget, what: "shell" | "terminal" | "file/read" | "file/write") {
  const { node } = target;
  if (target.kind === "guest") {
    const { vmid } = target.guest.guest;
    return { operation: `RUN /guests/{guest}/${what}` as const, params: { guest: guestNameOf(target), vmid, node } };
  }
  return target.kind === "node"
    ? { operation: `RUN /nodes/{node}/${what}` as const, params: { node } }
    : { operation: `RUN /nodes/{node}/lxc/{vmid}/${what}` as const, params: { node, vmid: target.guest.guest.vmid } };
}
