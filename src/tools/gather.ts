import { ProxmoxMcpError } from "../errors/index.ts";
import type { Incomplete } from "./arguments.ts";
import type { ToolCluster, ToolContext } from "./context.ts";

/** Why something is missing from an answer, in a few words. */
export function reasonOf(error: unknown): string {
  if (error instanceof ProxmoxMcpError) return `${error.code}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}

/**
 * Asks every cluster, or the one named. One cluster's failure leaves a note in `missing` when others answer; when none
 * does, the first failure is the call's.
 */
export async function askClusters<T>(
  context: ToolContext,
  name: string | undefined,
  ask: (cluster: ToolCluster) => Promise<T>,
): Promise<{ answers: { cluster: ToolCluster; answer: T }[]; missing: NonNullable<Incomplete> }> {
  const asked = name === undefined ? context.clusters : [context.cluster(name)];
  const settled = await Promise.allSettled(asked.map(ask));
  const answers: { cluster: ToolCluster; answer: T }[] = [];
  const missing: NonNullable<Incomplete> = [];
  settled.forEach((one, index) => {
    if (one.status === "fulfilled") answers.push({ cluster: asked[index]!, answer: one.value });
    else missing.push({ cluster: asked[index]!.name, reason: reasonOf(one.reason) });
  });
  if (answers.length === 0) throw (settled[0] as PromiseRejectedResult).reason;
  return { answers, missing };
}

/** Takes what can be had of several parts; the failed ones are named in `missing`. Rejects when every part fails. */
export async function takeParts<P extends Record<string, Promise<unknown>>>(
  parts: P,
  missing: NonNullable<Incomplete>,
): Promise<{ [K in keyof P]: Awaited<P[K]> | undefined }> {
  const names = Object.keys(parts);
  const settled = await Promise.allSettled(Object.values(parts));
  const rejected = settled.filter((one) => one.status === "rejected");
  if (rejected.length === settled.length && rejected[0]) throw rejected[0].reason;
  const taken: Record<string, unknown> = {};
  settled.forEach((one, index) => {
    if (one.status === "fulfilled") taken[names[index]!] = one.value;
    else missing.push({ part: names[index]!, reason: reasonOf(one.reason) });
  });
  return taken as { [K in keyof P]: Awaited<P[K]> | undefined };
}

/** The `cluster` column, where an answer may hold rows of several clusters. */
export function clusterColumn(context: ToolContext, named: string | undefined): readonly string[] {
  return named === undefined && context.clusters.length > 1 ? ["cluster"] : [];
}
