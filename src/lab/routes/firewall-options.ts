import { wire } from "../../../generated/wire.ts";
import { assertUnmodified, digestOf } from "../firewall/digest.ts";
import type { Place } from "../firewall/place.ts";
import { splitList } from "../permissions/check.ts";
import { parameterRefusal } from "../refusal.ts";
import { type Call, flag, type Route } from "./route.ts";

type Options = Record<string, string | number>;

/** Parameters that are no options. */
const NOT_OPTIONS = new Set(["node", "vmid", "vnet", "delete", "digest"]);
/** Seconds that an enabling on trial lasts. */
const TRIAL = 60;

/** Names of the options of a place, and whether they are stored as numbers. */
function optionTypes(place: Place): Map<string, "number" | "text"> {
  const facts = wire.operations[`PUT ${place.path}/options` as keyof typeof wire.operations]?.parameters ?? {};
  return new Map(
    Object.entries(facts)
      .filter(([name]) => !NOT_OPTIONS.has(name))
      .map(([name, fact]) => {
        const type = wire.facts[fact]?.type;
        return [name, type === "integer" || type === "boolean" ? "number" : "text"];
      }),
  );
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}

/** Options as they are read: enabling on trial, a time, ends by itself. */
function load(call: Call, place: Place): Options {
  const options = { ...place.config(call).options };
  if (place.scope === "cluster" && Number(options.enable) > 1 && now() - Number(options.enable) > TRIAL)
    options.enable = 0;
  return options;
}

/** An option as the file keeps it; nothing of it stays when it is empty. */
function storable(call: Call, place: Place, name: string, type: "number" | "text"): string | number {
  const value = call.params[name];
  if (name === "enable") {
    if (place.scope !== "cluster") return flag(call, name) ? 1 : 0;
    return Number(value) > 1 ? now() : Number(value);
  }
  if (type === "number") return Number(value);
  return name === "nf_conntrack_helpers" ? String(value).toLowerCase() : String(value);
}

function update(call: Call, place: Place, types: ReadonlyMap<string, "number" | "text">): null {
  const options = load(call, place);
  assertUnmodified([options], call.params.digest);
  for (const name of splitList(call.params.delete)) {
    if (!types.has(name)) throw parameterRefusal({ delete: `no such option '${name}'` });
    delete options[name];
  }
  for (const [name, type] of types) {
    if (call.params[name] === undefined || call.params[name] === null) continue;
    const value = storable(call, place, name, type);
    if (value === "") delete options[name];
    else options[name] = value;
  }
  place.config(call).options = options;
  return null;
}

/** Reading and setting a place's options; their digest is theirs alone (pve-facts 18). */
export function optionRoutes(place: Place): Route[] {
  const path = `${place.path}/options`;
  let types: Map<string, "number" | "text"> | undefined;
  return [
    {
      id: `GET ${path}`,
      run: (call) => {
        place.enter?.(call, false);
        const options = load(call, place);
        return { data: { ...options, digest: digestOf([options]) } };
      },
    },
    {
      id: `PUT ${path}`,
      writes: true,
      run: (call) => {
        place.enter?.(call, true);
        types ??= optionTypes(place);
        return { data: update(call, place, types) };
      },
    },
  ];
}
