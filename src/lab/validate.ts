import type { Fact, OperationFacts, Wire } from "../schema/facts.ts";
import { OBJECT_FORMATS } from "../schema/format-data/objects.ts";
import { checkFormat, isListFormat } from "./formats.ts";
import { checkPropertyString } from "./property-string.ts";
import { parameterRefusal } from "./refusal.ts";
import { isIn } from "./versions.ts";

type Errors = Record<string, string>;

/** How Perl names the kind of a value that is no scalar. */
function perlKind(value: unknown): string | undefined {
  if (Array.isArray(value)) return "ARRAY";
  if (typeof value === "boolean") return "JSON::PP::Boolean";
  return typeof value === "object" && value !== null ? "HASH" : undefined;
}

function typeError(type: string, value: unknown): string {
  return `type check ('${type}') failed - got ${perlKind(value) ?? `'${String(value)}'`}`;
}

const INTEGER = /^[+-]?\d+\n?$/;
const NUMBER = /^(([+-]?)(?=\d|\.\d)\d*(\.\d*)?([Ee]([+-]?\d+))?)\n?$/;

const patterns = new Map<string, RegExp>();

/** A parameter's pattern as the server tests it: anchored without grouping, one newline at the end let pass. */
function patternOf(text: string): RegExp {
  let pattern = patterns.get(text);
  if (!pattern) {
    pattern = new RegExp(`^${text}(?:\n)?$`, "u");
    patterns.set(text, pattern);
  }
  return pattern;
}

/** The first thing that is wrong with a scalar, in the words of PVE's validator. */
function checkScalar(fact: Fact, name: string, value: unknown): string | undefined {
  const type = fact.type ?? "string";
  if (type === "boolean") {
    if (typeof value === "boolean" || value === 1 || value === 0) return undefined;
    if (value !== "0" && value !== "1") return typeError(type, value);
    return undefined;
  }
  if (perlKind(value) !== undefined) return typeError(type, value);
  const text = String(value);
  if (type === "integer" && !INTEGER.test(text)) return typeError(type, value);
  if (type === "number" && !NUMBER.test(text)) return typeError(type, value);
  // The format comes before every limit.
  const keys = fact.keys ?? (fact.format === undefined ? undefined : OBJECT_FORMATS[fact.format]);
  if (keys) {
    const wrong = checkPropertyString(keys, name, text, (key, inner) => checkScalar(key, name, inner));
    if (wrong !== undefined) return `invalid format - ${wrong}`;
  } else if (fact.format !== undefined) {
    const wrong = checkFormat(fact.format, text);
    if (wrong !== undefined) return `invalid format - ${wrong}\n`;
  }
  if (type === "integer" || type === "number") {
    if (fact.minimum !== undefined && Number(text) < fact.minimum)
      return `value must have a minimum value of ${fact.minimum}`;
    if (fact.maximum !== undefined && Number(text) > fact.maximum)
      return `value must have a maximum value of ${fact.maximum}`;
  }
  if (type === "string") {
    const length = [...text].length;
    if (fact.minLength !== undefined && length < fact.minLength)
      return `value must be at least ${fact.minLength} characters long`;
    if (fact.maxLength !== undefined && length > fact.maxLength)
      return `value may only be ${fact.maxLength} characters long`;
  }
  if (fact.pattern !== undefined && !patternOf(fact.pattern).test(text))
    return "value does not match the regex pattern";
  if (fact.enum && !fact.enum.some((option) => String(option) === text))
    return `value '${text}' does not have a value in the enumeration '${fact.enum.join(", ")}'`;
  return undefined;
}

/** Repeated keys and single values brought to the shape that the schema wants (pve-facts 4). */
function normalize(fact: Fact, value: unknown): unknown {
  // Perl's idea of truth: neither "0" nor the empty text becomes a list of one.
  if (fact.type === "array") return Array.isArray(value) || value === "0" || value === "" ? value : [value];
  if (Array.isArray(value) && isListFormat(fact.format)) return value.join(",");
  return value;
}

function checkValue(fact: Fact, name: string, value: unknown, errors: Errors): void {
  if (fact.type === "array") {
    if (!Array.isArray(value)) {
      errors[name] = "type check ('array') failed";
      return;
    }
    const items = fact.items;
    if (!items) return;
    value.forEach((item, index) => {
      const wrong = item === null ? undefined : checkScalar(items, `${name}[${index}]`, item);
      if (wrong !== undefined) errors[`${name}[${index}]`] = wrong;
    });
    return;
  }
  const wrong = checkScalar(fact, name, value);
  if (wrong !== undefined) errors[name] = wrong;
}

/** Looks up the fact of a parameter, members of indexed families (`net3`) included (pve-facts 17). */
function findFact(wire: Wire, operation: OperationFacts, name: string, version: string): Fact | undefined {
  const own = Object.hasOwn(operation.parameters, name) ? operation.parameters[name] : undefined;
  if (own !== undefined) return inVersion(wire.facts[own], version);
  const member = /^(.*?)(0|[1-9]\d*)$/.exec(name);
  if (!member) return undefined;
  const family = member[1]!;
  const count =
    operation.families && Object.hasOwn(operation.families, family) ? operation.families[family] : undefined;
  if (count === undefined || Number(member[2]) >= count) return undefined;
  const index = operation.parameters[`${family}[n]`];
  return index === undefined ? undefined : inVersion(wire.facts[index], version);
}

/** A parameter that a version does not have is unknown to it. */
function inVersion(fact: Fact | undefined, version: string): Fact | undefined {
  return fact && isIn(version, fact) ? fact : undefined;
}

/** The parameters that a variant adds, by the value of its property. */
function variantParameters(
  operation: OperationFacts,
  params: Readonly<Record<string, unknown>>,
): Record<string, number> {
  const { variants } = operation;
  if (!variants) return {};
  const chosen = params[variants.property];
  if (typeof chosen === "string" && Object.hasOwn(variants.options, chosen)) return { ...variants.options[chosen] };
  return Object.assign({}, ...Object.values(variants.options));
}

/**
 * Checks the parameters of one call as the server does and gives them in the schema's shape; throws 400 with a text
 * for each parameter that is wrong, missing or unknown (pve-facts 3, 11).
 */
export function validate(
  wire: Wire,
  base: OperationFacts,
  params: Readonly<Record<string, unknown>>,
  version: string = wire.version,
): Record<string, unknown> {
  const operation = base.variants
    ? { ...base, parameters: { ...variantParameters(base, params), ...base.parameters } }
    : base;
  const errors: Errors = {};
  const checked: Record<string, unknown> = {};
  for (const [name, given] of Object.entries(params)) {
    const fact = findFact(wire, operation, name, version);
    if (!fact) {
      if (operation.open) checked[name] = given;
      else errors[name] = "property is not defined in schema and the schema does not allow additional properties";
      continue;
    }
    // A key without a value counts as given, but there is nothing to check.
    if (given === null) continue;
    const value = normalize(fact, given);
    checkValue(fact, name, value, errors);
    checked[name] = typeof value === "boolean" && fact.type === "boolean" ? Number(value) : value;
    if (fact.requires !== undefined && params[fact.requires] === undefined)
      errors[fact.requires] = `missing property required by '${name}'`;
  }
  for (const [name, index] of Object.entries(base.parameters)) {
    const fact = wire.facts[index]!;
    if (fact.optional || !isIn(version, fact) || name.endsWith("[n]") || (params[name] ?? null) !== null) continue;
    errors[name] = "property is missing and it is not optional";
  }
  if (Object.keys(errors).length > 0) throw parameterRefusal(errors);
  return checked;
}
