import { calendarOf, nextEvent, parseCalendar } from "../calendar.ts";
import { nowSeconds } from "../clock.ts";
import { die, parameterRefusal } from "../refusal.ts";
import {
  checkConfig,
  deleteOptions,
  guarded,
  options,
  type Section,
  splitList,
  storable,
} from "../state/section-config.ts";
import { directory } from "./crud.ts";
import { perlTime } from "./ha-status.ts";
import { type Call, int, type Route, text } from "./route.ts";

const SYNC = "/cluster/jobs/realm-sync";
const OPTIONS = options("schedule scope", "enabled comment remove-vanished enable-new", "realm");

/** Calendar events that follow each other. */
function analyze(call: Call): Section[] {
  const calendar = calendarOf("schedule", text(call, "schedule") ?? "");
  const rows: Section[] = [];
  let time = int(call, "starttime") ?? nowSeconds();
  for (let count = int(call, "iterations") ?? 10; count > 0; count -= 1) {
    const next = nextEvent(calendar, time);
    if (next === undefined) break;
    time = next;
    rows.push({ timestamp: next, utc: perlTime(next) });
  }
  return rows;
}

/** Kind of a login realm; only directory services can be synchronised. */
function checkRealm(call: Call, name: string): void {
  const type = call.state.access.realms.get(name)?.type;
  if (type === undefined) throw parameterRefusal({ realm: `No such realm '${name}'` });
  if (type !== "ldap" && type !== "ad") throw parameterRefusal({ realm: "Only LDAP/AD realms can be synced." });
}

function jobsOf(call: Call) {
  return call.state.datacenter.realmSyncJobs;
}

function noSuchJob(id: string) {
  return parameterRefusal({ id: `No such job '${id}'` });
}

function list(call: Call): Section[] {
  const jobs = jobsOf(call);
  return jobs.added.map((id) => {
    const job = jobs.get(id)!;
    const calendar = parseCalendar(String(job.schedule));
    const next = calendar && nextEvent(calendar, nowSeconds());
    return { ...job, id, ...(next === undefined ? {} : { "next-run": next }) };
  });
}

function valuesOf(call: Call, operation: string): Section {
  const { id: _, delete: __, ...rest } = call.params;
  return storable(operation, rest);
}

function create(call: Call): null {
  const jobs = jobsOf(call);
  const id = text(call, "id") ?? "";
  calendarOf("schedule", text(call, "schedule") ?? "");
  guarded("", () => {
    if (jobs.has(id)) throw die(`Job '${id}' already exists`);
    const section = checkConfig("realm-sync", OPTIONS, valuesOf(call, `POST ${SYNC}/{id}`), true);
    checkRealm(call, String(section.realm));
    jobs.set(id, section);
  });
  return null;
}

function update(call: Call): null {
  const jobs = jobsOf(call);
  const id = text(call, "id") ?? "";
  calendarOf("schedule", text(call, "schedule") ?? "");
  guarded("", () => {
    const values = valuesOf(call, `PUT ${SYNC}/{id}`);
    checkConfig("realm-sync", OPTIONS, values, false);
    const old = jobs.get(id);
    if (!old) throw die("no such realm-sync job");
    const section: Section = { ...old };
    deleteOptions(section, OPTIONS, values, splitList(call.params.delete));
    jobs.set(id, Object.assign(section, values));
  });
  return null;
}

/** What the cluster does at set times, and when a schedule comes round. */
export const clusterJobRoutes: readonly Route[] = [
  directory("/cluster/jobs", "subdir", "schedule-analyze realm-sync"),
  { id: "GET /cluster/jobs/schedule-analyze", run: (call) => ({ data: analyze(call) }) },
  { id: `GET ${SYNC}`, run: (call) => ({ data: list(call) }) },
  {
    id: `GET ${SYNC}/{id}`,
    run: (call) => {
      const id = text(call, "id") ?? "";
      const job = jobsOf(call).get(id);
      if (!job) throw noSuchJob(id);
      return { data: job };
    },
  },
  { id: `POST ${SYNC}/{id}`, writes: true, run: (call) => ({ data: create(call) }) },
  { id: `PUT ${SYNC}/{id}`, writes: true, run: (call) => ({ data: update(call) }) },
  {
    id: `DELETE ${SYNC}/{id}`,
    writes: true,
    run: (call) => {
      const id = text(call, "id") ?? "";
      return guarded("", () => {
        if (!jobsOf(call).delete(id)) throw noSuchJob(id);
        return { data: null };
      });
    },
  },
];
