import type { Fact, FactType } from "../src/schema/facts.ts";
import { toJavaScript } from "./perl-regexp.ts";
import { isObject, type Json, type JsonObject, SCHEMA_KEYWORDS } from "./upstream.ts";

type Draft = { -readonly [K in keyof Fact]: Fact[K] };

/** A schema node that cannot be turned into facts: names the place. */
export class NormalizeError extends Error {
  override readonly name = "NormalizeError";
  constructor(place: string, problem: string) {
    super(`${place}: ${problem}`);
  }
}

const known = new Set<string>([...SCHEMA_KEYWORDS.keep, "deprecated"]);
const TEMPLATE_KEY = /^\{.+\}$/;

/** Upstream marks what is optional with 1, and in seven places with "1". */
export const isOptional = (node: JsonObject): boolean => Number(node.optional) === 1;

function typeOf(node: JsonObject): FactType | undefined {
  const type = node.type as string | undefined;
  if (type === "object" && node.items !== undefined && node.properties === undefined) return "array";
  if (type === "array" && node.properties !== undefined && node.items === undefined) return "object";
  if (type === "any") return undefined;
  if (type !== undefined) return type as FactType;
  if (node.properties !== undefined) return "object";
  if (node.items !== undefined) return "array";
  if (Array.isArray(node.enum) && node.enum.every((choice) => typeof choice === "string")) return "string";
  return undefined;
}

const isNumeric = (type: FactType | undefined): boolean => type === "integer" || type === "number";

function numberOf(value: Json | undefined, place: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  const number = Number(value);
  if (!Number.isFinite(number) || value === "")
    throw new NormalizeError(place, `${JSON.stringify(value)} is not a number`);
  return number;
}

function defaultOf(node: JsonObject, fact: Draft): Fact["default"] {
  const value = node.default;
  if (value === undefined || value === null || typeof value === "object") return undefined;
  if (fact.type === "boolean") return /^(?:1|on|yes|true)$/i.test(String(value));
  if (!isNumeric(fact.type)) return String(value);
  const number = Number(value);
  if (fact.minimum !== undefined && number < fact.minimum) return undefined;
  if (fact.maximum !== undefined && number > fact.maximum) return undefined;
  return Number.isFinite(number) ? number : undefined;
}

function scalarFacts(node: JsonObject, fact: Draft, place: string): void {
  if (Array.isArray(node.enum))
    fact.enum = node.enum.map((choice) => (isNumeric(fact.type) ? numberOf(choice, place)! : String(choice)));
  for (const keyword of ["minimum", "maximum", "minLength", "maxLength"] as const) {
    const value = numberOf(node[keyword], `${place}.${keyword}`);
    if (value !== undefined) fact[keyword] = value;
  }
  if (typeof node.pattern === "string") fact.pattern = patternOf(node.pattern, place);
  if (typeof node.format === "string") fact.format = node.format;
  if (isObject(node.format)) fact.keys = tableOf(node.format, `${place}.format`);
  const value = defaultOf(node, fact);
  if (value !== undefined && !(fact.enum && !fact.enum.includes(value as string))) fact.default = value;
}

function patternOf(pattern: string, place: string): string {
  try {
    const source = toJavaScript(pattern);
    new RegExp(`^${source}\\n?$`, "u");
    return source;
  } catch (error) {
    throw new NormalizeError(`${place}.pattern`, error instanceof Error ? error.message : String(error));
  }
}

/** A table of named nodes, sorted by name. */
export function tableOf(nodes: JsonObject, place: string): Record<string, Fact> {
  const names = Object.keys(nodes).sort();
  return Object.fromEntries(names.map((name) => [name, toFact(nodes[name] as JsonObject, `${place}.${name}`)]));
}

function objectFacts(node: JsonObject, fact: Draft, place: string): void {
  const properties = isObject(node.properties) ? node.properties : {};
  const names = Object.keys(properties);
  const template = names.filter((name) => TEMPLATE_KEY.test(name));
  const literal = names.filter((name) => !TEMPLATE_KEY.test(name));
  if (literal.length > 0)
    fact.properties = tableOf(Object.fromEntries(literal.map((name) => [name, properties[name]!])), place);
  if (template.length > 1) throw new NormalizeError(place, "more than one template key");
  if (template.length === 1)
    fact.additionalProperties = toFact(properties[template[0]!] as JsonObject, `${place}.${template[0]}`);
  else if (isObject(node.additionalProperties))
    fact.additionalProperties = toFact(node.additionalProperties, `${place}.additionalProperties`);
}

/** The facts of one vendored schema node; throws at an unknown keyword. */
export function toFact(node: JsonObject, place: string): Fact {
  for (const keyword of Object.keys(node))
    if (!known.has(keyword)) throw new NormalizeError(place, `unknown keyword \`${keyword}\``);
  if (node.allOf !== undefined)
    throw new NormalizeError(place, "`allOf` is only known at the top of an operation's parameters");
  const fact: Draft = {};
  const type = typeOf(node);
  if (type !== undefined) fact.type = type;
  if (isOptional(node)) fact.optional = true;
  scalarFacts(node, fact, place);
  if (Number(node.default_key) === 1) fact.defaultKey = true;
  if (typeof node.alias === "string") fact.alias = node.alias;
  if (typeof node.keyAlias === "string") fact.keyAlias = node.keyAlias;
  if (typeof node.requires === "string") fact.requires = node.requires;
  if (isObject(node.items) && type === "array") fact.items = toFact(node.items, `${place}[]`);
  if (type === "object") objectFacts(node, fact, place);
  if (Array.isArray(node.oneOf))
    fact.oneOf = node.oneOf.map((part, index) => toFact(part as JsonObject, `${place}.oneOf[${index}]`));
  if (typeof node["type-property"] === "string") fact.typeProperty = node["type-property"];
  if (Array.isArray(node["instance-types"])) fact.instanceTypes = node["instance-types"].map(String);
  if (node.deprecated === true) fact.deprecated = true;
  return fact;
}
