import * as z from "zod";
import { isOn } from "../flag.ts";

type Row = Readonly<Record<string, unknown>>;

/** Health checks that are shown, and lines of detail of each. */
const CHECKS = 15;
const LINES = 3;
/** Characters of one line. */
const LINE = 200;

/** What is worth reading of Ceph's status. */
export const cephHealth = z.object({
  health: z.string().describe("HEALTH_OK, HEALTH_WARN or HEALTH_ERR"),
  checks: z.array(
    z.object({
      code: z.string(),
      severity: z.string(),
      text: z.string(),
      lines: z.array(z.string()).optional(),
      moreLines: z.int().optional(),
      muted: z.boolean().optional(),
    }),
  ),
  moreChecks: z.int().optional(),
  mons: z.object({ total: z.int(), inQuorum: z.array(z.string()), missing: z.array(z.string()).optional() }),
  mgr: z.object({ active: z.string().optional(), standbys: z.int() }),
  mds: z.object({ active: z.array(z.string()), standbys: z.int() }).optional(),
  osds: z.object({ total: z.int(), up: z.int(), in: z.int(), flags: z.string().optional() }),
  pgs: z.object({ total: z.int(), states: z.record(z.string(), z.int()) }),
  usage: z.object({ used: z.number(), total: z.number(), stored: z.number().optional() }).describe("Bytes"),
  activity: z.record(z.string(), z.number()).optional().describe("Client and recovery traffic, objects to mend"),
  fsid: z.string().optional(),
});

export type CephHealth = z.output<typeof cephHealth>;

/** Figures of the placement group map that are there only while something goes on. */
const ACTIVITY = [
  "read_bytes_sec",
  "write_bytes_sec",
  "read_op_per_sec",
  "write_op_per_sec",
  "recovering_bytes_per_sec",
  "recovering_objects_per_sec",
  "degraded_objects",
  "degraded_ratio",
  "misplaced_objects",
  "misplaced_ratio",
  "unfound_objects",
  "inactive_pgs_ratio",
];

/** Projects Ceph's status, whose shape differs from release to release. */
export function projectCeph(status: Row): CephHealth {
  const health = record(status.health);
  const checks = Object.entries(record(health.checks)).map(([code, check]) => checkOf(code, record(check)));
  // Errors before warnings, and what is muted last.
  checks.sort((a, b) => rank(a) - rank(b) || (a.code < b.code ? -1 : 1));
  const monmap = record(status.monmap);
  const mons = list(monmap.mons).map(({ name }) => String(name));
  const inQuorum = texts(status.quorum_names);
  const missing = mons.filter((name) => !inQuorum.includes(name));
  const mgrmap = record(status.mgrmap);
  const fsmap = record(status.fsmap);
  const outer = record(status.osdmap);
  // Until Nautilus the map stood in one of its own name.
  const osdmap = outer.osdmap === undefined ? outer : record(outer.osdmap);
  const pgmap = record(status.pgmap);
  const ranks = list(fsmap.by_rank);
  const activity = Object.fromEntries(
    ACTIVITY.filter((key) => number(pgmap[key]) !== undefined && number(pgmap[key]) !== 0).map((key) => [
      key,
      number(pgmap[key])!,
    ]),
  );
  const flags = [isOn(osdmap.full) ? "full" : "", isOn(osdmap.nearfull) ? "nearfull" : "", osdmap.flags]
    .filter((flag) => typeof flag === "string" && flag !== "")
    .join(",");
  return {
    health: String(health.status ?? health.overall_status ?? "unknown"),
    checks: checks.slice(0, CHECKS),
    ...(checks.length > CHECKS ? { moreChecks: checks.length - CHECKS } : {}),
    mons: {
      total: mons.length > 0 ? mons.length : (integer(monmap.num_mons) ?? inQuorum.length),
      inQuorum,
      ...(missing.length > 0 ? { missing } : {}),
    },
    mgr: {
      ...(mgrmap.active_name ? { active: String(mgrmap.active_name) } : {}),
      standbys: Array.isArray(mgrmap.standbys) ? mgrmap.standbys.length : (integer(mgrmap.num_standbys) ?? 0),
    },
    ...(ranks.length > 0
      ? {
          mds: {
            active: ranks.map(({ name, status: state }) => `${name} (${state})`),
            standbys: integer(fsmap["up:standby"]) ?? 0,
          },
        }
      : {}),
    osds: {
      total: integer(osdmap.num_osds) ?? 0,
      up: integer(osdmap.num_up_osds) ?? 0,
      in: integer(osdmap.num_in_osds) ?? 0,
      ...(flags === "" ? {} : { flags }),
    },
    pgs: {
      total: integer(pgmap.num_pgs) ?? 0,
      states: Object.fromEntries(
        list(pgmap.pgs_by_state).map(({ state_name, count }) => [String(state_name), integer(count) ?? 0]),
      ),
    },
    usage: {
      used: number(pgmap.bytes_used) ?? 0,
      total: number(pgmap.bytes_total) ?? 0,
      ...(number(pgmap.data_bytes) === undefined ? {} : { stored: number(pgmap.data_bytes)! }),
    },
    ...(Object.keys(activity).length > 0 ? { activity } : {}),
    ...(typeof status.fsid === "string" ? { fsid: status.fsid } : {}),
  };
}

type Check = CephHealth["checks"][number];

function checkOf(code: string, check: Row): Check {
  const lines = list(check.detail).map(({ message }) => cut(String(message)));
  return {
    code,
    severity: String(check.severity ?? "unknown"),
    text: cut(String(record(check.summary).message ?? check.message ?? "")),
    ...(lines.length > 0 ? { lines: lines.slice(0, LINES) } : {}),
    ...(lines.length > LINES ? { moreLines: lines.length - LINES } : {}),
    ...(isOn(check.muted) ? { muted: true } : {}),
  };
}

function cut(text: string): string {
  return text.length > LINE ? `${text.slice(0, LINE)}…` : text;
}

function rank({ severity, muted }: Check): number {
  return (muted ? 2 : 0) + (severity === "HEALTH_ERR" ? 0 : 1);
}

function record(value: unknown): Row {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Row) : {};
}

function list(value: unknown): Row[] {
  return Array.isArray(value) ? value.map(record) : [];
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** Figures come as texts at times (pve-facts 28). */
function number(value: unknown): number | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  return Number.isFinite(Number(value)) ? Number(value) : undefined;
}

function integer(value: unknown): number | undefined {
  const found = number(value);
  return found === undefined ? undefined : Math.trunc(found);
}
