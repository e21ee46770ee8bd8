import { schemaVersion, schemaVersions } from "../../generated/manifest.ts";
import { type SchemaModule, schemaGroups } from "../../generated/schemas/index.ts";
import type { wire as WireModule } from "../../generated/wire.ts";
import { ProxmoxMcpError } from "../errors/index.ts";
import type { Fact, OperationFacts } from "../schema/facts.ts";
import { nearest } from "../schema/nearest.ts";
import type { OperationId, Params } from "../schema/operation.ts";
import { familyMember } from "../schema/operation-schema.ts";
import { MISSING, valueFault } from "../schema/value.ts";
import { compareVersions, versionFault } from "../schema/version-range.ts";
import { findOperation } from "./route.ts";

/**
 * A checked call, or its faults by parameter; a fault of the operation itself stands under `operation`. `items` has the
 * faults of array items by the server's own names for them, e.g. `map[0]`.
 */
export type Validation =
  | { ok: true; params: Params }
  | { ok: false; errors: Record<string, string>; items?: Record<string, string> };

/** No vendored version has the operation. */
export class UnknownOperationError extends ProxmoxMcpError {
  constructor(operation: string) {
    super({
      code: "unknown-operation",
      message: `${operation} is not an operation of the Proxmox VE API`,
      next: "Search the operations by words or by path and use the ID as it is listed.",
      data: { operation },
    });
  }
}

/** The structural part of a zod issue that matters here. */
interface Issue {
  code?: string | undefined;
  path: readonly PropertyKey[];
  message: string;
  keys?: readonly string[];
  values?: readonly unknown[];
}

type Wire = typeof WireModule;

const loaded = new Map<string, Promise<SchemaModule>>();

/** An import of what is there already would take longer than the check. */
function schemasOf(group: string): Promise<SchemaModule> {
  const module = loaded.get(group) ?? schemaGroups[group]!();
  loaded.set(group, module);
  return module;
}

const loadWire = async (): Promise<Wire> => (await import("../../generated/wire.ts")).wire;

/** The fact of a parameter, by wire name; members of indexed families and variants' own parameters included. */
function factOf(wire: Wire, operation: OperationFacts, name: string): Fact | undefined {
  const tables = [operation.parameters, ...Object.values(operation.variants?.options ?? {})];
  for (const table of tables) if (Object.hasOwn(table, name)) return wire.facts[table[name]!];
  const member = familyMember(name);
  if (!member || member.index >= (operation.families?.[member.family] ?? 0)) return undefined;
  return wire.facts[operation.parameters[`${member.family}[n]`]!];
}

function unknownMessage(wire: Wire, operation: OperationFacts, name: string): string {
  const member = familyMember(name);
  const count = member && operation.families?.[member.family];
  if (count)
    return `is not a parameter here: ${member.family} goes from ${member.family}0 to ${member.family}${count - 1}`;
  const fact = factOf(wire, operation, name);
  if (fact?.until) return `gone after ${fact.until}`;
  const plain = Object.keys(operation.parameters).filter((known) => !known.endsWith("[n]"));
  const index = /\d+$/.exec(name)?.[0] ?? "0";
  const members = Object.keys(operation.families ?? {}).map((family) => `${family}${index}`);
  const extra = Object.values(operation.variants?.options ?? {}).flatMap((table) => Object.keys(table));
  const [meant] = nearest(name, new Set([...plain, ...members, ...extra]));
  return meant === undefined ? "is not a parameter here" : `is not a parameter here; did you mean ${meant}?`;
}

function issueMessage(issue: Issue, isGiven: boolean): string {
  if (!isGiven && issue.path.length === 1 && issue.code !== "custom") return MISSING;
  if (issue.code === "invalid_value" && issue.values) return `must be one of: ${issue.values.join(", ")}`;
  return issue.message;
}

