import type { Incomplete } from "./arguments.ts";
import type { ToolCluster, ToolContext } from "./context.ts";
import { reasonOf } from "./gather.ts";
import { resolveNode } from "./inventory/resolve-node.ts";

/**
 * Asks the named node, or every node that is not offline: a call to a dead one hangs for half a minute (pve-facts 105).
 * What a node does not answer is named in `missing`; when none answers, the first failure is the call's.
 */
export async function askNodes<T>(
  context: ToolContext,
  cluster: ToolCluster,
  named: string | undefined,
  ask: (node: string) => Promise<T>,
): Promise<{ answers: { node: string; answer: T }[]; missing: NonNullable<Incomplete> }> {
  if (named !== undefined) {
    const { node } = await resolveNode(context, { cluster: cluster.name, node: named });
    return { answers: [{ node, answer: await ask(node) }], missing: [] };
  }
  const { nodes } = await cluster.cluster.resources.get(cluster.caller, { signal: context.signal });
  const missing: NonNullable<Incomplete> = [];
  const asked: string[] = [];
  for (const [node, row] of nodes) {
    if (row.status === "offline") missing.push({ node, reason: "offline" });
    else asked.push(node);
  }
  const settled = await Promise.allSettled(asked.map(ask));
  const answers: { node: string; answer: T }[] = [];
  settled.forEach((one, index) => {
    const node = asked[index]!;
    if (one.status === "fulfilled") answers.push({ node, answer: one.value });
    else missing.push({ node, reason: reasonOf(one.reason) });
  });
  const [first] = settled;
  if (answers.length === 0 && first?.status === "rejected") throw first.reason;
  return { answers, missing };
}
