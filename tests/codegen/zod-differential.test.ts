import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { toPlainZod, toZod } from "../../codegen/zod/adapter.ts";
import { type JsonSchema, toJsonSchema, toObjectSchema } from "../../codegen/zod/json-schema.ts";
import { wire } from "../../generated/wire.ts";
import type { Fact } from "../../src/schema/facts.ts";
import * as p from "../../src/schema/parameter.ts";

/** Builds a schema from generated text. */
function built(expression: string): z.ZodType {
  return new Function("z", "p", `return ${expression};`)(z, p) as z.ZodType;
}

/** Patterns that need flag `u`, which neither of the others sets. */
const isUnicode = (pattern: string | undefined): boolean => /\\[pP]\{|\\u|\(\?</.test(pattern ?? "");

/** A schema without what only this project reads: named formats, Unicode patterns. */
function plain(schema: JsonSchema): JsonSchema {
  const { "x-fact": _, format: __, ...rest } = schema;
  if (isUnicode(rest.pattern)) delete rest.pattern;
  if (rest.items) rest.items = plain(rest.items);
  if (rest.anyOf) rest.anyOf = rest.anyOf.map(plain);
  if (rest.properties) {
    rest.properties = Object.fromEntries(Object.entries(rest.properties).map(([name, part]) => [name, plain(part)]));
  }
  return rest;
}

/** Values around what a schema allows, of the type that it names, and some that are far off. */
function samples(schema: JsonSchema): fc.Arbitrary<unknown> {
  const far = fc.constantFrom<unknown>("", "x", -1, 0, 1, 1.5, [], {}, "a b", "A0", "\u00e9");
  const numbers = [schema.minimum, schema.maximum].filter((limit) => limit !== undefined);
  const near: fc.Arbitrary<unknown>[] = [far];
  if (schema.enum) near.push(fc.constantFrom<unknown>(...schema.enum));
  if (schema.type === "integer" || schema.type === "number")
    near.push(fc.integer(), fc.constantFrom(0, ...numbers.flatMap((n) => [n - 1, n, n + 1])));
  if (schema.type === "boolean") near.push(fc.boolean());
  if (schema.type === "string") {
    const lengths = [schema.minLength, schema.maxLength]
      .filter((limit) => limit !== undefined)
      .flatMap((n) => [n - 1, n, n + 1]);
    near.push(
      fc.stringMatching(/^[a-zA-Z0-9:._-]{0,12}$/),
      ...lengths.filter((n) => n >= 0 && n < 9000).map((n) => fc.constant("a".repeat(n))),
    );
    if (schema.pattern && !schema.pattern.includes("(?="))
      near.push(fc.stringMatching(new RegExp(schema.pattern, "u")));
  }
  if (schema.type === "array" && schema.items) near.push(fc.array(samples(schema.items), { maxLength: 3 }));
  return fc.oneof(...near);
}

const parameters = [
  ...new Map(
    Object.values(wire.operations)
      .flatMap(({ parameters: table }) => Object.values(table))
      .map((index) => wire.facts[index]!)
      .map((fact) => [JSON.stringify(plain(toJsonSchema(fact))), fact] as const),
  ),
];

/** Where ours is wider on purpose: digits, 0 and 1, and one value for a list are taken; code points are counted. */
function canonical(schema: JsonSchema, value: unknown): boolean {
  if (schema.anyOf) return schema.anyOf.every((part) => canonical(part, value));
  if (schema.type === "array")
    return Array.isArray(value) && value.every((item) => canonical(schema.items ?? {}, item));
  if (schema.type === "boolean") return typeof value === "boolean" || typeof value === "object";
  if (schema.type === "integer" || schema.type === "number") return typeof value !== "string";
  return typeof value === "string";
}

describe("json-schema-to-zod against z.fromJSONSchema and our own schemas", () => {
  it("agrees on generated samples of every distinct parameter", () => {
    let compared = 0;
    let accepted = 0;
    for (const [key, fact] of parameters) {
      const schema = JSON.parse(key) as JsonSchema;
      const converted = built(toPlainZod(schema));
      const native = z.fromJSONSchema(schema as never);
      const ours = built(toZod(toJsonSchema(fact)));
      const isPlain =
        !isUnicode(fact.pattern) &&
        fact.format === undefined &&
        !fact.keys &&
        !fact.items?.format &&
        !isUnicode(fact.items?.pattern) &&
        !fact.items?.keys &&
        !fact.oneOf;
      fc.assert(
        fc.property(samples(schema), (value) => {
          const verdict = converted.safeParse(value).success;
          expect(native.safeParse(value).success, `${key} ${JSON.stringify(value)}`).toBe(verdict);
          compared++;
          if (verdict) accepted++;
          if (isPlain && canonical(schema, value)) {
            expect(ours.safeParse(value).success, `ours, ${key} ${JSON.stringify(value)}`).toBe(verdict);
          } else if (isPlain && verdict) {
            expect(ours.safeParse(value).success, `ours, ${key} ${JSON.stringify(value)}`).toBe(true);
          }
        }),
        { numRuns: 100, seed: 20260000 },
      );
    }
    console.log(`differential: ${parameters.length} schemas, ${compared} samples, ${accepted} accepted`);
    expect(compared).toBeGreaterThan(10_000);
    expect(accepted).toBeGreaterThan(compared / 10);
  }, 120_000);

  it("agrees on whole operations: what is required, and what is unknown", () => {
    for (const [id, { parameters: table }] of Object.entries(wire.operations)) {
      const facts = Object.fromEntries(
        Object.entries(table).map(([name, index]): [string, Fact] => [name, wire.facts[index]!]),
      );
      const schema = plain(toObjectSchema(facts));
      const converted = built(toPlainZod(schema));
      const native = z.fromJSONSchema(schema as never);
      const ours = built(toZod(toObjectSchema(facts)));
      const names = Object.keys(facts);
      for (const value of [{}, { "no-such-parameter": 1 }, Object.fromEntries(names.map((name) => [name, {}]))]) {
        const verdict = converted.safeParse(value).success;
        expect(native.safeParse(value).success, id).toBe(verdict);
        expect(ours.safeParse(value).success, id).toBe(verdict);
      }
    }
  });
});

describe("the adapter", () => {
  it("is the only file that knows json-schema-to-zod", () => {
    for (const file of ["emit-schemas.ts", "json-schema.ts"]) {
      const text = readFileSync(new URL(`../../codegen/zod/${file}`, import.meta.url), "utf8");
      expect(text).not.toContain('from "json-schema-to-zod"');
    }
  });

  it.each<[string, Fact, string]>([
    ["text", { type: "string" }, "p.text()"],
    ["words", { type: "string", enum: ["a", "b"] }, 'z.enum(["a","b"])'],
    ["words of digits", { type: "string", enum: ["2", "4"] }, 'p.text({"enum":["2","4"]})'],
    ["a boolean with a default", { type: "boolean", default: true }, "p.boolean()"],
    ["a number with a limit", { type: "integer", minimum: 1, default: 1, since: "8.0" }, 'p.integer({"minimum":1})'],
    ["a list", { type: "string", format: "pve-vmid-list" }, 'p.list({"format":"pve-vmid-list"})'],
    ["a named object format", { type: "string", format: "pve-qm-boot" }, 'p.properties({"format":"pve-qm-boot"})'],
    [
      "an array",
      { type: "array", items: { type: "string", format: "pve-configid" } },
      'p.array({"items":{"type":"string","format":"pve-configid"}})',
    ],
  ])("writes %s", (_, fact, expression) => {
    expect(toZod(toJsonSchema(fact))).toBe(expression);
  });
});
