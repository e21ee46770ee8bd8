import { UnknownJobError } from "../../jobs/index.ts";
import type { GuestResource } from "../../pve/cluster.ts";
import { findByNumber, guest, guestFacts, guestOfCluster } from "../resources/guest.ts";
import { jobLogs } from "../resources/job-logs.ts";
import { matchUri } from "../resources/kind.ts";
import type { CallContext } from "../services.ts";

/** What a subscription is about: a guest's state, or a job and its log. */
export type Target = { cluster: string; guest: number; state: string } | { cluster: string; upid: string };

/** The object of an address that can be subscribed to; undefined when there is no such object for this caller. */
export async function targetOf(context: CallContext, uri: string): Promise<Target | undefined> {
  const job = matchUri(jobLogs.template, uri);
  if (job) {
    try {
      return context.jobs.parse(job.jobId!, context.principal);
    } catch (error) {
      if (error instanceof UnknownJobError) return undefined;
      throw error;
    }
  }
  const place = matchUri(guest.template, uri) ?? matchUri(guestOfCluster.template, uri);
  const found = place && (await findByNumber(context, place.vmid!, place.cluster));
  return (
    found && { cluster: found.cluster.name, guest: found.guest.vmid, state: stateOf(found.cluster.name, found.guest) }
  );
}

function stateOf(cluster: string, guest: GuestResource | undefined): string {
  return guest ? JSON.stringify(guestFacts(cluster, guest)) : "";
}

/** How the watched guests stand: a text for each that changes when a subscriber is to be told; empty for one that is gone. */
export async function guestStates(
  context: CallContext,
  cluster: string,
  vmids: readonly number[],
  maxAgeMs: number,
): Promise<Map<number, string>> {
  const one = context.cluster(cluster);
  const { guests } = await one.cluster.resources.get(one.caller, { maxAgeMs, signal: context.signal });
  return new Map(vmids.map((vmid) => [vmid, stateOf(cluster, guests.get(vmid))]));
}

/** How a job stands: `length` lines of log, and whether nothing more can come. */
export interface JobState {
  length: number;
  ended: boolean;
}

/** How the watched jobs stand: by one look at the cluster's list, and one at the log of each that still runs. */
export async function jobStates(
  context: CallContext,
  cluster: string,
  upids: readonly string[],
  known: ReadonlyMap<string, JobState>,
): Promise<Map<string, JobState>> {
  const one = context.cluster(cluster);
  const { data } = await one.send<Record<string, unknown>[]>("GET /cluster/tasks");
  const listed = new Map(data.map((task) => [String(task.upid), task]));
  const { tasks } = one.cluster;
  const { signal } = context;
  return new Map(
    await Promise.all(
      upids.map(async (upid): Promise<[string, JobState]> => {
        const before = known.get(upid)?.length ?? 0;
        const task = listed.get(upid);
        const ended = task
          ? Boolean(task.endtime)
          : (await tasks.status(one.caller, upid, { signal })).state !== "running";
        if (ended) return [upid, { length: before, ended }];
        const { total } = await tasks.log(one.caller, upid, { start: before, limit: 1, signal });
        return [upid, { length: Math.max(total, before), ended }];
      }),
    ),
  );
}
