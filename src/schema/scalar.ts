import type { Fact } from "./facts.ts";
import { isListFormat, textFormatFault } from "./formats.ts";
import { OBJECT_RULES, type Properties } from "./object-rules.ts";
import { matchesPattern, readablePattern } from "./pattern.ts";
import { type Keys, PropertyStringError, parsePropertyString, propertyKeys } from "./property-string.ts";
import { codePoints } from "./text.ts";

const INTEGER = /^[+-]?\p{Nd}+\n?$/u;
const NUMBER = /^[+-]?(\p{Nd}+\.\p{Nd}+|\p{Nd}+\.|\.\p{Nd}+|\p{Nd}+)([eE][+-]?\p{Nd}+)?\n?$/u;
const LEADING_NUMBER = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/;

/** The number that the server computes with for a numeric text: as far as its digits are ASCII. */
function numeric(text: string): number {
  return Number(LEADING_NUMBER.exec(text)?.[0] ?? 0);
}

/** Words for a value's kind; never the value, which may be a secret. */
function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (value === null) return "null";
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  return typeof value === "object" ? "an object" : typeof value === "string" ? "other text" : `a ${typeof value}`;
}

/** A value as the text that the server reads, or nothing when it is not a scalar. */
function scalarText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  return typeof value === "bigint" ? String(value) : undefined;
}

function limits(fact: Fact, text: string): string | undefined {
  if (fact.maxLength !== undefined || fact.minLength !== undefined) {
    const length = codePoints(text);
    if (length > (fact.maxLength ?? Infinity))
      return `may have at most ${fact.maxLength} characters, this has ${length}`;
    if (length < (fact.minLength ?? 0)) return `must have at least ${fact.minLength} characters, this has ${length}`;
  }
  if ((fact.minimum !== undefined || fact.maximum !== undefined) && NUMBER.test(text)) {
    const number = numeric(text);
    if (number > (fact.maximum ?? Infinity)) return `must be at most ${fact.maximum}`;
    if (number < (fact.minimum ?? -Infinity)) return `must be at least ${fact.minimum}`;
  }
  if (fact.enum && !fact.enum.some((word) => String(word) === text)) return `must be one of: ${fact.enum.join(", ")}`;
  return undefined;
}

/** The fault of a boolean: true, false, 0 and 1, as numbers or as text, pass. */
function booleanFault(value: unknown): string | undefined {
  if (typeof value === "boolean") return undefined;
  return /^[01]\n?$/.test(scalarText(value) ?? "")
    ? undefined
    : `must be true or false (or 1 or 0), not ${kindOf(value)}`;
}

/** The fault of a text under everything that its fact says, in plain words, or nothing. */
export function textFault(fact: Fact, text: string): string | undefined {
  if (fact.keys) {
    const fault = objectFormatFault(fact, text);
    if (fault !== undefined) return fault;
  } else if (fact.format !== undefined) {
    const fault = objectFormatFault(fact, text) ?? textFormatFault(fact.format, text);
    if (fault !== undefined) return fault;
  }
  if (fact.pattern !== undefined && !matchesPattern(fact.pattern, text))
    return `must match the pattern ${readablePattern(fact.pattern)}`;
  return limits(fact, text);
}

/** The fault of one scalar under its fact, in plain words, or nothing; arrays and objects are judged elsewhere. */
export function scalarFault(fact: Fact, value: unknown): string | undefined {
  if (fact.type === "boolean") return booleanFault(value);
  if (Array.isArray(value) && isListFormat(fact.format)) {
    const items = value.map(scalarText);
    const bad = items.indexOf(undefined);
    return bad < 0 ? textFault(fact, items.join(",")) : `item ${bad + 1}: must be text, not ${kindOf(value[bad])}`;
  }
  const text = scalarText(value);
  if (text === undefined)
    return `must be ${fact.type === "integer" ? "a whole number" : fact.type === "number" ? "a number" : "text"}, not ${kindOf(value)}`;
  if (fact.type === "integer" && !INTEGER.test(text)) return "must be a whole number, e.g. 1";
  if (fact.type === "number" && !NUMBER.test(text)) return "must be a number, e.g. 1.5";
  return textFault(fact, text);
}

/** The faults of parsed values under their keys' rules, by key. */
function propertyFaults(keys: Keys, values: Properties): Record<string, string> {
  const faults: Record<string, string> = {};
  for (const [key, fact] of Object.entries(keys)) {
    const value = Object.hasOwn(values, key) ? values[key] : undefined;
    if (value === undefined) {
      if (!fact.optional && fact.alias === undefined) faults[key] = "is missing";
      continue;
    }
    const fault = scalarFault(fact, value);
    if (fault !== undefined) faults[key] = fault;
    if (fact.requires !== undefined && !Object.hasOwn(values, fact.requires)) {
      faults[fact.requires] ??= `is missing, and ${key} needs it`;
    }
  }
  return faults;
}

/** The fault of a text under an object format, named or inline, in plain words; nothing when it is none. */
function objectFormatFault(fact: Pick<Fact, "keys" | "format">, text: string): string | undefined {
  const keys = propertyKeys(fact);
  if (!keys) return undefined;
  let values: Record<string, string>;
  try {
    values = parsePropertyString(keys, text);
  } catch (error) {
    if (error instanceof PropertyStringError) return error.message;
    throw error;
  }
  const faults = Object.entries(propertyFaults(keys, values));
  if (faults.length > 0) return faults.map(([key, fault]) => `${key} ${fault}`).join("; ");
  return fact.format === undefined ? undefined : OBJECT_RULES[fact.format]?.(values);
}
