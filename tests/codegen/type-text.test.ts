// biome-ignore-all lint/suspicious/noTemplateCurlyInString: TypeScript text that is expected
import { describe, expect, it } from "vitest";
import { familyKey, propertyName, TypeWriter } from "../../codegen/type-text.ts";
import type { Fact } from "../../src/schema/facts.ts";

const parameter = new TypeWriter("parameter", () => "Keys");
const result = new TypeWriter("result", () => "Keys");

describe("TypeWriter", () => {
  it.each<[given: Fact, asParameter: string, asResult: string]>([
    [{ type: "string" }, "string", "string"],
    [{ type: "boolean" }, "boolean | 0 | 1", "boolean"],
    [{ type: "integer" }, "number", "number"],
    [{ type: "null" }, "null", "null"],
    [{}, "unknown", "unknown"],
    [{ type: "string", enum: ["a", 'b"'] }, '"a" | "b\\""', '"a" | "b\\""'],
    [{ type: "integer", enum: [1, 2] }, "1 | 2", "1 | 2"],
    [{ type: "string", keys: { a: { type: "string" } } }, "string | Keys", "string"],
    [{ type: "string", format: "pve-qm-ipconfig" }, "string | Keys", "string"],
    [{ type: "string", format: "pve-node-list" }, "string | readonly string[]", "string"],
    [{ type: "array", items: { type: "boolean" } }, "readonly (boolean | 0 | 1)[]", "boolean[]"],
    [{ type: "array" }, "readonly unknown[]", "unknown[]"],
    [
      { type: "array", oneOf: [{ items: { type: "string" } }, { items: { type: "integer" } }] },
      "readonly (string | number)[]",
      "(string | number)[]",
    ],
    [{ type: "object" }, "Record<string, unknown>", "Record<string, unknown>"],
    [{ type: "object", additionalProperties: { type: "string" } }, "Record<string, string>", "Record<string, string>"],
    [
      { type: "object", properties: { "max-x": { type: "integer", optional: true }, "net[n]": { type: "string" } } },
      '{ "max-x"?: number; [key: `net${number}`]: string | undefined; [key: string]: unknown }',
      '{ "max-x"?: number; [key: `net${number}`]: string | undefined; [key: string]: unknown }',
    ],
  ])("%j", (given, asParameter, asResult) => {
    expect(parameter.type(given)).toBe(asParameter);
    expect(result.type(given)).toBe(asResult);
  });

  it.each([
    ["vmid", "vmid"],
    ["lock-token", '"lock-token"'],
    ["delete", "delete"],
    ["0", '"0"'],
  ])("names %s as %s", (given, want) => expect(propertyName(given)).toBe(want));

  it.each([
    ["net[n]", "`net${number}`"],
    ["net0", undefined],
    ["efidisk0", undefined],
  ])("family key of %s", (given, want) => expect(familyKey(given)).toBe(want));
});
