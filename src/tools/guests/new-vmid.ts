import { randomInt } from "node:crypto";
import * as z from "zod";
import { getClusterNextid } from "../../../generated/clients/cluster-nextid.ts";
import { getClusterOptions } from "../../../generated/clients/cluster-options.ts";
import { ProxmoxMcpError } from "../../errors/index.ts";
import type { Send } from "../../schema/operation.ts";
import type { Listed } from "../arguments.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import { ArgumentError } from "../errors.ts";

/** The VMID of a guest that is to be made. */
export const newVmid = z
  .union([z.int().min(100).max(999_999_999), z.string().regex(/^[1-9][0-9]{2,8}$/)])
  .optional()
  .meta({ listed: { type: ["integer", "string"] } } satisfies Listed);

/** VMIDs that calls of this process are about to use, by cluster: the host reserves none (pve-facts 59). */
const leased = new Map<string, Set<number>>();

/** How often a VMID that somebody else took first is replaced. */
const MOST_TRIES = 5;
/** How far above the lowest free VMID another one is looked for. */
const SPREAD = 100;

/** How the host refuses a VMID that is taken, at once or in the task; a volume that is there already is something else. */
const TAKEN =
  /\b(?:VM|CT) \d+ already exists on node\b|\bconfig file already exists\b|^unable to open file '\/etc\/pve\/\S+\.conf' - File exists/;

/** Whether the text says that the VMID was taken, before anything was made. */
export function saysTaken(text: string | undefined): boolean {
  return text !== undefined && TAKEN.test(text);
}

/**
 * Makes a guest under the VMID that was given, or under a free one: leased within this process, kept by the plan, and
 * replaced by another one only when the host says that somebody else took it first (pve-facts 59).
 */
export async function withNewVmid<T>(
  context: ToolContext,
  one: ToolCluster,
  given: number | string | undefined,
  make: (vmid: number) => Promise<T>,
  /** How a task ended, in the host's words. */
  exitstatusOf: (result: T) => string | undefined,
  /** The caller's name for it. */
  argument = "vmid",
): Promise<T> {
  if (given !== undefined) {
    await requireFree(context, one, Number(given), argument);
    return make(Number(given));
  }
  const leases = leased.get(one.name) ?? new Set<number>();
  leased.set(one.name, leases);
  for (let attempt = 1; ; attempt++) {
    const vmid = await context.pin(attempt === 1 ? "vmid" : `vmid${attempt}`, () =>
      freeVmid(one.send, leases, attempt > 1),
    );
    leases.add(vmid);
    try {
      const result = await make(vmid);
      if (!saysTaken(exitstatusOf(result)) || isLast(one, attempt)) return result;
    } catch (error) {
      const taken = error instanceof ProxmoxMcpError && error.code === "already-exists" && saysTaken(error.message);
      if (!taken || isLast(one, attempt)) throw error;
    } finally {
      leases.delete(vmid);
    }
  }
}

/** What a person has confirmed is done under the VMID that the plan names, or not at all. */
function isLast(one: ToolCluster, attempt: number): boolean {
  return attempt === MOST_TRIES || one.caller.grant !== undefined;
}

async function requireFree(context: ToolContext, one: ToolCluster, vmid: number, argument: string): Promise<void> {
  const look = async (options: { maxAgeMs?: number } = {}) =>
    (await one.cluster.resources.get(one.caller, { signal: context.signal, ...options })).guests.get(vmid);
  // What the cached index has may be gone by now.
  const there = (await look()) && (await look({ maxAgeMs: 0 }));
  if (!there) return;
  const what = `${there.type === "qemu" ? "VM" : "container"} ${vmid}${there.name ? ` (${there.name})` : ""}`;
  throw new ArgumentError(
    argument,
    `is taken: ${what} is on ${there.node}`,
    `Leave ${argument} out to get a free one.`,
  );
}

/** Leases the lowest free VMID, or one above it where that is leased, or was taken a moment ago. */
async function freeVmid(send: Send, leases: Set<number>, contended: boolean): Promise<number> {
  // Nothing may come between the look and the lease.
  const lease = (vmid: number): boolean => !leases.has(vmid) && leases.add(vmid).has(vmid);
  const lowest = Number((await getClusterNextid(send)).data);
  if (!contended && lease(lowest)) return lowest;
  const upper = await upperBound(send);
  for (let step = 1; step <= SPREAD; step++) {
    const candidate = lowest + (contended ? randomInt(1, SPREAD) : step);
    if (candidate >= upper || !lease(candidate)) continue;
    let isTaken = true;
    try {
      isTaken = !(await isFree(send, candidate));
    } finally {
      if (isTaken) leases.delete(candidate);
    }
    if (!isTaken) return candidate;
  }
  throw new ArgumentError("vmid", "is missing, and no free one was found", "Give a VMID that is free.");
}

async function isFree(send: Send, vmid: number): Promise<boolean> {
  try {
    await getClusterNextid(send, { vmid });
    return true;
  } catch (error) {
    if (!(error instanceof ProxmoxMcpError)) throw error;
    if (error.code === "already-exists" || error.code === "invalid-parameters") return false;
    throw error;
  }
}

/** The end of the range that the datacenter is set to; VMIDs are below it. */
async function upperBound(send: Send): Promise<number> {
  try {
    const range = ((await getClusterOptions(send)).data as Record<string, unknown>)["next-id"];
    const upper = typeof range === "object" && range !== null ? (range as { upper?: unknown }).upper : undefined;
    const text = typeof range === "string" ? /upper=(\d+)/.exec(range)?.[1] : upper;
    return text === undefined ? 1_000_000 : Number(text);
  } catch (error) {
    if (error instanceof ProxmoxMcpError) return 1_000_000;
    throw error;
  }
}
