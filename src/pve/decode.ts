import type { Fact } from "../schema/facts.ts";
import type { Answer, OperationId } from "../schema/operation.ts";
import { familyMember, returnsFact } from "./wire-facts.ts";

/** Decodes a successful answer by what the schema says it returns; never fails on a shape (pve-facts 28 to 31). */
export function decodeAnswer(operation: OperationId, contentType: string, text: string): Answer {
  if (!/\bjson\b/i.test(contentType) && !/^\s*\{/.test(text)) return { data: text };
  const parsed = parseJson(text);
  if (!isRecord(parsed)) return { data: parsed ?? text };
  const answer: Answer = { data: decodeValue(returnsFact(operation), parsed.data ?? null) };
  const total = toNumber(parsed.total);
  if (typeof total === "number") answer.total = total;
  if (typeof parsed.changes === "string") answer.changes = parsed.changes;
  return answer;
}

/** What an error's body says beside the reason phrase. */
export function decodeFailure(text: string): { message?: string; errors?: Record<string, string> } {
  const parsed = parseJson(text);
  if (!isRecord(parsed)) {
    const plain = text.trim();
    return plain === "" || plain.startsWith("<") ? {} : { message: plain.slice(0, 2000) };
  }
  const failure: { message?: string; errors?: Record<string, string> } = {};
  if (typeof parsed.message === "string") failure.message = parsed.message;
  if (isRecord(parsed.errors)) {
    failure.errors = Object.fromEntries(
      Object.entries(parsed.errors).map(([name, value]) => [name, String(value).trim()]),
    );
  }
  return failure;
}

/**
 * Brings a value to the type that its fact states, where it can be read as one; anything else stays as it came. Objects
 * and arrays are changed where they are: a copy of ten thousand guests is most of the work.
 */
export function decodeValue(fact: Fact | undefined, value: unknown): unknown {
  if (fact === undefined || value === null || value === undefined) return value;
  switch (fact.type) {
    case "integer":
    case "number":
      return toNumber(value);
    case "boolean":
      return toBoolean(value);
    case "string":
      return typeof value === "number" ? String(value) : value;
    case "array":
      if (Array.isArray(value))
        for (let at = 0; at < value.length; at++) value[at] = decodeValue(fact.items, value[at]);
      return value;
    default:
      return isRecord(value) ? decodeRecord(fact, value) : value;
  }
}

function decodeRecord(fact: Fact, value: Record<string, unknown>): Record<string, unknown> {
  const variant = chosenVariant(fact, value);
  for (const name of Object.keys(value)) {
    const item = value[name];
    const property = propertyOf(fact, name) ?? (variant && propertyOf(variant, name)) ?? additional(fact);
    const decoded = decodeValue(property, item);
    // `JSON.parse` made every key an own one, `__proto__` too, so that it is that key which is set.
    if (decoded !== item) value[name] = decoded;
  }
  return value;
}

const known = new WeakMap<Fact, Map<string, Fact | undefined>>();

/** The fact of a property, or of the indexed family that it belongs to; the same keys come ten thousand times. */
function propertyOf(fact: Fact, name: string): Fact | undefined {
  if (fact.properties === undefined) return undefined;
  const names = known.get(fact) ?? new Map<string, Fact | undefined>();
  known.set(fact, names);
  if (names.has(name)) return names.get(name);
  const found = familyMember(fact.properties, name);
  // Some answers have keys without end, such as UPIDs or addresses.
  if (names.size < 500) names.set(name, found);
  return found;
}

function additional({ additionalProperties }: Fact): Fact | undefined {
  return typeof additionalProperties === "object" ? additionalProperties : undefined;
}

function chosenVariant(fact: Fact, value: Record<string, unknown>): Fact | undefined {
  if (fact.oneOf === undefined || fact.typeProperty === undefined) return undefined;
  const type = String(value[fact.typeProperty]);
  return fact.oneOf.find((option) => option.instanceTypes?.includes(type));
}

function toNumber(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(value)) return value;
  const number = Number(value);
  const exact = !Number.isInteger(number) || Number.isSafeInteger(number) || /[.e]/i.test(value);
  return Number.isFinite(number) && exact ? number : value;
}

function toBoolean(value: unknown): unknown {
  if (value === 1 || value === "1" || value === "true") return true;
  if (value === 0 || value === "0" || value === "false" || value === "") return false;
  return value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
