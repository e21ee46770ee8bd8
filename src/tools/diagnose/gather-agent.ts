import { getNodesQemuAgentInfo, postNodesQemuAgentPing } from "../../../generated/clients/nodes-qemu.ts";
import type { Incomplete } from "../arguments.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import { isOn } from "../flag.ts";
import { ask, askInterfaces, canBeAsked } from "./agent-call.ts";
import type { AgentCall, AgentFact, VmFacts } from "./facts.ts";
import { begin, type Gathered, type Wanted } from "./gather.ts";

type Row = Readonly<Record<string, unknown>>;
type Missing = NonNullable<Incomplete>;
type At = { node: string; vmid: number };

/** What tells why a guest agent does not answer or does not do what is asked. */
export async function gatherForAgent(context: ToolContext, input: Wanted, tool: string): Promise<Gathered> {
  const { facts, found, missing, at } = await begin(context, input, tool, "agent");
  if (facts.run?.running) await askAgent(found.cluster, at, facts, missing);
  return { facts, found, missing };
}

/** A ping, a second one when the first is not answered, and then what the agent can do and which addresses there are. */
async function askAgent(cluster: ToolCluster, at: At, facts: VmFacts, missing: Missing): Promise<void> {
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
    fact.disabled = commands.filter(({ enabled }) => !isOn(enabled)).map(({ name }) => String(name));
  }
  await askInterfaces(cluster, at, fact, missing);
}
