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

/** Brings a value to the type that its fact states, where it can be read as one; anything else stays as it came. */
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
      return Array.isArray(value) ? value.map((item) => decodeValue(fact.items, item)) : value;
    default:
      return isRecord(value) ? decodeRecord(fact, value) : value;
  }
}

function decodeRecord(fact: Fact, value: Record<string, unknown>): Record<string, unknown> {
  const variant = chosenVariant(fact, value);
  const result: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(value)) {
    const property =
      (fact.properties && familyMember(fact.properties, name)) ??
      (variant?.properties && familyMember(variant.properties, name)) ??
      (typeof fact.additionalProperties === "object" ? fact.additionalProperties : undefined);
    const decoded = decodeValue(property, item);
    // As a key from outside, `__proto__` must stay a key like any other.
    if (name === "__proto__") Object.defineProperty(result, name, { value: decoded, enumerable: true, writable: true });
    else result[name] = decoded;
  }
  return result;
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
