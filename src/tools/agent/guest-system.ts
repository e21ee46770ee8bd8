import { getNodesQemuAgentGetOsinfo, getNodesQemuConfig } from "../../../generated/clients/nodes-qemu.ts";
import { ProxmoxMcpError } from "../../errors/index.ts";
import { AgentUnavailableError } from "../../pve/agent-failure.ts";
import type { Send } from "../../schema/operation.ts";
import { type Row, resultOf } from "./report.ts";

/** What kind of commands a guest knows. */
export type GuestSystem = "unix" | "windows";

/** Asks the agent which system runs in the guest; one that does not tell counts as what the configuration says. */
export async function guestSystem(send: Send, at: { node: string; vmid: number }): Promise<GuestSystem> {
  try {
    const { id } = resultOf(await getNodesQemuAgentGetOsinfo(send, at)) as Row;
    if (typeof id === "string") return id === "mswindows" ? "windows" : "unix";
  } catch (error) {
    // Without an agent, or with the guest elsewhere, nothing further can come of it.
    if (!(error instanceof ProxmoxMcpError) || error instanceof AgentUnavailableError || error.code === "not-found")
      throw error;
  }
  const { data } = await getNodesQemuConfig(send, at);
  return /^w/.test(String((data as Row).ostype ?? "")) ? "windows" : "unix";
}
