import { describe, expect, it } from "vitest";
import type { OperationIr, SchemaIr } from "../../codegen/ir.ts";
import { emitSchemas } from "../../codegen/zod/emit-schemas.ts";
import type { Fact } from "../../src/schema/facts.ts";

function operation(symbol: string, parameters: Record<string, Fact>, rest: Partial<OperationIr> = {}): OperationIr {
  return {
    id: `POST /${symbol}`,
    method: "POST",
    path: `/${symbol}`,
    pathVariables: [],
    group: "things",
    symbol,
    summary: "A thing",
    class: "mutate",
    parameters,
    removedParameters: {},
    families: {},
    open: false,
    returns: { type: "null" },
    permissions: { user: "all" },
    flags: {},
    ...rest,
  };
}

function emitted(...operations: OperationIr[]): string {
  const ir: SchemaIr = { version: "9.2", versions: ["9.2"], operations, removed: [] };
  return emitSchemas(ir).get("schemas/things.ts")!;
}

const NAME: Fact = { type: "string", maxLength: 40, default: "x", since: "8.0" };
const ON: Fact = { type: "boolean", optional: true, default: true };

describe("emitSchemas", () => {
  it.each<[string, OperationIr, string]>([
    ["no parameters", operation("a", {}), "export const a = lazy(() => z.strictObject({}));"],
    ["no defaults and no versions", operation("a", { name: NAME }), '{"name": p.text({"maxLength":40})}'],
    ["an open object", operation("a", { name: NAME }, { open: true }), 'z.looseObject({"name": '],
    [
      "a family with its bound",
      operation("a", { "net[n]": { type: "string", optional: true } }, { families: { net: 32 } }),
      "indexed({}, { net: { count: 32, schema: s1 } })",
    ],
    [
      "what needs another",
      operation("a", { on: { ...ON, requires: "name" }, name: NAME }),
      '{"on": p.boolean().optional(), "name": p.text({"maxLength":40})}), {"on":"name"})',
    ],
    [
      "variants",
      operation(
        "a",
        { type: { type: "string", enum: ["b", "c"] } },
        { variants: { property: "type", options: { b: { name: NAME }, c: {} } } },
      ),
      'variants("type", {"type": z.enum(["b","c"])}, { "b": {"name": p.text({"maxLength":40})}, "c": {} })',
    ],
    [
      "alternatives of which one may be absent",
      operation("a", {
        list: { type: "array", oneOf: [{ type: "array", optional: true, items: { type: "string" } }] },
      }),
      '"list": p.array({"oneOf":[{"type":"array","items":{"type":"string"}}]}).optional()',
    ],
  ])("writes %s", (_, entry, expected) => {
    expect(emitted(entry)).toContain(expected);
  });

  it("writes once, as a memoised thunk, what a module has more than once", () => {
    const text = emitted(operation("a", { name: NAME, on: ON }), operation("b", { name: NAME }));
    expect(text).toContain('const s1 = lazy(() => p.text({"maxLength":40}));');
    expect(text.match(/maxLength/g)).toHaveLength(1);
  });

  it("imports what it uses and nothing else", () => {
    expect(emitted(operation("a", {}))).not.toContain("parameter.ts");
    expect(emitted(operation("a", { name: NAME }))).not.toContain("operation-schema.ts");
  });

  it("loads every group by a dynamic import", () => {
    const files = emitSchemas({
      version: "9.2",
      versions: ["9.2"],
      operations: [operation("a", {})],
      removed: [operation("b", {}, { group: "old" })],
    });
    expect([...files.keys()]).toEqual(
      ["schemas/old.ts", "schemas/things.ts", "schemas/index.ts"].sort((x, y) =>
        x.endsWith("index.ts") ? 1 : y.endsWith("index.ts") ? -1 : 0,
      ),
    );
    expect(files.get("schemas/index.ts")).toContain('"old": () => import("./old.ts"),');
  });
});
