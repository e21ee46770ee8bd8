import {
  getNodesQemuAgentInfo,
  getNodesQemuAgentNetworkGetInterfaces,
  postNodesQemuAgentPing,
} from "../../../generated/clients/nodes-qemu.ts";
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
async function ask(
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
function canBeAsked({ config, run }: VmFacts): boolean {
  return config !== undefined && agentIsOn(config) && run?.running === true && (run.qmp ?? "running") === "running";
}

async function interfaces(
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
export async function askAgentBriefly(cluster: ToolCluster, at: At, facts: VmFacts, missing: Missing): Promise<void> {
  if (!canBeAsked(facts)) return;
  const fact: AgentFact & { calls: AgentCall[] } = { calls: [] };
  await interfaces(cluster, at, fact, missing);
  facts.agent = fact;
}

/** A ping, a second one when the first is not answered, and then what the agent can do and which addresses there are. */
export async function askAgent(cluster: ToolCluster, at: At, facts: VmFacts, missing: Missing): Promise<void> {
  if (!canBeAsked(facts)) return;
  const fact: AgentFact & { calls: AgentCall[] } = { calls: [] };
  facts.agent = fact;
  const heard = () => fact.calls.some(({ outcome }) => outcome === "ok" || outcome === "refused");
  for (let tries = 0; tries < 2 && !heard(); tries += 1) {
    await ask("ping", fact.calls, missing, postNodesQemuAgentPing(cluster.send, at));
    if (fact.calls.length === 0) return;
  }
  if (!heard()) return;
  const info = await ask("info", fact.calls, missing, getNodesQemuAgentInfo(cluster.send, at));
  const result = info?.result as Row | undefined;
  if (typeof result?.version === "string") fact.version = result.version;
  if (Array.isArray(result?.supported_commands)) {
    const commands = result.supported_commands as readonly Row[];
    fact.known = commands.length;
    fact.disabled = commands.filter(({ enabled }) => !isTrue(enabled)).map(({ name }) => String(name));
  }
  await interfaces(cluster, at, fact, missing);
}

function isTrue(value: unknown): boolean {
  return value === true || value === 1 || value === "1";
}
