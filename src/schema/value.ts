import type { Fact } from "./facts.ts";
import { isListFormat } from "./formats.ts";
import { composePropertyString, PropertyStringError, propertyKeys } from "./property-string.ts";
import { scalarFault, textFault } from "./scalar.ts";

/** What a parameter that must be given, and is not, is told. */
export const MISSING = "is missing: this parameter is required";

function arrayFault(fact: Fact, value: unknown): string | undefined {
  // A single value stands for a list of one: a form cannot tell them apart (pve-facts 4).
  const items = Array.isArray(value) ? value : [value];
  if (!fact.items) return undefined;
  for (const [index, item] of items.entries()) {
    const fault = valueFault(fact.items, item);
    if (fault !== undefined) return items.length === 1 ? fault : `item ${index + 1}: ${fault}`;
  }
  return undefined;
}

function alternativesFault(alternatives: readonly Fact[], value: unknown): string | undefined {
  let first: string | undefined;
  for (const alternative of alternatives) {
    const fault = valueFault(alternative, value);
    if (fault === undefined) return undefined;
    first ??= fault;
  }
  return first;
}

/** The fault of one parameter's value under its fact, in plain words, or nothing; undefined is a missing value. */
export function valueFault(fact: Fact, value: unknown): string | undefined {
  if (value === undefined) return MISSING;
  if (fact.oneOf) return alternativesFault(fact.oneOf, value);
  if (fact.type === "array") return arrayFault(fact, value);
  const keys = propertyKeys(fact);
  if (keys && typeof value === "object" && value !== null && !Array.isArray(value)) {
    try {
      return textFault(fact, composePropertyString(keys, value as Record<string, unknown>));
    } catch (error) {
      if (error instanceof PropertyStringError) return error.message;
      throw error;
    }
  }
  if (fact.type === undefined && !isListFormat(fact.format) && typeof value === "object") return undefined;
  return scalarFault(fact, value);
}
