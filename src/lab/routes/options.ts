import { die, parameterRefusal } from "../refusal.ts";
import { readOptions } from "../state/options.ts";
import { splitList, storable } from "../state/section-config.ts";
import type { ConfigValue } from "../state/types.ts";
import { type Call, int, may, type Route } from "./route.ts";

/** What everyone may see of the options. */
const OPEN = ["console", "tag-style", "consent-text"];

/** Tags of the guests that the caller may see, and registered ones. */
function allowedTags(call: Call, registered: unknown): string[] {
  const tags = new Set<string>(Array.isArray(registered) ? registered.map(String) : []);
  for (const guest of call.state.guests.values()) {
    const text = String(guest.config.tags ?? "");
    if (text === "" || !may(call, `/vms/${guest.vmid}`, "VM.Audit")) continue;
    for (const tag of text.split(/[;,\s]+/)) if (tag !== "") tags.add(tag);
  }
  return [...tags].sort();
}

function read(call: Call): Record<string, unknown> {
  const options = readOptions(call.state);
  const tags = allowedTags(call, options["registered-tags"]);
  if (may(call, "/", "Sys.Audit")) return { ...options, "allowed-tags": tags };
  const open = OPEN.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]);
  return { ...Object.fromEntries(open), "allowed-tags": tags };
}

function write(call: Call): null {
  const { delete: deletions, ...rest } = call.params;
  const { options } = call.state;
  const next = rest["next-id"];
  if (typeof next === "string") {
    const lower = Number(/lower=(\d+)/.exec(next)?.[1] ?? 100);
    const upper = Number(/upper=(\d+)/.exec(next)?.[1] ?? 1_000_000);
    if (lower > upper) throw parameterRefusal({ "next-id": "lower bound must be smaller than upper bound" });
  }
  for (const [name, value] of Object.entries(storable("PUT /cluster/options", rest)))
    options[name] = value as ConfigValue;
  for (const name of splitList(deletions)) delete options[name];
  return null;
}

/** The lowest free VMID within the datacenter's range, as a string; reserves nothing (pve-facts 59). */
function nextId(call: Call): string {
  const wanted = int(call, "vmid");
  if (wanted !== undefined) {
    if (call.state.guests.has(wanted)) throw parameterRefusal({ vmid: `VM ${wanted} already exists` });
    return String(wanted);
  }
  const range = (readOptions(call.state)["next-id"] ?? {}) as { lower?: number; upper?: number };
  const lower = range.lower ?? 100;
  const upper = range.upper ?? 1_000_000;
  for (let vmid = lower; vmid < upper; vmid += 1) if (!call.state.guests.has(vmid)) return String(vmid);
  throw die(`unable to get any free VMID in range [${lower}, ${upper}]`);
}

/** Options of the datacenter, and the next free VMID. */
export const optionRoutes: readonly Route[] = [
  { id: "GET /cluster/options", run: (call) => ({ data: read(call) }) },
  { id: "PUT /cluster/options", writes: true, run: (call) => ({ data: write(call) }) },
  { id: "GET /cluster/nextid", run: (call) => ({ data: nextId(call) }) },
];
