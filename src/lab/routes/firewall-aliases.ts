import { assertUnmodified, withDigest } from "../firewall/digest.ts";
import type { Place } from "../firewall/place.ts";
import { parameterRefusal } from "../refusal.ts";
import type { Alias, FirewallConfig } from "../state/firewall.ts";
import { type Call, type Route, text } from "./route.ts";

/** Aliases by name in lower case. */
function sorted(config: FirewallConfig): Alias[] {
  return [...config.aliases.keys()].sort().map((key) => config.aliases.get(key)!);
}

function noSuchAlias(): Error {
  return parameterRefusal({ name: "no such alias" });
}

function read(call: Call, place: Place): Alias {
  const alias = place.config(call).aliases.get((text(call, "name") ?? "").toLowerCase());
  if (!alias) throw noSuchAlias();
  return alias;
}

function create(call: Call, place: Place): null {
  const config = place.config(call);
  const name = text(call, "name") ?? "";
  if (config.aliases.has(name.toLowerCase())) throw parameterRefusal({ name: `alias '${name}' already exists` });
  config.setAlias(name, text(call, "cidr") ?? "", text(call, "comment"));
  return null;
}

/** What is not sent is gone; the name takes the case in which it was sent. */
function update(call: Call, place: Place): null {
  const config = place.config(call);
  assertUnmodified(sorted(config), call.params.digest);
  const name = text(call, "name") ?? "";
  const rename = text(call, "rename");
  if (!config.aliases.has(name.toLowerCase())) throw noSuchAlias();
  const renamed = rename !== undefined && rename.toLowerCase() !== name.toLowerCase();
  if (renamed && config.aliases.has(rename.toLowerCase()))
    throw parameterRefusal({ name: `alias '${rename}' already exists` });
  config.aliases.delete(name.toLowerCase());
  config.setAlias(renamed ? rename : name, text(call, "cidr") ?? "", text(call, "comment"));
  return null;
}

/** Deleting what is not there is fine. */
function remove(call: Call, place: Place): null {
  const config = place.config(call);
  assertUnmodified(sorted(config), call.params.digest);
  config.aliases.delete((text(call, "name") ?? "").toLowerCase());
  return null;
}

/** Operations on the aliases of a place. */
export function aliasRoutes(place: Place): Route[] {
  const path = `${place.path}/aliases`;
  const one = `${path}/{name}`;
  const at = place.local ? { local: true as const } : {};
  return [
    { id: `GET ${path}`, ...at, run: (call) => ({ data: withDigest(sorted(place.config(call))) }) },
    { id: `GET ${one}`, ...at, run: (call) => ({ data: read(call, place) }) },
    { id: `POST ${path}`, ...at, writes: true, run: (call) => ({ data: create(call, place) }) },
    { id: `PUT ${one}`, ...at, writes: true, run: (call) => ({ data: update(call, place) }) },
    { id: `DELETE ${one}`, ...at, writes: true, run: (call) => ({ data: remove(call, place) }) },
  ];
}
