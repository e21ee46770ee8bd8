import { aliasReference, cleanCidr, dropHostPrefix } from "../firewall/address.ts";
import { storedComment } from "../firewall/comment.ts";
import { assertUnmodified, withDigest } from "../firewall/digest.ts";
import type { Place } from "../firewall/place.ts";
import { die, parameterRefusal } from "../refusal.ts";
import type { FirewallConfig, Ipset, IpsetEntry } from "../state/firewall.ts";
import { describeNamed, nameOnce, rename } from "./firewall-named.ts";
import { type Call, flag, type Route, text } from "./route.ts";

type ShownEntry = IpsetEntry & { errors?: Record<string, string> };

function theSet(call: Call, place: Place): Ipset {
  const name = text(call, "name") ?? "";
  const set = place.config(call).ipsets.get(name);
  if (!set) throw die(`no such IPSet '${name}'`);
  return set;
}

/** What is wrong with an entry that names an alias, if anything. */
function aliasProblem(call: Call, config: FirewallConfig, cidr: string): string | undefined {
  const reference = aliasReference(cidr);
  if (!reference) return undefined;
  const { cluster } = call.state.firewall;
  const key = reference.name.toLowerCase();
  const own = config !== cluster && reference.scope !== "dc/" && config.aliases.has(key);
  const shared = reference.scope !== "guest/" && cluster.aliases.has(key);
  return own || shared ? undefined : `no such alias '${reference.name}'`;
}

/** Entries in the order of the file, which is that of their texts. */
function entries(call: Call, place: Place): ShownEntry[] {
  const config = place.config(call);
  return theSet(call, place)
    .entries.toSorted((one, other) => (one.cidr < other.cidr ? -1 : 1))
    .map((entry) => {
      const problem = aliasProblem(call, config, entry.cidr);
      return problem === undefined ? entry : { ...entry, errors: { cidr: problem } };
    });
}

function entryOf(cidr: string, call: Call): IpsetEntry {
  const comment = storedComment(text(call, "comment"));
  return { cidr, ...(flag(call, "nomatch") ? { nomatch: 1 } : {}), ...(comment === undefined ? {} : { comment }) };
}

function add(call: Call, place: Place): null {
  const set = theSet(call, place);
  const given = text(call, "cidr") ?? "";
  const isAlias = aliasReference(given) !== undefined;
  const problem = aliasProblem(call, place.config(call), given);
  if (problem !== undefined) throw die(problem);
  const cidr = isAlias ? given : dropHostPrefix(cleanCidr(given));
  if (set.entries.some((entry) => entry.cidr === cidr))
    throw parameterRefusal({ cidr: `address '${cidr}' already exists` });
  if (/\/0+$/.test(cidr)) throw parameterRefusal({ cidr: "a zero prefix is not allowed in ipset entries" });
  set.entries.push(entryOf(cidr, call));
  return null;
}

function noSuchEntry(): Error {
  return parameterRefusal({ cidr: "no such IP/Network" });
}

function readEntry(call: Call, place: Place): object {
  const entry = withDigest(entries(call, place)).find(({ cidr }) => cidr === text(call, "cidr"));
  if (!entry) throw noSuchEntry();
  return entry;
}

/** What is not sent is gone. */
function updateEntry(call: Call, place: Place): null {
  assertUnmodified(entries(call, place), call.params.digest);
  const set = theSet(call, place);
  const index = set.entries.findIndex(({ cidr }) => cidr === text(call, "cidr"));
  if (index < 0) throw noSuchEntry();
  set.entries[index] = entryOf(set.entries[index]!.cidr, call);
  return null;
}

/** Deleting what is not there is fine. */
function removeEntry(call: Call, place: Place): null {
  assertUnmodified(entries(call, place), call.params.digest);
  const set = theSet(call, place);
  set.entries = set.entries.filter(({ cidr }) => cidr !== text(call, "cidr"));
  return null;
}

function create(call: Call, place: Place): null {
  const { ipsets } = place.config(call);
  const name = text(call, "name") ?? "";
  const from = text(call, "rename");
  const comment = text(call, "comment");
  if (!from) {
    nameOnce(ipsets, name, comment, { entries: [] }, { name: `IPSet '${name}' already exists` });
    return null;
  }
  assertUnmodified(describeNamed(ipsets, "name"), call.params.digest);
  rename(ipsets, from, name, comment, {
    missing: { name: `IPSet '${from}' does not exist` },
    taken: { name: `IPSet '${name}' does already exist` },
  });
  return null;
}

function remove(call: Call, place: Place): null {
  const set = theSet(call, place);
  const name = text(call, "name") ?? "";
  if (set.entries.length > 0 && !flag(call, "force")) throw die(`IPSet '${name}' is not empty`);
  place.config(call).ipsets.delete(name);
  return null;
}

/** Operations on the address sets of a place, and on their entries. */
export function ipsetRoutes(place: Place): Route[] {
  const path = `${place.path}/ipset`;
  const set = `${path}/{name}`;
  const entry = `${set}/{cidr}`;
  const at = place.local ? { local: true as const } : {};
  const writes = { ...at, writes: true as const };
  return [
    {
      id: `GET ${path}`,
      ...at,
      run: (call) => ({ data: withDigest(describeNamed(place.config(call).ipsets, "name")) }),
    },
    { id: `POST ${path}`, ...writes, run: (call) => ({ data: create(call, place) }) },
    { id: `GET ${set}`, ...at, run: (call) => ({ data: withDigest(entries(call, place)) }) },
    { id: `POST ${set}`, ...writes, run: (call) => ({ data: add(call, place) }) },
    { id: `DELETE ${set}`, ...writes, run: (call) => ({ data: remove(call, place) }) },
    { id: `GET ${entry}`, ...at, run: (call) => ({ data: readEntry(call, place) }) },
    { id: `PUT ${entry}`, ...writes, run: (call) => ({ data: updateEntry(call, place) }) },
    { id: `DELETE ${entry}`, ...writes, run: (call) => ({ data: removeEntry(call, place) }) },
  ];
}
