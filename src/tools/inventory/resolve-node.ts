import { ProxmoxMcpError } from "../../errors/index.ts";
import type { ResourceSnapshot } from "../../pve/cluster.ts";
import { nearest } from "../../schema/nearest.ts";
import type { Incomplete } from "../arguments.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import { ArgumentError } from "../errors.ts";

/** No node of that name is visible. */
export class UnknownNodeError extends ProxmoxMcpError {
  constructor(given: string, cluster: string, known: readonly string[]) {
    const [near] = nearest(given, known);
    super({
      code: "unknown-node",
      message: `No node ${JSON.stringify(given)} is visible to this token on cluster ${cluster}.`,
      next: near ? `Did you mean ${JSON.stringify(near)}?` : `Known nodes: ${known.join(", ") || "none"}.`,
      data: { node: given, known },
    });
  }
}

/** The node is known, and not online: a call to it would hang for half a minute (pve-facts 105). */
export class NodeOfflineError extends ProxmoxMcpError {
  constructor(node: string, cluster: string, status: string) {
    super({
      code: "node-offline",
      message: `Node ${node} of cluster ${cluster} is ${status}. Nothing was sent to it.`,
      next: "Check its power and network; proxmox_cluster_status shows when it is back.",
      data: { node, status },
    });
  }
}

/**
 * What a list does not cover because a node is offline: its rows show the last known state at best (pve-facts 106).
 * Refuses a node to filter by that no cluster has, unless some cluster did not answer.
 */
export function nodeGaps(
  answers: readonly { cluster: ToolCluster; answer: ResourceSnapshot }[],
  wanted: string | undefined,
  allAnswered: boolean,
): NonNullable<Incomplete> {
  const known = answers.flatMap(({ answer }) => [...answer.nodes.keys()]);
  if (wanted !== undefined && allAnswered && known.length > 0 && !known.includes(wanted)) {
    throw new UnknownNodeError(wanted, answers.map(({ cluster }) => cluster.name).join(", "), known);
  }
  return answers.flatMap(({ cluster, answer }) =>
    [...answer.nodes.values()]
      .filter((row) => row.status === "offline" && (wanted === undefined || row.node === wanted))
      .map((row) => ({
        cluster: cluster.name,
        node: String(row.node),
        reason: "offline: of what is on it, little more than the id is known",
      })),
  );
}

/** The node to use: the one named, the configured default, or the only one there is. */
export async function resolveNode(
  context: ToolContext,
  input: { cluster?: string; node?: string },
): Promise<{ cluster: ToolCluster; node: string }> {
  const cluster = context.cluster(input.cluster);
  const { nodes } = await cluster.cluster.resources.get(cluster.caller, { signal: context.signal });
  const names = [...nodes.keys()];
  const wanted = input.node ?? cluster.cluster.config.defaults.node ?? (names.length === 1 ? names[0] : undefined);
  if (wanted === undefined) {
    throw new ArgumentError("node", "is missing, and there are several", `Set node to one of: ${names.join(", ")}.`);
  }
  const row = nodes.get(wanted);
  if (!row) throw new UnknownNodeError(wanted, cluster.name, names);
  if (row.status === "offline") throw new NodeOfflineError(wanted, cluster.name, row.status);
  return { cluster, node: wanted };
}
