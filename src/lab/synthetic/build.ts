import type { Fact } from "../../schema/facts.ts";
import { nowSeconds } from "../clock.ts";
import { checkValue, type Errors } from "../parameters/check.ts";
import { FORMAT_VALUES, NAMED_NUMBERS, NAMED_TEXTS, TEXTS } from "./values.ts";

/** What is known of the call that an answer is made up for. */
export interface Known {
  /** The call's parameters: what is named alike in the answer is most likely the same. */
  params: Readonly<Record<string, unknown>>;
  node: string;
}

/** Nests that describe themselves end here. */
const MAX_DEPTH = 8;

function inLimits(fact: Fact, value: number): number {
  return Math.min(Math.max(value, fact.minimum ?? value), fact.maximum ?? Math.max(value, fact.minimum ?? value));
}

function numberOf(fact: Fact, name: string, { params }: Known): number {
  const given = Number(params[name] ?? Number.NaN);
  if (Number.isFinite(given) && (fact.type === "number" || Number.isInteger(given))) return inLimits(fact, given);
  if (typeof fact.enum?.[0] === "number") return fact.enum[0];
  if (typeof fact.default === "number") return inLimits(fact, fact.default);
  const named = NAMED_NUMBERS.find(([pattern]) => pattern.test(name))?.[1];
  return inLimits(fact, named === "now" ? nowSeconds() : (named ?? 0));
}

function suits(fact: Fact, text: string): boolean {
  const errors: Errors = {};
  checkValue(fact, text, "value", errors, {});
  return Object.keys(errors).length === 0;
}

/** A property string of the keys that it must have, or of the first when it must have none. */
function propertyString(keys: Readonly<Record<string, Fact>>, known: Known, depth: number): string {
  const usable = Object.entries(keys).filter(([, key]) => key.alias === undefined && key.keyAlias === undefined);
  const needed = usable.filter(([, key]) => !key.optional);
  return (needed.length > 0 ? needed : usable.slice(0, 1))
    .map(([name, key]) => [name, buildValue(key, name, known, depth + 1)])
    .filter(([, value]) => value !== undefined)
    .map((pair) => pair.join("="))
    .join(",");
}

function* candidates(fact: Fact, name: string, known: Known): Generator<string> {
  const given = known.params[name];
  if (typeof given === "string" || typeof given === "number") yield String(given);
  if (fact.enum) yield* fact.enum.map(String);
  if (typeof fact.default === "string") yield fact.default;
  if (name === "node" || name === "nodename") yield known.node;
  const format = fact.format?.replace(/-list$/, "");
  const byFormat = FORMAT_VALUES[fact.format ?? ""] ?? FORMAT_VALUES[format ?? ""];
  if (byFormat !== undefined) yield byFormat;
  const named = NAMED_TEXTS.find(([pattern]) => pattern.test(name))?.[1];
  if (named !== undefined) yield named;
  yield* TEXTS;
  yield "";
}

function textOf(fact: Fact, name: string, known: Known, depth: number): string | undefined {
  if (fact.keys && !fact.enum) return propertyString(fact.keys, known, depth);
  for (const text of candidates(fact, name, known)) if (suits(fact, text)) return text;
  return undefined;
}

function objectOf(fact: Fact, known: Known, depth: number): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(fact.properties ?? {})) {
    if (name.endsWith("[n]") || property.until !== undefined || (property.deprecated && property.optional)) continue;
    const value = buildValue(property, name, known, depth + 1);
    if (value !== undefined) object[name] = value;
  }
  return object;
}

/**
 * A value that a fact describes, the same for the same call: what the call names alike, a default, the first of an
 * enumeration, or something usual for the name; nothing when no text fits.
 */
export function buildValue(fact: Fact, name: string, known: Known, depth = 0): unknown {
  if (depth > MAX_DEPTH) return undefined;
  if (fact.oneOf) return buildValue(fact.oneOf[0]!, name, known, depth + 1);
  switch (fact.type) {
    case "integer":
    case "number":
      return numberOf(fact, name, known);
    case "boolean":
      return fact.default === true || fact.default === 1 ? 1 : 0;
    case "string":
      return textOf(fact, name, known, depth);
    case "array": {
      const item = fact.items === undefined ? undefined : buildValue(fact.items, name, known, depth + 1);
      return item === undefined ? [] : [item];
    }
    case "object":
      return objectOf(fact, known, depth);
    default:
      return fact.properties ? objectOf(fact, known, depth) : null;
  }
}
