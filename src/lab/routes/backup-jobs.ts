import { randomUUID } from "node:crypto";
import { wire } from "../../../generated/wire.ts";
import type { OperationFacts } from "../../schema/facts.ts";
import { nextEvent, parseCalendar } from "../calendar.ts";
import { nowSeconds } from "../clock.ts";
import { die, parameterRefusal, Refusal } from "../refusal.ts";
import { type BackupJob, backupVolumes, selected } from "../state/backup.ts";
import { guestName } from "../state/report.ts";
import { checkOptions, checkSelection, parts } from "./backup-rules.ts";
import { type Call, type Route, text } from "./route.ts";
import { demand, demandPool, isRoot } from "./volume-access.ts";

const POST = wire.operations["POST /cluster/backup"] as OperationFacts;
const NUMERIC = new Set(
  Object.entries(POST.parameters)
    .filter(([, fact]) => ["boolean", "integer", "number"].includes(wire.facts[fact]?.type ?? ""))
    .map(([name]) => name),
);
/** Options that are kept as their parts. */
const PARTED = new Set(["prune-backups", "performance", "fleecing"]);
const STEERING = new Set(["id", "delete", "starttime", "dow"]);

/** Within the lock of the file, a refusal of parameters is only a text (pve-facts, section 9). */
function nested<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 400) throw error;
    const lines = Object.entries(error.errors ?? {}).map(([name, line]) => `${name}: ${line.trimEnd()}\n`);
    throw new Refusal(500, `400 ${error.message}`, { long: `400 ${error.message}\n${lines.join("").trimEnd()}` });
  }
}

function optionsOf(call: Call): BackupJob {
  const options: BackupJob = {};
  for (const [name, value] of Object.entries(call.params)) {
    if (STEERING.has(name) || value === undefined || value === null) continue;
    if (typeof value === "boolean") options[name] = value ? 1 : 0;
    else options[name] = NUMERIC.has(name) ? Number(value) : value;
  }
  if (options.vmid !== undefined) options.vmid = words(options.vmid).join(",");
  if (options.exclude !== undefined) options.exclude = words(options.exclude).join(",");
  return options;
}

function words(list: unknown): string[] {
  return String(list ?? "")
    .split(/[,;\s\0]+/)
    .filter((word) => word !== "");
}

/** Days and a time of day, as older clients give them, are a schedule too. */
function schedule(call: Call, options: BackupJob, required: boolean): void {
  const given = options.schedule;
  if (given !== undefined && !parseCalendar(String(given)))
    throw parameterRefusal({
      schedule: `invalid format - invalid calendar event '${given}' - unable to parse calendar event at '${given}'\n`,
    });
  const time = text(call, "starttime");
  if (options.schedule !== undefined) {
    if (time !== undefined) throw parameterRefusal({ starttime: "'starttime' and 'schedule' cannot both be set" });
  } else if (time !== undefined) {
    const days = words(text(call, "dow")).join(",");
    options.schedule = days === "" ? time : `${days} ${time}`;
  } else if (required) throw parameterRefusal({ schedule: "neither 'starttime' nor 'schedule' were set" });
}

function shown(id: string, job: BackupJob): Record<string, unknown> {
  const entries = Object.entries(job).map(([name, value]) => [name, PARTED.has(name) ? parts(String(value)) : value]);
  return { ...Object.fromEntries(entries), id, type: "vzdump" };
}

function list(call: Call): Record<string, unknown>[] {
  return [...call.state.backups.jobs].map(([id, job]) => {
    const calendar = parseCalendar(String(job.schedule ?? ""));
    const next = calendar ? nextEvent(calendar, nowSeconds()) : undefined;
    return { ...shown(id, job), ...(next === undefined ? {} : { "next-run": next }) };
  });
}

function theJob(call: Call): BackupJob {
  const id = text(call, "id") ?? "";
  const job = call.state.backups.jobs.get(id);
  if (!job) throw parameterRefusal({ id: `No such job '${id}'` });
  return job;
}

function checkStorage(call: Call, options: BackupJob): void {
  if (isRoot(call)) return;
  if (options.storage !== undefined && options["prune-backups"] !== undefined)
    demand(call, `/storage/${options.storage}`, "Datastore.Allocate");
}

