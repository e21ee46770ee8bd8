import { getAccessPermissions } from "../../../generated/clients/access-permissions.ts";
import { getNodesQemuAgentInfo } from "../../../generated/clients/nodes-qemu.ts";
import { ProxmoxMcpError } from "../../errors/index.ts";
import { AgentUnavailableError } from "../../pve/agent-failure.ts";
import type { Send } from "../../schema/operation.ts";
import { guestSystem } from "./guest-system.ts";
import { type Row, resultOf, rowsOf } from "./report.ts";

/** How a file gets into a guest: by a command inside, all at once, or by the agent, in place. */
export interface WriteWay {
  by: "command" | "agent";
  /** Why no command can do it. */
  because?: string;
  windows?: true;
}

/** By a command wherever the guest, its agent and the token let one run: only that is all or nothing. */
export async function chooseWay(send: Send, at: { node: string; vmid: number }): Promise<WriteWay> {
  const [system, refusal, missing] = await Promise.all([
    guestSystem(send, at),
    disabledCommand(send, at),
    missingPrivilege(send, at.vmid),
  ]);
  if (system === "windows") return { by: "agent", because: "a Windows guest has no POSIX shell", windows: true };
  const because = refusal ?? missing;
  return because === undefined ? { by: "command" } : { by: "agent", because };
}

const NEEDED = ["guest-exec", "guest-exec-status"];

async function disabledCommand(send: Send, at: { node: string; vmid: number }): Promise<string | undefined> {
  let commands: readonly Row[];
  try {
    commands = rowsOf((resultOf(await getNodesQemuAgentInfo(send, at)) as Row).supported_commands);
  } catch (error) {
    if (!(error instanceof ProxmoxMcpError) || error instanceof AgentUnavailableError || error.code === "not-found")
      throw error;
    return undefined;
  }
  const lacking = NEEDED.find((name) => commands.some((one) => one.name === name && isOff(one.enabled)));
  return lacking === undefined ? undefined : `its agent has ${lacking} disabled`;
}

function isOff(value: unknown): boolean {
  return value === false || value === 0 || value === "0";
}

/** Privileges that let a command run: since 9.0, and until 8.4 (pve-facts 76). */
const RUNS = ["VM.GuestAgent.Unrestricted", "VM.Monitor"];

async function missingPrivilege(send: Send, vmid: number): Promise<string | undefined> {
  const path = `/vms/${vmid}`;
  // Without an answer the host itself will say what is missing.
  const answer = await getAccessPermissions(send, { path }).catch(() => undefined);
  const rights = (answer?.data ?? {}) as Readonly<Record<string, object | undefined>>;
  const held = Object.keys(rights[path] ?? {});
  if (held.length === 0 || RUNS.some((privilege) => held.includes(privilege))) return undefined;
  return `the token lacks ${RUNS[0]} (until 8.4: ${RUNS[1]}) on ${path}`;
}
