import { setTimeout as sleep } from "node:timers/promises";
import { ProxmoxMcpError } from "../../errors/index.ts";
import type { ToolCluster, ToolContext } from "../context.ts";

/** Milliseconds between looks; the last one repeats. */
const STEPS_MS = [250, 500, 1000, 2000, 5000];

export interface NodeSeen {
  /** As the cluster reports it, or that nobody answers. */
  status: string;
  reached: boolean;
}

/**
 * Looks at a node until it is off, on, or up again, or the time is over. A restart shows as an uptime that is shorter
 * than before, or began after this did: a node may come back between two looks, and an answer may fail without it.
 */
export async function awaitNode(
  context: ToolContext,
  one: ToolCluster,
  node: string,
  wanted: "reboot" | "shutdown" | "wakeonlan",
  uptimeBefore: number | undefined,
  waitMs: number,
): Promise<NodeSeen> {
  const began = Date.now();
  const end = began + waitMs;
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
      // The request was taken: whatever a node says on its way down or up, also that it knows no token, is not its end.
      if (!(error instanceof ProxmoxMcpError) || context.signal.aborted) throw error;
      status = "unreachable";
    }
    if (status !== "online") wasGone = true;
    const restarted =
      uptime === undefined || uptimeBefore === undefined
        ? wasGone
        : uptime < uptimeBefore || uptime * 1000 <= Date.now() - began;
    const reached =
      wanted === "shutdown" ? status === "offline" : status === "online" && (wanted === "wakeonlan" || restarted);
    const left = context.ending.aborted ? 0 : end - Date.now();
    if (reached || left <= 0) return { status, reached };
    context.progress(`${node} is ${status}`);
    await sleep(Math.min(left, STEPS_MS[Math.min(step, STEPS_MS.length - 1)]!), undefined, { signal: context.signal });
  }
}
