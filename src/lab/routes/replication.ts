import { calendarOf } from "../calendar.ts";
import { die, parameterRefusal } from "../refusal.ts";
import { deleteOptions, options, type Section, splitList, storable } from "../state/section-config.ts";
import type { LabGuest } from "../state/types.ts";
import { type Call, flag, int, may, type Route, text } from "./route.ts";

const PATH = "/cluster/replication";
const NODE = "/nodes/{node}/replication";
const LOG_LIMIT = 50;

const OPTIONS = options("", "comment rate schedule disable source remove_job", "target");

function jobsOf(call: Call) {
  return call.state.datacenter.replication.jobs;
}

function theJob(call: Call): Section {
  const id = text(call, "id") ?? "";
  const job = jobsOf(call).get(id);
  if (!job) throw die(`no such replication job '${id}'`);
  return job;
}

function visible(call: Call, job: Section): boolean {
  return may(call, `/vms/${job.guest}`, "VM.Audit");
}

function list(call: Call): Section[] {
  const jobs = jobsOf(call);
  return jobs.ids.map((id): Section => ({ ...jobs.get(id), id })).filter((job) => visible(call, job));
}

/** Volumes that a storage can send as snapshots: ZFS, and not left out by the guest. */
function replicates(call: Call, guest: LabGuest): boolean {
  return Object.entries(guest.config).some(([key, value]) => {
    if (!/^(?:(?:ide|sata|scsi|virtio|mp|unused)\d+|efidisk0|tpmstate0|rootfs)$/.test(key)) return false;
    if (/,replicate=(?:0|no|off|false)/.test(String(value)) || /media=cdrom/.test(String(value))) return false;
    return call.state.storages.get(String(value).split(":")[0] ?? "")?.type === "zfspool";
  });
}

function checkSchedule(call: Call): void {
  const schedule = text(call, "schedule");
  if (schedule !== undefined) calendarOf("schedule", schedule);
}

function create(call: Call): null {
  checkSchedule(call);
  const { state } = call;
  const jobs = jobsOf(call);
  const id = text(call, "id") ?? "";
  const [vmid = "", jobnum = ""] = id.split("-");
  const guest = state.guests.get(Number(vmid));
  if (!guest) throw die(`Guest '${vmid}' does not exist.`);
  const target = text(call, "target") ?? "";
  if (state.clusterName === undefined || !state.nodes.has(target)) throw die(`Target '${target}' does not exist.`);
  const source = text(call, "source");
  if (source !== undefined && source !== guest.node)
    throw die(`Source '${source}' does not match current node of guest '${vmid}' (${guest.node})`);
  if (target === guest.node) throw die("Source and target must not be identical");
  if (!replicates(call, guest)) throw die("No replicatable volumes found");
  if (jobs.has(id)) throw die(`replication job '${id}' already exists`);
  for (const other of jobs.ids) {
    const job = jobs.get(other)!;
    if (job.guest === guest.vmid && job.target === target)
      throw die(`replication job for guest '${vmid}' to target '${target}' already exists`);
  }
  const { id: _, type, ...rest } = call.params;
  const values = storable(`POST ${PATH}`, rest);
  jobs.set(id, { type: String(type), source: guest.node, ...values, guest: guest.vmid, jobnum: Number(jobnum) });
  return null;
}

function update(call: Call): null {
  checkSchedule(call);
  const jobs = jobsOf(call);
  const id = text(call, "id") ?? "";
  jobs.assertUnmodified(call.params.digest);
  const old = jobs.get(id);
  if (!old) throw die(`no such job '${id}'`);
  const { id: _, digest: __, delete: deletions, ...rest } = call.params;
  const section: Section = { ...old, ...storable(`PUT ${PATH}/{id}`, rest) };
  deleteOptions(section, OPTIONS, {}, splitList(deletions));
  jobs.set(id, section);
  return null;
}

function remove(call: Call): null {
  const { state } = call;
  const { replication } = state.datacenter;
  const id = text(call, "id") ?? "";
  if (flag(call, "force")) {
    if (flag(call, "keep")) throw parameterRefusal({ keep: "conflicts with parameter 'force'" });
    replication.forget(id);
    return null;
  }
  const job = replication.jobs.get(id);
  if (!job) throw die(`no such job '${id}'`);
  const marked = { ...job, remove_job: flag(call, "keep") ? "local" : "full" };
  replication.jobs.set(id, marked);
  replication.scheduleRemoval(state, id, marked);
  return null;
}

/** A job as its source node reports it. */
function statusOf(call: Call, id: string, job: Section): Section {
  const { replication } = call.state.datacenter;
  const run = replication.run(id);
  const guest = call.state.guests.get(Number(job.guest));
  return {
    ...job,
    id,
    ...(guest ? { vmtype: guest.type } : {}),
    last_sync: run.lastSync,
    last_try: run.lastTry,
    next_sync: replication.nextSync(id),
    fail_count: run.failCount,
    ...(run.duration > 0 ? { duration: run.duration } : {}),
    ...(run.failCount > 0 ? { error: "target node is not online" } : {}),
  };
}

/** Jobs whose guest is on the node that was asked. */
function statuses(call: Call): Section[] {
  const jobs = jobsOf(call);
  const wanted = int(call, "guest");
  return jobs.ids
    .map((id) => [id, jobs.get(id)!] as const)
    .filter(([, job]) => {
      if (call.state.guests.get(Number(job.guest))?.node !== text(call, "node")) return false;
      return (wanted === undefined || job.guest === wanted) && visible(call, job);
    })
    .map(([id, job]) => statusOf(call, id, job));
}

function log(call: Call): { data: unknown; total: number } {
  theJob(call);
  const { log: lines } = call.state.datacenter.replication.run(text(call, "id") ?? "");
  const start = int(call, "start") ?? 0;
  const limit = int(call, "limit") ?? LOG_LIMIT;
  if (lines.length === 0) return { data: [{ n: 1, t: "no content" }], total: 1 };
  const data = lines.map((t, index) => ({ n: index + 1, t })).slice(start, limit === 0 ? undefined : start + limit);
  return { data, total: lines.length };
}

/** Copies of guests' volumes on other nodes: jobs, and how they fare. */
export const replicationRoutes: readonly Route[] = [
  { id: `GET ${PATH}`, run: (call) => ({ data: list(call) }) },
  { id: `POST ${PATH}`, writes: true, run: (call) => ({ data: create(call) }) },
  {
    id: `GET ${PATH}/{id}`,
    run: (call) => ({ data: { ...theJob(call), id: text(call, "id"), digest: jobsOf(call).digest } }),
  },
  { id: `PUT ${PATH}/{id}`, writes: true, run: (call) => ({ data: update(call) }) },
  { id: `DELETE ${PATH}/{id}`, writes: true, run: (call) => ({ data: remove(call) }) },
  { id: `GET ${NODE}`, run: (call) => ({ data: statuses(call) }) },
  {
    id: `GET ${NODE}/{id}`,
    run: () => ({ data: [{ name: "schedule_now" }, { name: "log" }, { name: "status" }] }),
  },
  { id: `GET ${NODE}/{id}/status`, run: (call) => ({ data: statusOf(call, text(call, "id") ?? "", theJob(call)) }) },
  { id: `GET ${NODE}/{id}/log`, run: log },
  {
    id: `POST ${NODE}/{id}/schedule_now`,
    writes: true,
    run: (call) => {
      theJob(call);
      call.state.datacenter.replication.schedule(call.state, text(call, "id") ?? "");
      return { data: null };
    },
  },
];
