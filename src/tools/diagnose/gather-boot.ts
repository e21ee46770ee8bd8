import { getClusterHaStatusCurrent } from "../../../generated/clients/cluster-ha.ts";
import { getClusterStatus } from "../../../generated/clients/cluster-status.ts";
import type { ToolContext } from "../context.ts";
import type { FoundGuest } from "../guests/resolve.ts";
import { askForAddresses } from "./agent-call.ts";
import type { HaFact, VmFacts } from "./facts.ts";
import { begin, type Gathered, orMissing, type Wanted } from "./gather.ts";
import { readHost } from "./gather-host.ts";
import { readStorages } from "./gather-storage.ts";
import { readActiveTasks, readTasks } from "./gather-tasks.ts";
import type { VmConfig } from "./vm-config.ts";

type Row = Readonly<Record<string, unknown>>;

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
    stopped ? undefined : askForAddresses(cluster, at, facts, missing),
  ]);
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
    where: `GET /cluster/ha/status/current, vm:${facts.vmid}`,
    ...(typeof service.request_state === "string" ? { request: service.request_state } : {}),
    ...(sick === undefined ? {} : { sick }),
  };
  if (service.request_state === "ignored") delete facts.ha;
  else facts.ha = seen;
}
