import { createHash } from "node:crypto";
import { nowSeconds } from "../clock.ts";
import { hasTimeZone } from "../parameters/host-tables.ts";
import { splitList } from "../permissions/check.ts";
import { die, parameterRefusal } from "../refusal.ts";
import { acmeDomains } from "../state/node-acme.ts";
import { hostOf } from "./node-of.ts";
import { type Call, type Route, text } from "./route.ts";

const MODIFIED = "detected modified configuration - file changed by other user? Try again.";

function sha1(content: string): string {
  return createHash("sha1").update(content).digest("hex");
}

/** Seconds by which the clocks of a zone are ahead of UTC at a moment. */
function offset(timezone: string, seconds: number): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: timezone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(new Date(seconds * 1000));
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  const local = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return Math.round(local / 1000) - seconds;
}

function time(call: Call): Record<string, unknown> {
  const { timezone } = hostOf(call);
  const now = nowSeconds();
  return { time: now, localtime: now + offset(timezone, now), timezone };
}

function setTime(call: Call): null {
  const timezone = text(call, "timezone")!;
  if (timezone !== "UTC" && !hasTimeZone(timezone) && !/^Etc\/(?:UTC|GMT|UCT|Universal|Zulu|Greenwich)$/.test(timezone))
    throw parameterRefusal({ timezone: "No such timezone" });
  hostOf(call).timezone = timezone;
  return null;
}

function dns(call: Call): Record<string, unknown> {
  const { search, nameservers } = hostOf(call);
  const servers = nameservers.slice(0, 3).map((address, index) => [`dns${index + 1}`, address] as const);
  return { ...(search === "" ? {} : { search }), ...Object.fromEntries(servers) };
}

/** What is not given is gone: the file is written anew. */
function setDns(call: Call): null {
  const host = hostOf(call);
  host.search = text(call, "search") ?? "";
  const given = ["dns1", "dns2", "dns3"].map((key) => text(call, key) ?? "");
  host.nameservers = [...new Set(given.filter((address) => address !== "" && address !== "0.0.0.0"))];
  return null;
}

function setHosts(call: Call): null {
  const host = hostOf(call);
  const digest = text(call, "digest");
  if (digest && digest !== sha1(host.hosts)) throw die(MODIFIED);
  host.hosts = text(call, "data") ?? "";
  return null;
}

function config(call: Call): Record<string, unknown> {
  const values = hostOf(call).config.read();
  const property = text(call, "property");
  if (property === undefined) return values;
  return values[property] === undefined ? {} : { [property]: values[property] };
}

function setConfig(call: Call): null {
  const { config: current } = hostOf(call);
  const digest = text(call, "digest");
  if (digest && current.digest !== undefined && digest !== current.digest) throw die(MODIFIED);
  const values = Object.fromEntries(
    Object.entries(call.params)
      .filter(([key, value]) => !["node", "delete", "digest"].includes(key) && value !== undefined && value !== null)
      .map(([key, value]) => [key, String(value)]),
  );
  const remove = splitList(call.params.delete);
  const merged = { ...current.read(), ...values };
  for (const key of remove) delete merged[key];
  acmeDomains(merged);
  current.update(values, remove);
  return null;
}

/** Settings of a node: clock, names, and its entry in the cluster's files. */
export const nodeSettingRoutes: readonly Route[] = [
  { id: "GET /nodes/{node}/time", run: (call) => ({ data: time(call) }) },
  { id: "PUT /nodes/{node}/time", run: (call) => ({ data: setTime(call) }) },
  { id: "GET /nodes/{node}/dns", run: (call) => ({ data: dns(call) }) },
  { id: "PUT /nodes/{node}/dns", run: (call) => ({ data: setDns(call) }) },
  {
    id: "GET /nodes/{node}/hosts",
    run: (call) => {
      const { hosts } = hostOf(call);
      return { data: { data: hosts, digest: sha1(hosts) } };
    },
  },
  { id: "POST /nodes/{node}/hosts", run: (call) => ({ data: setHosts(call) }) },
  { id: "GET /nodes/{node}/config", run: (call) => ({ data: config(call) }) },
  { id: "PUT /nodes/{node}/config", writes: true, run: (call) => ({ data: setConfig(call) }) },
];
