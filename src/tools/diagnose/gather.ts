import { getClusterHaStatusCurrent } from "../../../generated/clients/cluster-ha.ts";
import { getClusterStatus } from "../../../generated/clients/cluster-status.ts";
import { getNodesQemuPending, getNodesQemuStatusCurrent } from "../../../generated/clients/nodes-qemu.ts";
import type { Incomplete } from "../arguments.ts";
import type { ToolContext } from "../context.ts";
import { reasonOf, takeParts } from "../gather.ts";
import { atGuest, type FoundGuest, findGuest } from "../guests/resolve.ts";
import { askAgent, askAgentBriefly } from "./gather-agent.ts";
import { readHost } from "./gather-host.ts";
import { readStorages } from "./gather-storage.ts";
import { readActiveTasks, readTasks } from "./gather-tasks.ts";
import type { HaFact, RunFact, VmFacts } from "./facts.ts";
import { configOf, type VmConfig } from "./vm-config.ts";

type Row = Readonly<Record<string, unknown>>;
type Missing = NonNullable<Incomplete>;

export interface Gathered {
  facts: VmFacts;
  found: FoundGuest;
  missing: Missing;
}

interface Wanted {
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
async function begin(
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
  if (found.offline) {
    if (guest.hastate !== undefined) facts.ha = { state: guest.hastate, where: "GET /cluster/resources" };
    return { facts, found, missing, at };
  }
  const parts = await atGuest(context, found, async (place) => {
    at = place;
    const gaps: Missing = [];
    const taken = await takeParts(
      {
        "status/current": getNodesQemuStatusCurrent(cluster.send, place),
        pending: getNodesQemuPending(cluster.send, place),
      },
      gaps,
    );
    missing.push(...gaps);
    return taken;
  });
  facts.node = at.node;
  const status = parts["status/current"]?.data as Row | undefined;
  if (status) takeStatus(facts, status);
  else if (guest.status === "running" || guest.status === "stopped") {
    facts.run = { running: guest.status === "running", uptime: guest.uptime ?? 0, ...lockOf(guest) };
  }
  if (parts.pending) takeConfig(facts, (parts.pending.data ?? []) as unknown as readonly Row[]);
  facts.template ??= guest.template === true;
  return { facts, found, missing, at };
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

/** Everything that tells why a VM does not come up; a dozen requests or fewer, however many guests there are. */
export async function gatherForBoot(context: ToolContext, input: Wanted, tool: string): Promise<Gathered> {
  const { facts, found, missing, at } = await begin(context, input, tool, "boot");
  const { cluster } = found;
  const quorum = async () => {
    const { data } = await getClusterStatus(cluster.send);
    const head = data.find((row) => row.type === "cluster");
    if (head) facts.quorate = head.quorate === true;
  };
  if (!facts.nodeOnline) {
    await orMissing("cluster/status", missing, quorum());
    return { facts, found, missing };
  }
  const stopped = facts.run?.running !== true;
  const config: VmConfig = facts.nextConfig ?? {};
  await Promise.all([
    orMissing("cluster/status", missing, quorum()),
    orMissing("tasks", missing, readTasks(context, cluster, at, facts)),
    facts.run?.lock === undefined || facts.run.lock === "suspended"
      ? undefined
      : orMissing("active tasks", missing, readActiveTasks(context, cluster, at, facts)),
    facts.ha ? orMissing("ha", missing, readHa(found, facts)) : undefined,
    readStorages(context, cluster, at, config, facts, missing),
    readHost(cluster, at, config, facts, missing, { stopped }),
    stopped ? undefined : askAgentBriefly(cluster, at, facts, missing),
  ]);
  return { facts, found, missing };
}

/** What tells why a guest agent does not answer or does not do what is asked. */
export async function gatherForAgent(context: ToolContext, input: Wanted, tool: string): Promise<Gathered> {
  const { facts, found, missing, at } = await begin(context, input, tool, "agent");
  if (facts.run?.running) await askAgent(found.cluster, at, facts, missing);
  return { facts, found, missing };
}

/** What was asked of HA, and whether the node's own manager is in order. */
async function readHa({ cluster }: FoundGuest, facts: VmFacts): Promise<void> {
  const { data } = await getClusterHaStatusCurrent(cluster.send);
  const rows = (data ?? []) as unknown as readonly Row[];
  const service = rows.find((row) => row.id === `service:vm:${facts.vmid}`);
  const lrm = rows.find((row) => row.id === `lrm:${facts.node}`);
  const sick =
    typeof lrm?.status === "string" && /dead|old timestamp|maintenance/.test(lrm.status) ? lrm.status : undefined;
  if (!service) return;
  const seen: HaFact = {
    state: String(service.crm_state ?? service.state ?? facts.ha?.state),
    where: "GET /cluster/ha/status/current",
    ...(typeof service.request_state === "string" ? { request: service.request_state } : {}),
    ...(sick === undefined ? {} : { sick }),
  };
  if (service.request_state === "ignored") delete facts.ha;
  else facts.ha = seen;
}
