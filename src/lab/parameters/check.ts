import type { Fact } from "../../schema/facts.ts";
import { textFormat } from "./formats/index.ts";
import { OBJECT_KEYS, OBJECT_RULES } from "./object-rules.ts";
import { isInteger, isNumber, lengthOf, numberText, numeric } from "./perl.ts";
import { type Keys, PropertyStringProblem, parsePropertyString } from "./property-string.ts";

/** What is wrong, by parameter, in the server's words. */
export type Errors = Record<string, string>;

export const MISSING = "property is missing and it is not optional";
export const UNKNOWN = "property is not defined in schema and the schema does not allow additional properties";

/** Two complaints about one parameter stand in one text, parted by a backslash and an `n`. */
export function addError(errors: Errors, path: string, text: string): void {
  const before = errors[path];
  errors[path] = before === undefined ? text : `${before}\\n${text}`;
}

/** How Perl names the kind of a value that is no scalar. */
function perlKind(value: unknown): string | undefined {
  if (Array.isArray(value)) return "ARRAY";
  if (typeof value === "boolean") return "JSON::PP::Boolean";
  return typeof value === "object" && value !== null ? "HASH" : undefined;
}

/** A scalar as the text that the server sees. */
export function scalarText(value: unknown): string {
  return typeof value === "number" ? numberText(value) : String(value);
}

/** What is wrong with the kind of a value, if anything. */
function typeProblem(type: Fact["type"], value: unknown): string | undefined {
  if (type === undefined) return undefined;
  const kind = perlKind(value);
  const failed = `type check ('${type}') failed`;
  switch (type) {
    case "null":
      return `${failed} - value is not null`;
    case "array":
      return kind === "ARRAY" ? undefined : failed;
    case "object":
      return kind === "HASH" ? undefined : failed;
  }
  if (kind !== undefined)
    return type === "boolean" && typeof value === "boolean" ? undefined : `${failed} - got ${kind}`;
  const text = scalarText(value);
  const ok =
    type === "string" ||
    (type === "boolean" ? text === "0" || text === "1" : type === "integer" ? isInteger(text) : isNumber(text));
  return ok ? undefined : `${failed} - got '${text}'`;
}

const patterns = new WeakMap<Fact, RegExp>();

function matchesPattern(fact: Fact, text: string): boolean {
  let pattern = patterns.get(fact);
  if (!pattern) {
    // Ungrouped, as on the server: a pattern's first and last alternative carry one anchor each.
    pattern = new RegExp(`^${fact.pattern}\\n?$`, "u");
    patterns.set(fact, pattern);
  }
  return pattern.test(text);
}

/** The complaint about a property string, as it follows `invalid format - `. */
function objectFormatProblem(keys: Keys, name: string | undefined, text: string, path: string): string | undefined {
  let values: Record<string, string>;
  try {
    values = parsePropertyString(keys, text);
  } catch (error) {
    if (error instanceof PropertyStringProblem) return error.message;
    throw error;
  }
  const errors: Errors = Object.create(null);
  checkObject(keys, values, path, errors, false);
  const lines = Object.entries(errors);
  if (lines.length > 0) return `format error\n${lines.map(([key, problem]) => `${key}: ${problem}\n`).join("")}`;
  return name === undefined ? undefined : OBJECT_RULES.get(name)?.(values);
}

/** The complaint about a value of a named format, text or object; nothing when it is fine or the format has no rule. */
export function formatProblem(format: string, text: string, path: string): string | undefined {
  const keys = OBJECT_KEYS.get(format);
  if (keys) return objectFormatProblem(keys, format, text, path);
  return textFormat(format)?.(text);
}

function scalarProblem(fact: Fact, text: string, path: string): string | undefined {
  const wrong = fact.keys
    ? objectFormatProblem(fact.keys, fact.format, text, path)
    : fact.format === undefined
      ? undefined
      : formatProblem(fact.format, text, path);
  if (wrong !== undefined) return `invalid format - ${wrong}`;
  if (fact.pattern !== undefined && !matchesPattern(fact, text)) return "value does not match the regex pattern";
  if (fact.maxLength !== undefined && lengthOf(text) > fact.maxLength)
    return `value may only be ${fact.maxLength} characters long`;
  if (fact.minLength !== undefined && lengthOf(text) < fact.minLength)
    return `value must be at least ${fact.minLength} characters long`;
  if ((fact.maximum !== undefined || fact.minimum !== undefined) && isNumber(text)) {
    const size = numeric(text);
    if (fact.maximum !== undefined && size > fact.maximum) return `value must have a maximum value of ${fact.maximum}`;
    if (fact.minimum !== undefined && size < fact.minimum) return `value must have a minimum value of ${fact.minimum}`;
  }
  if (fact.enum && !fact.enum.some((option) => String(option) === text))
    return `value '${text}' does not have a value in the enumeration '${fact.enum.join(", ")}'`;
  return undefined;
}

/** The alternative that the value of the type property chooses; nothing is checked when it chooses none. */
function alternative(fact: Fact, siblings: Readonly<Record<string, unknown>>): Fact | undefined {
  if (!fact.oneOf) return fact;
  const chosen = fact.typeProperty === undefined ? undefined : siblings[fact.typeProperty];
  return fact.oneOf.find((option) => option.instanceTypes?.includes(String(chosen)));
}

/** Checks one value, absent ones too, as the server does: kind, format, pattern, length, limits, words. */
export function checkValue(
  fact: Fact,
  value: unknown,
  path: string,
  errors: Errors,
  siblings: Readonly<Record<string, unknown>>,
): void {
  if (value === undefined || value === null) {
    if (!fact.optional && fact.alias === undefined) addError(errors, path, MISSING);
    return;
  }
  const chosen = alternative(fact, siblings);
  if (!chosen) return;
  const wrongType = typeProblem(chosen.type, value);
  if (wrongType !== undefined) {
    addError(errors, path, wrongType);
    return;
  }
  if (Array.isArray(value)) {
    const { items } = chosen;
    if (items)
      for (const [index, item] of value.entries()) checkValue(items, item, `${path}[${index}]`, errors, siblings);
    return;
  }
  if (typeof value === "object") {
    if (chosen.properties || chosen.additionalProperties !== undefined)
      checkObject(chosen.properties ?? {}, value as Record<string, unknown>, path, errors, chosen.additionalProperties);
    return;
  }
  // The server sees JSON booleans as objects and looks no further.
  if (typeof value === "boolean") return;
  const wrong = scalarProblem(chosen, scalarText(value), path);
  if (wrong !== undefined) addError(errors, path, wrong);
}

/** Checks the keys of an object: known, unknown, and those that others ask for. */
function checkObject(
  keys: Keys,
  values: Readonly<Record<string, unknown>>,
  path: string,
  errors: Errors,
  additional: boolean | Fact | undefined,
): void {
  const prefix = path === "" ? "" : `${path}.`;
  for (const key of Object.keys(keys)) checkValue(keys[key]!, values[key], prefix + key, errors, values);
  for (const key of Object.keys(values)) {
    const fact = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (fact) {
      const { requires } = fact;
      if (requires !== undefined && (values[requires] ?? null) === null)
        addError(errors, prefix + requires, `missing property required by '${prefix}${key}'`);
    } else if (additional === false) addError(errors, prefix + key, UNKNOWN);
    else if (typeof additional === "object") checkValue(additional, values[key], prefix + key, errors, values);
  }
}
