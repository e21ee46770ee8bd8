import { wire } from "../../../generated/wire.ts";
import type { Fact } from "../../schema/facts.ts";
import { addError, checkValue, type Errors, MISSING, scalarText, UNKNOWN } from "./check.ts";
import { isTrue } from "./perl.ts";
import { planOf } from "./plan.ts";

export type Params = Readonly<Record<string, unknown>>;

export interface Accepted {
  status: 200;
  /** In the schema's shape: lists joined, single values wrapped, JSON booleans as 1 and 0; `null` for a bare key. */
  values: Record<string, unknown>;
}

export interface Refused {
  status: 400;
  message: string;
  errors: Errors;
}

export interface VerifyOptions {
  /** Where the values come from: a form has texts only; `json` when absent. */
  source?: "form" | "json";
  /** Version of PVE whose parameters count; the newest when absent. */
  version?: string;
}

/** What the server says of every refusal. */
export const REFUSAL = "Parameter verification failed.\n";

/** One value in the shape that the schema wants, as far as the server brings it there (pve-facts 4). */
function normalize(fact: Fact, value: unknown, source: VerifyOptions["source"]): unknown {
  if (Array.isArray(value)) {
    if (fact.type === "string" && fact.format?.endsWith("-list"))
      return value
        .map((item) => (item === null ? "" : typeof item === "boolean" ? Number(item) : scalarText(item)))
        .join(",");
    return value;
  }
  if (fact.type !== "array" || typeof value === "object" || typeof value === "boolean")
    return source === "form" && typeof value === "number" ? scalarText(value) : value;
  // Perl's idea of truth: neither "0" nor the empty text becomes a list of one.
  return isTrue(scalarText(value)) ? [value] : value;
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

/**
 * Checks the parameters of one operation (method and path template), path parameters among them, as the server does
 * before it carries anything out (pve-facts 3, 4, 11). An operation that the schema does not have accepts everything.
 */
export function verifyOperation(id: string, params: Params, options: VerifyOptions = {}): Accepted | Refused {
  const plan = planOf(id, options.version ?? wire.version);
  if (!plan) return { status: 200, values: { ...params } };
  const errors: Errors = Object.create(null);
  const values: Record<string, unknown> = Object.create(null);
  const chosen = plan.variant(params);
  for (const name of Object.keys(params)) {
    const given = params[name];
    const fact = plan.find(name, chosen);
    if (!fact) {
      if (plan.open) values[name] = given;
      else addError(errors, name, UNKNOWN);
      continue;
    }
    const value = isAbsent(given) ? null : normalize(fact, given, options.source);
    values[name] = fact.type === "boolean" && typeof value === "boolean" ? Number(value) : value;
    if (value !== null) checkValue(fact, value, name, errors, params);
    // A key without a value asks for the others all the same.
    if (fact.requires !== undefined && isAbsent(params[fact.requires]))
      addError(errors, fact.requires, `missing property required by '${name}'`);
  }
  for (const name of plan.required) if (isAbsent(params[name])) addError(errors, name, MISSING);
  if (chosen)
    for (const [name, fact] of chosen) if (!fact.optional && isAbsent(params[name])) addError(errors, name, MISSING);
  if (Object.keys(errors).length > 0) return { status: 400, message: REFUSAL, errors: { ...errors } };
  return { status: 200, values: { ...values } };
}
