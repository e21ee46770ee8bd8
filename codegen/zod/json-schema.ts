import type { Fact } from "../../src/schema/facts.ts";

/** A plain JSON Schema 2020-12 node; `x-fact` carries what JSON Schema has no word for. */
export interface JsonSchema {
  type?: string;
  enum?: (string | number)[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean;
  "x-fact"?: Fact;
}

const DOCUMENTATION = new Set(["default", "deprecated", "since", "until"]);

/** A fact reduced to what decides about a value. */
function ruleOf(fact: Fact, isTop = true): Fact {
  const rule: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(fact)) {
    if (DOCUMENTATION.has(keyword) || (isTop && (keyword === "optional" || keyword === "requires"))) continue;
    if (keyword === "keys") {
      const keys = Object.entries(value as Record<string, Fact>);
      rule.keys = Object.fromEntries(keys.map(([name, key]) => [name, ruleOf(key, false)]));
    } else if (keyword === "items") rule.items = ruleOf(value as Fact);
    else if (keyword === "oneOf") rule.oneOf = (value as Fact[]).map((part) => ruleOf(part));
    else rule[keyword] = value;
  }
  return rule;
}

/** The JSON Schema of one parameter. */
export function toJsonSchema(fact: Fact): JsonSchema {
  const schema: JsonSchema = { "x-fact": ruleOf(fact) };
  if (fact.oneOf) return { ...schema, anyOf: fact.oneOf.map(toJsonSchema) };
  if (fact.type !== undefined) schema.type = fact.type;
  if (fact.enum) schema.enum = [...fact.enum];
  for (const limit of ["minimum", "maximum", "minLength", "maxLength"] as const) {
    if (fact[limit] !== undefined) schema[limit] = fact[limit];
  }
  if (fact.pattern !== undefined) schema.pattern = `^${fact.pattern}\\n?$`;
  if (fact.format !== undefined) schema.format = fact.format;
  if (fact.items) schema.items = toJsonSchema(fact.items);
  return schema;
}

/** Whether a parameter may be left out; one with alternatives, when one of them may be. */
const mayBeAbsent = (fact: Fact): boolean => fact.optional ?? fact.oneOf?.some((part) => part.optional) ?? false;

/** The JSON Schema of an operation's parameters, by name; closed unless told. */
export function toObjectSchema(parameters: Readonly<Record<string, Fact>>, open = false): JsonSchema {
  const names = Object.keys(parameters);
  return {
    type: "object",
    properties: Object.fromEntries(names.map((name) => [name, toJsonSchema(parameters[name]!)])),
    required: names.filter((name) => !mayBeAbsent(parameters[name]!)),
    additionalProperties: open,
  };
}
