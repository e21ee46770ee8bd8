import { AjvJsonSchemaValidator as ModernAjv } from "@modelcontextprotocol/client/validators/ajv";
import { AjvJsonSchemaValidator as LegacyAjv } from "@modelcontextprotocol/sdk/validation/ajv";

type Check = (input: unknown) => unknown;

/** With nothing beside what is listed: the list leaves that out, as clients take long to compile it. */
function exact(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(exact);
  if (typeof schema !== "object" || schema === null) return schema;
  const walked = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [
      key,
      key === "properties"
        ? Object.fromEntries(Object.entries(value as object).map(([name, one]) => [name, exact(one)]))
        : exact(value),
    ]),
  );
  return "properties" in walked && !("additionalProperties" in walked)
    ? { ...walked, additionalProperties: false }
    : walked;
}

const known = new Map<string, Check>();

/**
 * The check of answers that a client of the era does by itself, more exact, made when an answer comes and kept: a client
 * makes those of all tools before its first call, which takes longer than most tests.
 */
function whenNeeded<V extends { getValidator(schema: never): Check }>(era: string, validator: V): V {
  return {
    getValidator(schema: never) {
      const key = `${era} ${JSON.stringify(schema)}`;
      return (input: unknown) => {
        const check = known.get(key) ?? validator.getValidator(exact(schema) as never);
        known.set(key, check);
        return check(input);
      };
    },
  } as V;
}

export const modernCheck = whenNeeded("2026-07-28", new ModernAjv());
export const legacyCheck = whenNeeded("2025", new LegacyAjv());