function create(call: Call): null {
  const { jobs } = call.state.backups;
  const options = optionsOf(call);
  checkOptions(call, options);
  checkStorage(call, options);
  checkPool(call, options);
  schedule(call, options, true);
  options.enabled ??= 1;
  const id = text(call, "id") ?? randomUUID();
  nested(() => {
    if (jobs.has(id)) throw die(`Job '${id}' already exists`);
    checkSelection(options);
    if (options.exclude !== undefined && options.pool === undefined) options.all = 1;
    jobs.set(id, options);
  });
  return null;
}

function checkPool(call: Call, options: BackupJob): void {
  const { pool } = options;
  if (pool === undefined) return;
  demandPool(call, String(pool));
  demand(call, `/pool/${pool}`, "VM.Backup");
}

function update(call: Call): null {
  const { jobs } = call.state.backups;
  const id = text(call, "id") ?? "";
  const options = optionsOf(call);
  checkOptions(call, options);
  checkStorage(call, options);
  checkPool(call, options);
  schedule(call, options, false);
  const remove = words(text(call, "delete"));
  nested(() => {
    const old = jobs.get(id);
    if (!old) throw die("no such vzdump job");
    const job = { ...old };
    for (const name of remove) {
      if (!(name in POST.parameters)) throw parameterRefusal({ delete: `unknown option '${name}'` });
      delete job[name];
    }
    Object.assign(job, options);
    if (job.exclude !== undefined && job.pool === undefined) job.all = 1;
    if (options.vmid !== undefined) for (const name of ["all", "exclude", "pool"]) delete job[name];
    else if (options.all === 1) for (const name of ["vmid", "pool"]) delete job[name];
    else if (options.pool !== undefined) for (const name of ["vmid", "all", "exclude"]) delete job[name];
    checkSelection(job);
    jobs.set(id, job);
  });
  return null;
}

function remove(call: Call): null {
  nested(() => {
    theJob(call);
    call.state.backups.jobs.delete(text(call, "id") ?? "");
  });
  return null;
}

function includedVolumes(call: Call): Record<string, unknown> {
  const job = theJob(call);
  const { guests, missing } = selected(call.state, job);
  const children: Record<string, unknown>[] = guests.map((guest) => ({
    id: guest.vmid,
    name: guestName(guest),
    type: guest.type,
    leaf: 0,
    children: backupVolumes(guest).map(({ key, volid, included, reason }) => ({
      id: `${guest.vmid}:${key}`,
      name: volid,
      included: included ? 1 : 0,
      reason,
      leaf: 1,
    })),
  }));
  for (const id of missing) children.push({ id, type: "unknown", leaf: 0 });
  return { children };
}

function notBackedUp(call: Call): Record<string, unknown>[] {
  const covered = new Set<number>();
  for (const job of call.state.backups.jobs.values())
    for (const { vmid } of selected(call.state, job).guests) covered.add(vmid);
  return [...call.state.guests.values()]
    .filter(({ vmid }) => !covered.has(vmid))
    .map((guest) => ({ vmid: guest.vmid, name: guestName(guest), type: guest.type }));
}

const audit = { path: "/", any: ["Sys.Audit"] };
const modify = { path: "/", any: ["Sys.Modify"] };

/** The cluster's backup jobs, what they take, and what nothing takes. */
export const backupJobRoutes: readonly Route[] = [
  { id: "GET /cluster/backup", permission: audit, run: (call) => ({ data: list(call) }) },
  { id: "POST /cluster/backup", permission: modify, writes: true, run: (call) => ({ data: create(call) }) },
  {
    id: "GET /cluster/backup/{id}",
    permission: audit,
    run: (call) => ({ data: shown(text(call, "id") ?? "", theJob(call)) }),
  },
  { id: "PUT /cluster/backup/{id}", permission: modify, writes: true, run: (call) => ({ data: update(call) }) },
  { id: "DELETE /cluster/backup/{id}", permission: modify, writes: true, run: (call) => ({ data: remove(call) }) },
  {
    id: "GET /cluster/backup/{id}/included_volumes",
    permission: audit,
    run: (call) => ({ data: includedVolumes(call) }),
  },
  { id: "GET /cluster/backup-info", permission: audit, run: () => ({ data: [{ subdir: "not-backed-up" }] }) },
  {
    id: "GET /cluster/backup-info/not-backed-up",
    permission: audit,
    run: (call) => ({ data: notBackedUp(call) }),
  },
];
