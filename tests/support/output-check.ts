import { AjvJsonSchemaValidator as ModernAjv } from "@modelcontextprotocol/client/validators/ajv";
import { AjvJsonSchemaValidator as LegacyAjv } from "@modelcontextprotocol/sdk/validation/ajv";

type Check = (input: unknown) => unknown;

const known = new Map<string, Check>();

/**
 * The check of answers that a client of the era does by itself, made when an answer comes and kept: by itself a client
 * makes those of all tools before its first call, which takes longer than most tests.
 */
function whenNeeded<V extends { getValidator(schema: never): Check }>(era: string, validator: V): V {
  return {
    getValidator(schema: never) {
      const key = `${era} ${JSON.stringify(schema)}`;
      return (input: unknown) => {
        const check = known.get(key) ?? validator.getValidator(schema);
        known.set(key, check);
        return check(input);
      };
    },
  } as V;
}

export const modernCheck = whenNeeded("2026-07-28", new ModernAjv());
export const legacyCheck = whenNeeded("2025", new LegacyAjv());
