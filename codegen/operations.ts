import type { Fact } from "../src/schema/facts.ts";
import type { Method, OperationId } from "../src/schema/operation.ts";
import { accessClassOf, checkReviewed } from "./access-class.ts";
import type { OperationIr, SchemaIr, VariantsIr } from "./ir.ts";
import { checkCollisions, groupOf, symbolOf } from "./names.ts";
import { toFact } from "./normalize.ts";
import { applyOverrides } from "./overrides.ts";
import { toParameters } from "./parameters.ts";
import { toPermissions } from "./permissions.ts";
import { answersWithTask } from "./tasks.ts";
import { isObject } from "./upstream.ts";
import type { OperationHistory, ParameterHistory, VendoredDoc, VendoredHistory, VendoredOperation } from "./vendor.ts";

type Facts = Readonly<Record<string, Fact>>;
type ParameterHistories = Readonly<Record<string, ParameterHistory>>;

const METHOD_ORDER: readonly string[] = ["GET", "POST", "PUT", "DELETE"];

/** Sorts by path, then GET, POST, PUT, DELETE. */
function byOperation(a: { path: string; method: string }, b: { path: string; method: string }): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return METHOD_ORDER.indexOf(a.method) - METHOD_ORDER.indexOf(b.method);
}

/** The keys of a property string, each with the version that brought it, where an older one had the string without it. */
function withKeyHistory(fact: Fact, before: ParameterHistory["before"], versions: readonly string[]): Fact {
  if (fact.keys === undefined || before === undefined) return fact;
  const keys = Object.entries(fact.keys).map(([key, keyFact]) => {
    const without = versions.filter((version) => {
      const format = before[version]?.format;
      return isObject(format) && !Object.hasOwn(format, key);
    });
    const since = without.length === 0 ? undefined : versions[versions.indexOf(without.at(-1)!) + 1];
    return [key, since === undefined ? keyFact : { ...keyFact, since }] as const;
  });
  return { ...fact, keys: Object.fromEntries(keys) };
}

/** A table of parameters, each with the versions between which the server knows it. */
function withHistory(table: Facts, history: ParameterHistories, versions: readonly string[]): Record<string, Fact> {
  const entries = Object.entries(table).map(([name, fact]) => {
    const { since, until, before } = history[name] ?? {};
    return [
      name,
      { ...withKeyHistory(fact, before, versions), ...(since ? { since } : {}), ...(until ? { until } : {}) },
    ] as const;
  });
  return Object.fromEntries(entries);
}

function removedParameters(
  history: ParameterHistories,
  versions: readonly string[],
  place: string,
): Record<string, Fact> {
  const entries = Object.entries(history).filter(([, entry]) => entry.until !== undefined && entry.facts !== undefined);
  const table = entries.map(
    ([name, entry]) => [name, { ...toFact(entry.facts!, `${place} ${name}`), optional: true as const }] as const,
  );
  return withHistory(Object.fromEntries(table), history, versions);
}

function flagsOf(id: string, operation: VendoredOperation, returns: Fact): OperationIr["flags"] {
  const flags: OperationIr["flags"] = {};
  if (answersWithTask(id, returns)) flags.task = true;
  if (operation.allowtoken === 0) flags.noToken = true;
  if (operation.directory) flags.directory = true;
  if (operation.deprecated) flags.deprecated = true;
  if (operation.experimental) flags.experimental = true;
  if (operation.protected === 1) flags.protected = true;
  if (operation.proxyto !== undefined) flags.proxyTo = operation.proxyto;
  if (operation.download_allowed === 1) flags.download = true;
  return flags;
}

function toOperation(
  id: string,
  operation: VendoredOperation,
  history: OperationHistory,
  versions: readonly string[],
  summary: string,
): OperationIr {
  const [method, path] = id.split(" ") as [Method, string];
  const past = history.parameters ?? {};
  const { parameters, families, open, variants } = toParameters(operation.parameters, path, id);
  const returns = toFact(operation.returns, `${id} returns`);
  const dated: VariantsIr | undefined = variants && {
    ...variants,
    options: Object.fromEntries(
      Object.entries(variants.options).map(([name, table]) => [name, withHistory(table, past, versions)]),
    ),
  };
  return {
    id: id as OperationId,
    method,
    path,
    pathVariables: [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]!),
    group: groupOf(path),
    symbol: symbolOf(id),
    summary,
    class: accessClassOf(id),
    ...(history.since ? { since: history.since } : {}),
    ...(history.until ? { until: history.until } : {}),
    parameters: withHistory(parameters, past, versions),
    removedParameters: history.until ? {} : removedParameters(past, versions, id),
    families,
    open,
    ...(dated ? { variants: dated } : {}),
    returns,
    permissions: toPermissions(operation.permissions, id),
    flags: flagsOf(id, operation, returns),
  };
}

/** The intermediate form of the vendored facts; `summaryOf` gives our own one-line summary of an operation. */
export function toIr(doc: VendoredDoc, history: VendoredHistory, summaryOf: (id: string) => string): SchemaIr {
  const corrected = applyOverrides(doc.operations);
  const operations = Object.entries(corrected).map(([id, operation]) =>
    toOperation(id, operation, history.operations[id] ?? {}, history.versions, summaryOf(id)),
  );
  const removed = Object.entries(history.operations)
    .filter(([, entry]) => entry.until !== undefined)
    .map(([id, entry]) =>
      toOperation(id, entry.facts!, entry, history.versions, `Removed after Proxmox VE ${entry.until}.`),
    );
  checkCollisions([...operations, ...removed]);
  checkReviewed([...operations, ...removed]);
  return {
    version: doc.version,
    versions: history.versions,
    operations: operations.sort(byOperation),
    removed: removed.sort(byOperation),
  };
}
