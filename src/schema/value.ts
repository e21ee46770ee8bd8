import type { Fact } from "./facts.ts";
import { isListFormat } from "./formats.ts";
import { composePropertyString, PropertyStringError, propertyKeys } from "./property-string.ts";
import { scalarFault, textFault } from "./scalar.ts";

/** What a parameter that must be given, and is not, is told. */
export const MISSING = "is missing: this parameter is required";

/** A fault of a value; `item` counts from 0 within an array. */
export interface ValueFault {
  message: string;
  item?: number;
}

function arrayFault(fact: Fact, value: unknown): ValueFault | undefined {
  // A single value stands for a list of one, and a form cannot tell them apart (pve-facts 4); the server tests it for
  // truth before it makes a list of it.
  if (["", "0", 0].includes(value as never))
    return { message: 'must be a list; the server takes no lone "" or "0" for one' };
  const items: unknown[] = Array.isArray(value) ? value : [value];
  if (!fact.items) return undefined;
  for (const [item, entry] of items.entries()) {
    const message = valueFault(fact.items, entry);
    if (message !== undefined) return { message, item };
  }
  return undefined;
}

/** The fault of an array parameter, or nothing. */
export function listFault(fact: Fact, value: unknown): ValueFault | undefined {
  if (value === undefined) return { message: MISSING };
  if (!fact.oneOf) return arrayFault(fact, value);
  let first: ValueFault | undefined;
  for (const alternative of fact.oneOf) {
    const fault = listFault(alternative, value);
    if (fault === undefined) return undefined;
    first ??= fault;
  }
  return first;
}

/** The fault of one parameter's value under its fact, in plain words, or nothing; undefined is a missing value. */
export function valueFault(fact: Fact, value: unknown): string | undefined {
  if (value === undefined) return MISSING;
  if (fact.type === "array" || fact.oneOf) {
    const fault = listFault(fact, value);
    return fault?.item === undefined ? fault?.message : `item ${fault.item + 1}: ${fault.message}`;
  }
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
