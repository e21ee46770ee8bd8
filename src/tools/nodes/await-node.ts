import { setTimeout as sleep } from "node:timers/promises";
import { ProxmoxMcpError } from "../../errors/index.ts";
import type { ToolCluster, ToolContext } from "../context.ts";

/** Milliseconds between looks; the last one repeats. */
const STEPS_MS = [250, 500, 1000, 2000, 5000];

/** Refusals that mean that nobody was reached: what is to be expected of a node that goes down. */
const UNREACHED = new Set([
  "connection-lost",
  "connection-refused",
  "gateway-timeout",
  "node-unreachable",
  "request-timeout",
]);

export interface NodeSeen {
  /** As the cluster reports it, or that nobody answers. */
  status: string;
  reached: boolean;
}

/**
 * Looks at a node until it is off, on, or up again, or the time is over. A restart shows as a shorter uptime than
 * before, as a node may come back between two looks.
 */
export async function awaitNode(
  context: ToolContext,
  one: ToolCluster,
  node: string,
  wanted: "reboot" | "shutdown" | "wakeonlan",
  uptimeBefore: number | undefined,
  waitMs: number,
): Promise<NodeSeen> {
  const end = Date.now() + waitMs;
  let wasGone = false;
  for (let step = 0; ; step++) {
    let status: string;
    let uptime: number | undefined;
    try {
      const { nodes } = await one.cluster.resources.get(one.caller, { maxAgeMs: 0, signal: context.signal });
      const row = nodes.get(node);
      status = row?.status ?? "unknown";
      uptime = row?.uptime;
    } catch (error) {
      if (!(error instanceof ProxmoxMcpError) || !UNREACHED.has(error.code)) throw error;
      status = "unreachable";
    }
    if (status !== "online") wasGone = true;
    const restarted = wasGone || (uptime !== undefined && uptimeBefore !== undefined && uptime < uptimeBefore);
    const reached =
      wanted === "shutdown" ? status === "offline" : status === "online" && (wanted === "wakeonlan" || restarted);
    const left = end - Date.now();
    if (reached || left <= 0) return { status, reached };
    context.progress(`${node} is ${status}`);
    await sleep(Math.min(left, STEPS_MS[Math.min(step, STEPS_MS.length - 1)]!), undefined, { signal: context.signal });
  }
}
