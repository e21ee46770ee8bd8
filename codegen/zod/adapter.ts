import { type JsonSchema as Input, jsonSchemaToZod, parseSchema, type Refs } from "json-schema-to-zod";
import type { Fact } from "../../src/schema/facts.ts";
import { OBJECT_FORMATS } from "../../src/schema/format-data/objects.ts";
import type { JsonSchema } from "./json-schema.ts";

const NUMERIC = /^[+-]?[0-9.]+$/;

/** The builder of `src/schema/parameter.ts` for a fact, or nothing where plain zod says it all. */
function builderOf(fact: Fact): string | undefined {
  if (fact.oneOf || fact.type === "array") return "array";
  if (fact.type === "boolean" || fact.type === "integer" || fact.type === "number") return fact.type;
  if (fact.keys || (fact.format !== undefined && Object.hasOwn(OBJECT_FORMATS, fact.format))) return "properties";
  if (fact.format?.endsWith("-list")) return "list";
  // A number given for a word of digits counts as that word, which z.enum would refuse.
  const onlyWords = Object.keys(fact).every((keyword) => keyword === "type" || keyword === "enum");
  return onlyWords && fact.enum?.every((word) => !NUMERIC.test(String(word))) ? undefined : "text";
}

function builderCall(fact: Fact): string | undefined {
  const builder = builderOf(fact);
  if (builder === undefined) return undefined;
  const { type: _, ...rest } = fact;
  const rules = builder === "array" && fact.oneOf ? { ...rest, typeProperty: undefined } : rest;
  return Object.keys(rest).length === 0 || builder === "boolean"
    ? `p.${builder}()`
    : `p.${builder}(${JSON.stringify(rules)})`;
}

/**
 * The zod expression of a JSON Schema. The only place that knows json-schema-to-zod, whose maintenance ends; a named
 * expression is written once per module, through `intern`.
 */
export function toZod(schema: JsonSchema, intern: (expression: string) => string = (expression) => expression): string {
  const parserOverride = (node: JsonSchema, refs: Refs): string | undefined => {
    if (node["x-fact"]) return builderCall(node["x-fact"]);
    if (node.type !== "object") return undefined;
    const entries = Object.entries(node.properties ?? {}).map(([name, property]) => {
      const expression = parseSchema(property as Input, { ...refs, seen: new Map() });
      const full = node.required?.includes(name) ? expression : `${expression}.optional()`;
      return `${JSON.stringify(name)}: ${intern(full)}`;
    });
    return `z.${node.additionalProperties ? "looseObject" : "strictObject"}({${entries.join(", ")}})`;
  };
  return jsonSchemaToZod(schema as Input, { withoutDefaults: true, parserOverride: parserOverride as never });
}

/** The zod expression of a plain JSON Schema as json-schema-to-zod itself writes it; for comparison. */
export function toPlainZod(schema: JsonSchema): string {
  return jsonSchemaToZod(schema as Input, { withoutDefaults: true });
}
