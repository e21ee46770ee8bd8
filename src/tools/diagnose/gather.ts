import { getNodesQemuPending, getNodesQemuStatusCurrent } from "../../../generated/clients/nodes-qemu.ts";
import { NodeUnreachableError, NotFoundError } from "../../pve/errors.ts";
import type { Send } from "../../schema/operation.ts";
import type { Incomplete } from "../arguments.ts";
import type { ToolContext } from "../context.ts";
import { reasonOf, takeParts } from "../gather.ts";
import { atGuest, type FoundGuest, findGuest } from "../guests/resolve.ts";
import type { RunFact, VmFacts } from "./facts.ts";
import { configOf } from "./vm-config.ts";

type Row = Readonly<Record<string, unknown>>;
type Missing = NonNullable<Incomplete>;

export interface Gathered {
  facts: VmFacts;
  found: FoundGuest;
  missing: Missing;
}

/** The VM that is asked about. */
export interface Wanted {
  cluster?: string;
  vmid: number | string;
}

/** Leaves a note instead of a part that could not be had. */
export async function orMissing<T>(part: string, missing: Missing, work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    missing.push({ part, reason: reasonOf(error) });
    return undefined;
  }
}

/** The VM by its place in a fresh index: what changed a second ago is what is asked about. */
async function find(context: ToolContext, input: Wanted, tool: string): Promise<FoundGuest> {
  const asked = input.cluster === undefined ? context.clusters : [context.cluster(input.cluster)];
  await Promise.allSettled(
    asked.map((one) => one.cluster.resources.get(one.caller, { maxAgeMs: 0, signal: context.signal })),
  );
  return findGuest(context, input, "qemu", tool, { evenOffline: true });
}

/** What both diagnoses begin with: the index's row, the process, the configuration with what is pending. */
export async function begin(
  context: ToolContext,
  input: Wanted,
  tool: string,
  question: VmFacts["question"],
): Promise<Gathered & { at: { node: string; vmid: number } }> {
  const found = await find(context, input, tool);
  const { cluster, guest } = found;
  const missing: Missing = [];
  const facts: VmFacts = {
    question,
    ...(context.clusters.length > 1 ? { cluster: cluster.name } : {}),
    vmid: guest.vmid,
    ...(guest.name === undefined ? {} : { name: guest.name }),
    node: guest.node,
    nodeOnline: found.offline !== true,
  };
  let at = { node: guest.node, vmid: guest.vmid };
  const offline = () => {
    facts.nodeOnline = false;
    if (guest.hastate !== undefined) facts.ha = { state: guest.hastate, where: "GET /cluster/resources, hastate" };
    return { facts, found, missing, at };
  };
  if (found.offline) return offline();
  let parts: Awaited<ReturnType<typeof readVm>>;
  try {
    parts = await atGuest(context, found, (place) => {
      at = place;
      return readVm(cluster.send, place, missing);
    });
  } catch (error) {
    // The index goes on calling a node online for a while after it has died (pve-facts 105, 106).
    if (!(error instanceof NodeUnreachableError)) throw error;
    facts.unreachable = error.message;
    return offline();
  }
  facts.node = at.node;
  const status = parts["status/current"]?.data as Row | undefined;
  if (status) takeStatus(facts, status);
  else if (guest.status === "running" || guest.status === "stopped") {
    facts.run = { running: guest.status === "running", uptime: guest.uptime ?? 0, ...lockOf(guest) };
  }
  const rows = parts.pending?.data as unknown as readonly Row[] | null | undefined;
  if (rows?.length) takeConfig(facts, rows);
  else if (parts.pending) missing.push({ part: "pending", reason: "the answer is empty" });
  facts.template ??= guest.template === true;
  return { facts, found, missing, at };
}

/** The process and the configuration; a VM that moves between the two readings is asked for anew. */
async function readVm(send: Send, at: { node: string; vmid: number }, missing: Missing) {
  const reading = { "status/current": getNodesQemuStatusCurrent(send, at), pending: getNodesQemuPending(send, at) };
  const gaps: Missing = [];
  const taken = await takeParts(reading, gaps);
  for (const part of Object.values(reading)) {
    await part.catch((error: unknown) => {
      if (error instanceof NotFoundError) throw error;
    });
  }
  missing.push(...gaps);
  return taken;
}

function lockOf(row: { lock?: unknown }): Pick<RunFact, "lock"> {
  return typeof row.lock === "string" ? { lock: row.lock } : {};
}

function takeStatus(facts: VmFacts, status: Row): void {
  facts.run = {
    running: status.status === "running",
    uptime: Number(status.uptime ?? 0),
    ...(typeof status.qmpstatus === "string" ? { qmp: status.qmpstatus } : {}),
    ...lockOf(status),
  };
  if (typeof status.name === "string") facts.name = status.name;
  const ha = status.ha as Row | undefined;
  if (ha && (ha.managed === 1 || ha.managed === true || ha.managed === "1")) {
    facts.ha = { state: String(ha.state ?? "unknown"), where: "status/current, ha" };
  }
}

/** Takes the configuration over, and what follows from it. */
function takeConfig(facts: VmFacts, rows: readonly Row[]): void {
  Object.assign(facts, configOf(rows));
  const { config = {} } = facts;
  facts.template = Number(config.template ?? 0) === 1;
  // The lock of a VM that is being made stands in its configuration before its status tells it.
  if (facts.run && facts.run.lock === undefined) Object.assign(facts.run, lockOf(config));
}
