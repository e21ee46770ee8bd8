import { getNodesQemuAgentNetworkGetInterfaces } from "../../../generated/clients/nodes-qemu.ts";
import { ProxmoxMcpError } from "../../errors/index.ts";
import type { Incomplete } from "../arguments.ts";
import type { ToolCluster } from "../context.ts";
import { reasonOf } from "../gather.ts";
import type { AgentCall, AgentFact, VmFacts } from "./facts.ts";
import { agentIsOn } from "./vm-config.ts";

type Row = Readonly<Record<string, unknown>>;
type Missing = NonNullable<Incomplete>;
type At = { node: string; vmid: number };

/** Texts of an agent that does not answer, of which each wait keeps a worker busy for 3 s (pve-facts 71). */
const SILENT = /QEMU guest agent is not running|got timeout|guest-ping/i;
const REFUSED = /has been disabled|CommandNotFound|has not been found/i;

/** One call, and what it came to; undefined when it tells nothing of the agent, as for want of a privilege. */
export async function ask(
  command: string,
  calls: AgentCall[],
  missing: Missing,
  work: Promise<{ data: unknown }>,
): Promise<Row | undefined> {
  try {
    const { data } = await work;
    calls.push({ command, outcome: "ok" });
    const result = (data as Row | null)?.result;
    return (typeof result === "object" && result !== null ? { result } : {}) as Row;
  } catch (error) {
    const text = error instanceof ProxmoxMcpError ? error.message : undefined;
    if (text === undefined || (error as ProxmoxMcpError).code === "permission-denied") {
      missing.push({ part: `agent ${command}`, reason: reasonOf(error) });
      return undefined;
    }
    const outcome = REFUSED.test(text) ? "refused" : SILENT.test(text) ? "silent" : "failed";
    calls.push({ command, outcome, says: text });
    return undefined;
  }
}

/** Whether the agent can be asked at all: QEMU has its device, and runs. */
export function canBeAsked({ config, run }: VmFacts): boolean {
  return config !== undefined && agentIsOn(config) && run?.running === true && (run.qmp ?? "running") === "running";
}

/** The guest's interfaces. */
export async function askInterfaces(
  cluster: ToolCluster,
  at: At,
  fact: AgentFact & { calls: AgentCall[] },
  missing: Missing,
): Promise<void> {
  const command = "network-get-interfaces";
  const answer = await ask(command, fact.calls, missing, getNodesQemuAgentNetworkGetInterfaces(cluster.send, at));
  if (Array.isArray(answer?.result)) fact.interfaces = answer.result as Row[];
}

/** One call that tells both whether the agent answers and which addresses the guest has. */
export async function askForAddresses(cluster: ToolCluster, at: At, facts: VmFacts, missing: Missing): Promise<void> {
  if (!canBeAsked(facts)) return;
  const fact: AgentFact & { calls: AgentCall[] } = { calls: [] };
  await askInterfaces(cluster, at, fact, missing);
  facts.agent = fact;
}
