import {
  isObject,
  type Json,
  type JsonObject,
  OPERATION_KEYWORDS,
  SCHEMA_KEYWORDS,
  type UpstreamOperation,
} from "./upstream.ts";
import type { VendoredOperation } from "./vendor.ts";

const kept = new Set<string>(SCHEMA_KEYWORDS.keep);
const DEPRECATED = /\bdeprecated\b|\bobsolete\b/i;
const EXPERIMENTAL = /\bexperimental\b|\btechnology preview\b/i;

/** Copies a JSON value with all object keys in code-unit order. */
export function sorted<T extends Json>(value: T): T {
  if (Array.isArray(value)) return value.map(sorted) as unknown as T;
  if (!isObject(value)) return value;
  const entries = Object.entries(value) as [string, Json][];
  return Object.fromEntries(entries.sort(byKey).map(([key, child]) => [key, sorted(child)])) as unknown as T;
}

/** Compares entries by key, in code-unit order. */
export function byKey(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}

const WHOLE = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?\d+(?:\.\d+)?$/;
const BOOLEAN = /^(?:0|1|on|off|yes|no|true|false)$/i;

/** A default that is a value of the node's own type; upstream also writes sentences there. */
function isFactualDefault(value: Json, node: JsonObject): boolean {
  if (value === null || typeof value === "object") return false;
  const text = String(value);
  if (/\s/.test(text)) return false;
  if (Array.isArray(node.enum) && !node.enum.some((choice) => String(choice) === text)) return false;
  if (node.type === "integer") return WHOLE.test(text);
  if (node.type === "number") return DECIMAL.test(text);
  if (node.type === "boolean") return BOOLEAN.test(text);
  return node.type === "string";
}

function saysSo(node: JsonObject, pattern: RegExp): boolean {
  return [node.description, node.verbose_description].some((text) => typeof text === "string" && pattern.test(text));
}

const strip = (table: Json): Json =>
  isObject(table)
    ? Object.fromEntries(Object.entries(table).map(([name, child]) => [name, factsOfNode(child as JsonObject)]))
    : table;

/** A schema node without prose; `deprecated` is what its prose said. */
export function factsOfNode(node: JsonObject): JsonObject {
  const facts: Record<string, Json> = {};
  for (const [keyword, value] of Object.entries(node)) {
    if (!kept.has(keyword)) continue;
    if (keyword === "default" && !isFactualDefault(value, node)) continue;
    if (keyword === "properties" || keyword === "format") facts[keyword] = strip(value);
    else if (keyword === "items" || keyword === "type-property-schema")
      facts[keyword] = factsOfNode(value as JsonObject);
    else if (keyword === "additionalProperties" && isObject(value)) facts[keyword] = factsOfNode(value);
    else if (keyword === "oneOf" || keyword === "allOf") facts[keyword] = (value as JsonObject[]).map(factsOfNode);
    else facts[keyword] = value;
  }
  if (typeof node.type === "string" && saysSo(node, DEPRECATED)) facts.deprecated = true;
  return facts;
}

function isDirectory({ info, literalChildren }: UpstreamOperation): boolean {
  const links = isObject(info.returns) ? info.returns.links : undefined;
  return literalChildren === true && Array.isArray(links) && links.length > 0;
}

/** An operation without prose, keys sorted. */
export function factsOfOperation(operation: UpstreamOperation): VendoredOperation {
  const { info } = operation;
  const facts: Record<string, Json> = {};
  for (const keyword of OPERATION_KEYWORDS.keep) {
    const value = info[keyword];
    if (value === undefined || value === null) continue;
    if (keyword === "parameters" || keyword === "returns") facts[keyword] = factsOfNode(value as JsonObject);
    else if (keyword === "permissions") {
      const { description, ...rest } = value as JsonObject;
      facts[keyword] = description === undefined ? rest : { ...rest, described: true };
    } else if (keyword === "allowtoken") {
      if (value === 0) facts[keyword] = 0;
    } else if (value !== 0) facts[keyword] = value;
  }
  if (isDirectory(operation)) facts.directory = true;
  if (saysSo(info, DEPRECATED)) facts.deprecated = true;
  if (saysSo(info, EXPERIMENTAL)) facts.experimental = true;
  return sorted(facts) as unknown as VendoredOperation;
}
