import type { Fact } from "../src/schema/facts.ts";
import type { VariantsIr } from "./ir.ts";
import { isOptional, NormalizeError, tableOf, toFact } from "./normalize.ts";
import { familySizes } from "./overrides.ts";
import { isObject, type JsonObject } from "./upstream.ts";

/** The parameters of one operation. */
export interface ParametersIr {
  parameters: Record<string, Fact>;
  families: Record<string, number>;
  open: boolean;
  variants?: VariantsIr;
}

const TOP = new Set([
  "additionalProperties",
  "allOf",
  "oneOf",
  "properties",
  "type",
  "type-property",
  "type-property-schema",
]);
const FAMILY = /^([a-z]+)\[n\]$/;

/** The size of an indexed family; throws when codegen/overrides.ts does not know it. */
function familySize(path: string, family: string): number {
  const size = familySizes.find(({ under, sizes }) => (path === under || path.startsWith(`${under}/`)) && sizes[family])
    ?.sizes[family];
  if (size === undefined)
    throw new NormalizeError(path, `the size of the indexed family \`${family}[n]\` is not in codegen/overrides.ts`);
  return size;
}

function variantsOf(schema: JsonObject, place: string): { variants: VariantsIr; property: string; fact: Fact } {
  const property = schema["type-property"];
  const selector = schema["type-property-schema"];
  if (typeof property !== "string" || !isObject(selector))
    throw new NormalizeError(place, "`oneOf` without `type-property-schema`");
  const fact = toFact(selector, `${place}.${property}`);
  const options: Record<string, Record<string, Fact>> = {};
  for (const part of schema.oneOf as readonly JsonObject[]) {
    const name = part["instance-type"];
    if (typeof name !== "string") throw new NormalizeError(place, "an alternative without `instance-type`");
    options[name] = tableOf(isObject(part.properties) ? part.properties : {}, `${place}(${name})`);
  }
  const sorted = Object.fromEntries(
    Object.keys(options)
      .sort()
      .map((name) => [name, options[name]!]),
  );
  return {
    variants: { property, ...(isOptional(selector) ? { optional: true } : {}), options: sorted },
    property,
    fact,
  };
}

/** Unites an operation's parameters: `allOf` parts, alternatives, path variables (always required), indexed families. */
export function toParameters(schema: JsonObject, path: string, place: string): ParametersIr {
  const properties: Record<string, Fact> = {};
  let open = false;
  let variants: VariantsIr | undefined;
  const visit = (node: JsonObject, whole: boolean): void => {
    for (const keyword of Object.keys(node))
      if (!TOP.has(keyword)) throw new NormalizeError(place, `unknown keyword \`${keyword}\``);
    if (isObject(node.properties)) Object.assign(properties, tableOf(node.properties, place));
    if (Array.isArray(node.allOf)) for (const part of node.allOf) visit(part as JsonObject, false);
    if (Array.isArray(node.oneOf)) {
      if (variants) throw new NormalizeError(place, "two sets of alternatives");
      const found = variantsOf(node, place);
      variants = found.variants;
      properties[found.property] = found.fact;
    } else if (!Array.isArray(node.allOf) && whole) open = Number(node.additionalProperties ?? 1) !== 0;
  };
  visit(schema, true);

  for (const [variable] of path.matchAll(/(?<=\{)[^}]+(?=\})/g)) {
    const fact = properties[variable];
    if (!fact) throw new NormalizeError(place, `path variable \`${variable}\` is no parameter`);
    const { optional: _, ...required } = fact;
    properties[variable] = required;
  }
  const families: Record<string, number> = {};
  const parameters: Record<string, Fact> = {};
  for (const name of Object.keys(properties).sort()) {
    const family = FAMILY.exec(name)?.[1];
    if (family !== undefined) families[family] = familySize(path, family);
    parameters[name] = properties[name]!;
  }
  return { parameters, families, open, ...(variants ? { variants } : {}) };
}
