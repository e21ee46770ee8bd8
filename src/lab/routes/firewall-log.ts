import type { Place } from "../firewall/place.ts";
import type { ClusterState } from "../state/cluster.ts";
import { type Answer, type Call, int, type Route, text } from "./route.ts";

/** Lines per answer unless told. */
const PAGE = 50;
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** The node's log; there is none where the service that writes it does not run. */
function logOf(state: ClusterState, node: string): readonly string[] | undefined {
  const lines = state.firewall.logs.get(node);
  if (lines) return lines;
  return state.hosts.of(node).running.has("pvefw-logger") ? [] : undefined;
}

/** Seconds since the epoch at which a line was written: `100 6 name 23/Nov/2026:03:44:04 +0000 …`. */
function timeOf(line: string): number {
  const match = /(\d+)\/(\w{3})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-]\d\d)(\d\d)/.exec(line);
  if (!match) return 0;
  const [, day = "", month = "", year, hour, minute, second, zone, rest] = match;
  const number = String(MONTHS.indexOf(month) + 1).padStart(2, "0");
  return Date.parse(`${year}-${number}-${day.padStart(2, "0")}T${hour}:${minute}:${second}${zone}:${rest}`) / 1000;
}

function one(message: string): Answer {
  return { data: [{ n: 1, t: message }], total: 1 };
}

function read(call: Call, place: Place): Answer {
  const [since, until] = [int(call, "since"), int(call, "until")];
  let lines = logOf(call.state, text(call, "node") ?? "");
  // With a period, rotated files are looked for, and that there are none is no error.
  if (!lines && since === undefined && until === undefined)
    return one("unable to open file - No such file or directory");
  lines ??= [];
  if (place.scope !== "host") lines = lines.filter((line) => line.startsWith(`${text(call, "vmid")} `));
  if (since) lines = lines.filter((line) => timeOf(line) >= since);
  if (until) lines = lines.filter((line) => timeOf(line) <= until);
  const start = int(call, "start") ?? 0;
  const limit = int(call, "limit") ?? PAGE;
  if (lines.length === 0) return one("no content");
  const end = limit === 0 ? undefined : start + limit;
  return { data: lines.slice(start, end).map((t, index) => ({ n: start + index + 1, t })), total: lines.length };
}

/** The firewall's log of a node, or what of it concerns a guest. */
export function logRoute(place: Place): Route {
  return { id: `GET ${place.path}/log`, run: (call) => read(call, place) };
}
