import { describe, expect, it } from "vitest";
import * as z from "zod";
import { readDefinitions } from "../../codegen/surface.ts";
import { emitToolReference, typeOf } from "../../codegen/tool-reference.ts";
import { defineTool, type ToolDefinition } from "../../src/tools/contract.ts";

const emit = (tools: readonly ToolDefinition[]): string =>
  emitToolReference(tools, () => [{ id: "GET /version", class: "read" }]).get("tool-reference.md")!;

describe("a type in words", () => {
  it.each<[schema: z.ZodType, words: string]>([
    [z.string(), "string"],
    [z.string().min(1), "string"],
    [z.string().min(2), "string of at least 2 characters"],
    [z.string().min(1).max(9), "string of 1 to 9 characters"],
    [z.int(), "integer"],
    [z.int().min(0), "integer at least 0"],
    [z.int().max(5), "integer at most 5"],
    [z.int().min(1).max(500), "integer 1 to 500"],
    [z.number(), "number"],
    [z.boolean(), "boolean"],
    [z.enum(["a", "b"]), "`a` \\| `b`"],
    [z.literal("a"), "`a`"],
    [z.array(z.string()), "list of string"],
    [z.union([z.int(), z.string()]), "integer or string"],
    [z.record(z.string(), z.unknown()), "object"],
    [z.record(z.string(), z.int()), "object of integer"],
    [z.object({ a: z.string(), b: z.int().optional() }), "{a, b?}"],
    [z.object({ a: z.object({ b: z.object({ c: z.object({ d: z.int() }) }) }) }), "{a: {b: object}}"],
    [z.array(z.object({ a: z.array(z.object({ b: z.int() })) })), "list of {a: list of {b}}"],
    [z.unknown(), "anything"],
  ])("%#: %s", (schema, words) => {
    expect(typeOf(z.toJSONSchema(schema) as Record<string, unknown>)).toBe(words);
  });
});

describe("the reference", () => {
  const tool = defineTool({
    name: "proxmox_x",
    title: "Do x",
    description: "Do x to a guest.",
    toolset: "guests",
    class: "mutate",
    idempotent: false,
    input: z.strictObject({
      cluster: z.string().optional(),
      how: z.enum(["a", "b"]).default("a").describe("This | or that"),
      limit: z.int().min(1).max(7).describe("Its own"),
    }),
    output: z.object({ done: z.boolean().describe("It was done"), plan: z.object({}).optional() }),
    run: async () => ({ data: { done: true } }),
  });

  it("tells class, own arguments, answers and operations, and shared arguments by name", () => {
    const text = emit([tool as unknown as ToolDefinition]);
    for (const part of [
      "## Guests\n\nToolset `guests`.\n\n### proxmox_x\n\n*Do x*, **mutate**. Do x to a guest.\n",
      '| `how` | `a` \\| `b` | default `"a"` | This \\| or that |',
      "| `limit` | integer 1 to 7 | required | Its own |",
      "Shared arguments: `cluster`, `planId`, `confirm`.",
      "| `done` | boolean | It was done |",
      "Operations: `GET /version` (read).",
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toMatch(/^\| `plan\??` /m);
    expect(text).not.toMatch(/undefined|\[object|&[a-z#0-9]+;/);
  });

  it("has every tool of the registry once", { timeout: 120_000 }, async () => {
    const tools = await readDefinitions();
    const headings = [...emit(tools).matchAll(/^### (\w+)$/gm)].map(([, name]) => name);
    expect(headings.sort()).toEqual(tools.map(({ name }) => name).sort());
  });
});