/** Refuses what the host's version lacks, and judges what it had and the newest version dropped. */
async function judgeVersions(
  id: OperationId,
  given: Map<string, unknown>,
  { host, where }: { host: string; where: string | undefined },
  errors: Map<string, string>,
): Promise<void> {
  const wire = await loadWire();
  const operation = wire.operations[id]!;
  for (const [name, value] of [...given]) {
    const fact = factOf(wire, operation, name);
    if (!fact || (fact.since === undefined && fact.until === undefined)) continue;
    const fault =
      versionFault(fact, host, schemaVersions, where) ??
      (fact.until === undefined || value === undefined ? undefined : valueFault(fact, value));
    if (fault !== undefined) errors.set(name, fault);
    if (fault !== undefined || fact.until !== undefined) given.delete(name);
  }
}

/** Privileges of older hosts as those of the newest, which the schema knows (pve-facts 76). */
function asOfNine(privileges: string): string {
  return privileges.replace(/(?<![\w.])VM\.Monitor(?![\w.])/g, "VM.GuestAgent.Audit");
}

/** What depends on a word that is itself wrong or missing cannot be judged, and the server does not. */
async function dropDependents(
  id: OperationId,
  errors: Map<string, string>,
  items: Record<string, string>,
): Promise<void> {
  const wire = await loadWire();
  const operation = wire.operations[id]!;
  for (const name of [...errors.keys()]) {
    const fact = factOf(wire, operation, name);
    const own = Object.hasOwn(operation.parameters, name);
    const word = own ? fact?.oneOf && fact.typeProperty : fact && operation.variants?.property;
    if (word === undefined || word === name || !errors.has(word)) continue;
    errors.delete(name);
    for (const item of Object.keys(items)) if (item.startsWith(`${name}[`)) delete items[item];
  }
}

/**
 * Checks a call's parameters, path parameters included, against the official schema before anything is sent; null and
 * undefined count as absent. With the host's version, and its name as `where`, what that version lacks is refused, and what it had is taken.
 * Throws UnknownOperationError.
 */
export async function validateCall(
  operation: OperationId,
  params: object,
  options: { version?: string; where?: string } = {},
): Promise<Validation> {
  const entry = findOperation(operation);
  if (!entry) throw new UnknownOperationError(operation);
  const host = options.version ?? schemaVersion;
  const operationFault = versionFault(entry, host, schemaVersions, options.where);
  if (operationFault !== undefined) return { ok: false, errors: { operation: operationFault } };

  const present = Object.entries(params).filter(([, value]) => value !== undefined);
  const clean = Object.fromEntries(present.filter(([, value]) => value !== null));
  // A null keeps its name, which must be known all the same.
  const given = new Map(present.map(([name, value]) => [name, value === null ? undefined : value]));
  const errors = new Map<string, string>();
  const note = (name: string, message: string): void => {
    if (!errors.has(name)) errors.set(name, message);
  };
  const items: Record<string, string> = {};
  if (options.version !== undefined || entry.until !== undefined)
    await judgeVersions(operation, given, { host, where: options.where }, errors);

  const { privs } = Object.fromEntries(given);
  if (typeof privs === "string" && compareVersions(host, "9.0") < 0) given.set("privs", asOfNine(privs));

  // Compiling a schema costs more than it saves in the few calls that one process makes of it.
  const module = await schemasOf(entry.group);
  const checked = module[entry.symbol]!().safeParse(Object.fromEntries(given), { jitless: true });
  for (const issue of (checked.error?.issues ?? []) as readonly Issue[]) {
    if (issue.code === "unrecognized_keys") {
      const wire = await loadWire();
      for (const key of issue.keys ?? []) note(key, unknownMessage(wire, wire.operations[operation]!, key));
      continue;
    }
    const name = String(issue.path[0] ?? "operation");
    const message = issueMessage(issue, given.get(name) !== undefined);
    const item = issue.path[1];
    if (typeof item === "number") items[`${name}[${item}]`] = message;
    note(name, typeof item === "number" ? `item ${item + 1}: ${message}` : message);
  }
  // zod drops this name from loose objects.
  if (given.has("__proto__")) note("__proto__", "is not a parameter here");
  if (errors.size === 0) return { ok: true, params: clean };
  await dropDependents(operation, errors, items);
  return { ok: false, errors: Object.fromEntries(errors), ...(Object.keys(items).length > 0 ? { items } : {}) };
}
