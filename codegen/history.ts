import { isDeepStrictEqual } from "node:util";
import { byKey } from "./facts-only.ts";
import { isObject, type Json, type JsonObject } from "./upstream.ts";
import type { OperationHistory, ParameterHistory, VendoredOperation } from "./vendor.ts";

/** The operations of one version. */
export interface VersionFacts {
  version: string;
  operations: ReadonlyMap<string, VendoredOperation>;
}

/** The id with its path variables blanked: renaming one does not make a new operation. */
function blanked(id: string): string {
  return id.replace(/\{[^}]+\}/g, "{}");
}

const variables = (id: string): string[] => [...id.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]!);

/** The top-level parameters of an operation, those of `allOf` and `oneOf` parts included. */
export function parametersOf(schema: JsonObject): Map<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  const visit = (node: JsonObject): void => {
    for (const [name, child] of Object.entries(isObject(node.properties) ? node.properties : {}))
      if (!found.has(name)) found.set(name, child as JsonObject);
    for (const keyword of ["allOf", "oneOf"])
      for (const part of Array.isArray(node[keyword]) ? node[keyword] : []) visit(part as JsonObject);
    const property = node["type-property"];
    if (typeof property === "string" && isObject(node["type-property-schema"]) && !found.has(property))
      found.set(property, node["type-property-schema"]);
  };
  visit(schema);
  return found;
}

interface Seen {
  version: string;
  id: string;
  operation: VendoredOperation;
}

const COMPARED_AWAY = new Set(["default", "deprecated"]);
const comparable = (facts: JsonObject): Json =>
  Object.fromEntries(Object.entries(facts).filter(([keyword, value]) => !COMPARED_AWAY.has(keyword) && value !== null));

function parameterHistory(
  versions: readonly { version: string; facts: JsonObject | undefined }[],
): ParameterHistory | undefined {
  const present = versions.filter((entry) => entry.facts !== undefined);
  const [first, last] = [present[0]!, present.at(-1)!];
  const history: { -readonly [K in keyof ParameterHistory]: ParameterHistory[K] } = {};
  if (first.version !== versions[0]!.version) history.since = first.version;
  if (last.version !== versions.at(-1)!.version) {
    history.until = last.version;
    history.facts = last.facts!;
  }
  const before: Record<string, JsonObject> = {};
  for (let index = present.length - 2; index >= 0; index--) {
    const [older, newer] = [present[index]!, present[index + 1]!];
    if (!isDeepStrictEqual(comparable(older.facts!), comparable(newer.facts!))) before[older.version] = older.facts!;
  }
  if (Object.keys(before).length > 0) history.before = Object.fromEntries(Object.entries(before).sort(byKey));
  return Object.keys(history).length > 0 ? history : undefined;
}

/** The history of one operation over the versions that had it, oldest first. */
function operationHistory(seen: readonly Seen[], all: readonly string[]): OperationHistory | undefined {
  const history: { -readonly [K in keyof OperationHistory]: OperationHistory[K] } = {};
  const last = seen.at(-1)!;
  if (seen[0]!.version !== all[0]) history.since = seen[0]!.version;
  if (last.version !== all.at(-1)) {
    history.until = last.version;
    history.facts = last.operation;
  }
  const renamed: Record<string, string> = {};
  for (const [index, entry] of seen.entries())
    if (index + 1 < seen.length && entry.id !== seen[index + 1]!.id) renamed[entry.version] = entry.id;
  if (Object.keys(renamed).length > 0) history.renamed = renamed;

  const current = variables(last.id);
  const tables = seen.map(({ version, id, operation }) => {
    const old = variables(id);
    const rename = new Map(old.map((name, index) => [name, current[index]!]));
    const table = parametersOf(operation.parameters);
    return { version, table: new Map([...table].map(([name, facts]) => [rename.get(name) ?? name, facts])) };
  });
  const names = [...new Set(tables.flatMap(({ table }) => [...table.keys()]))].sort();
  const parameters: Record<string, ParameterHistory> = {};
  for (const name of names) {
    const found = parameterHistory(tables.map(({ version, table }) => ({ version, facts: table.get(name) })));
    if (found) parameters[name] = found;
  }
  if (Object.keys(parameters).length > 0) history.parameters = parameters;
  return Object.keys(history).length > 0 ? history : undefined;
}

/** What changed between the versions (oldest first): keyed by the newest id of each operation. */
export function compareVersions(versions: readonly VersionFacts[]): Record<string, OperationHistory> {
  const seen = new Map<string, Seen[]>();
  for (const { version, operations } of versions)
    for (const [id, operation] of operations) {
      const key = blanked(id);
      const entries = seen.get(key) ?? [];
      entries.push({ version, id, operation });
      seen.set(key, entries);
    }
  const all = versions.map(({ version }) => version);
  const result: [string, OperationHistory][] = [];
  for (const entries of seen.values()) {
    const history = operationHistory(entries, all);
    if (history) result.push([entries.at(-1)!.id, history]);
  }
  return Object.fromEntries(result.sort(byKey));
}

/** Fills `pattern: null` (a compiled pattern that a dump lost) from the same place of the next older version; returns how many. */
export function recoverPatterns(node: JsonObject, older: Json | undefined): { node: JsonObject; recovered: number } {
  let recovered = 0;
  const fill = (current: Json, before: Json | undefined): Json => {
    if (Array.isArray(current))
      return current.map((child, index) => fill(child, Array.isArray(before) ? before[index] : undefined));
    if (!isObject(current)) return current;
    const old = isObject(before) ? before : {};
    const copy: Record<string, Json> = {};
    for (const [keyword, value] of Object.entries(current)) {
      if (keyword === "pattern" && value === null && typeof old.pattern === "string") {
        copy[keyword] = old.pattern;
        recovered++;
      } else copy[keyword] = fill(value, old[keyword]);
    }
    return copy;
  };
  return { node: fill(node, older) as JsonObject, recovered };
}
