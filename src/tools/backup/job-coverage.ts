import type { GetClusterBackupResultItem } from "../../../generated/types/cluster-backup.ts";
import type { GuestResource, ResourceSnapshot } from "../../pve/cluster.ts";
import { isOn } from "../flag.ts";
import { isActiveOn, storagePlaces } from "../storage/places.ts";

export type BackupJob = GetClusterBackupResultItem;

/** VMIDs that a text names before it is cut. */
const NAMED = 20;

/** VMIDs of a job's list, however the release separates them. */
export function idsOf(list: unknown): number[] {
  return String(list ?? "")
    .split(/[,;\s]+/)
    .filter(Boolean)
    .map(Number);
}

/** Whether a job runs by itself; one that does not say is enabled. */
export function isEnabled(job: BackupJob): boolean {
  return job.enabled === undefined || isOn(job.enabled);
}

/** The guests that a job takes today, of those that this token can see. */
export function guestsOf(job: BackupJob, snapshot: ResourceSnapshot): GuestResource[] {
  const named = new Set(idsOf(job.vmid));
  const excluded = new Set(idsOf(job.exclude));
  const takes = (guest: GuestResource): boolean =>
    job.pool !== undefined ? guest.pool === job.pool : named.size > 0 ? named.has(guest.vmid) : isOn(job.all);
  return [...snapshot.guests.values()].filter(
    (guest) =>
      takes(guest) &&
      !excluded.has(guest.vmid) &&
      (job.node === undefined || job.node === "" || guest.node === job.node),
  );
}

/** What a job selects, in words. */
export function selectionOf(job: BackupJob): string {
  const list = (ids: number[]) =>
    ids.length > NAMED ? `${ids.slice(0, NAMED).join(",")} and ${ids.length - NAMED} more` : ids.join(",");
  const named = idsOf(job.vmid);
  const excluded = idsOf(job.exclude);
  const base =
    job.pool !== undefined ? `pool ${job.pool}` : named.length > 0 ? list(named) : isOn(job.all) ? "all" : "none";
  return `${base}${excluded.length > 0 ? ` except ${list(excluded)}` : ""}${job.node ? ` on ${job.node}` : ""}`;
}

/** How long a job's backups are kept: by its own rule, or else by its storage's. */
export function retentionOf(
  job: BackupJob,
  definitions: ReadonlyMap<string, Readonly<Record<string, unknown>>> | undefined,
): string | undefined {
  if (job.remove !== undefined && !isOn(job.remove)) return "never pruned";
  const own = ruleOf(job["prune-backups"]);
  if (own !== undefined) return own;
  const storage = job.storage === undefined ? undefined : definitions?.get(job.storage);
  if (storage === undefined) return undefined;
  const rule = ruleOf(storage["prune-backups"]);
  return rule === undefined ? "the node's default" : `${rule} (storage's)`;
}

/** A list decodes the rule as an object, a storage's definition keeps it as text. */
function ruleOf(rule: unknown): string | undefined {
  if (typeof rule === "string") return rule || undefined;
  if (typeof rule !== "object" || rule === null) return undefined;
  const parts = Object.entries(rule).map(([key, value]) => `${key}=${value === true ? 1 : value}`);
  return parts.length === 0 ? undefined : parts.join(",");
}

/** What keeps a job from doing what it seems to do. */
export function problemsOf(job: BackupJob, snapshot: ResourceSnapshot): string[] {
  const problems = isEnabled(job) ? [] : ["disabled: it never runs"];
  const guests = guestsOf(job, snapshot);
  const gone = job.pool === undefined ? idsOf(job.vmid).filter((id) => !snapshot.guests.has(id)) : [];
  if (gone.length > 0) problems.push(`no guest ${gone.slice(0, NAMED).join(",")}`);
  if (guests.length === 0) problems.push("takes no guest");
  const place = job.storage === undefined ? undefined : storagePlaces(snapshot).get(job.storage);
  if (job.storage !== undefined && place === undefined && snapshot.storages.length > 0) {
    problems.push(`storage ${job.storage} is gone, disabled or not visible`);
  }
  if (place !== undefined && !place.content.includes("backup"))
    problems.push(`storage ${job.storage} takes no backups`);
  if (place !== undefined) {
    const nodes = [...new Set(guests.map(({ node }) => node))].filter((node) => !isActiveOn(place, node)).sort();
    if (nodes.length > 0) problems.push(`storage ${job.storage} is not active on ${nodes.join(", ")}`);
  }
  return problems;
}
