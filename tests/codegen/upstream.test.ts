import { describe, expect, it } from "vitest";
import { parseUpstream } from "../../codegen/upstream.ts";

const info = (parameters: object = {}, rest: object = {}) => ({
  GET: { method: "GET", name: "index", parameters, returns: { type: "null" }, ...rest },
});
const js = (tree: unknown, after = ";\n") => `const apiSchema = ${JSON.stringify(tree)}${after}`;
const node = (parameters: object, rest: object = {}) => js([{ path: "/x", info: info(parameters, rest) }]);

describe("parseUpstream", () => {
  it("reads the tree, brackets and quotes inside strings included, and ignores code behind it", () => {
    const tricky = 'a ] } " \\ [ {';
    const text = js(
      [
        {
          path: "/a",
          text: "a",
          leaf: 0,
          info: info({}, { description: tricky }),
          children: [{ path: "/a/{id}", leaf: 1, info: info() }],
        },
      ],
      `;\nlet other = [1, 2]; function f() { return "]"; }`,
    );
    expect(parseUpstream(text, "f.js").map(({ id, literalChildren }) => [id, literalChildren])).toEqual([
      ["GET /a", false],
      ["GET /a/{id}", undefined],
    ]);
  });

  it("never runs what it reads", () => {
    const text = `globalThis.ran = true;\n${js([{ path: "/x", info: info() }], ";\nglobalThis.ran = true;")}`;
    parseUpstream(text, "f.js");
    expect(globalThis).not.toHaveProperty("ran");
  });

  const broken: [given: string, text: string, want: RegExp][] = [
    ["an empty file", "", /^f\.js: character 0: no `const apiSchema = \[` found$/],
    ["another file", "<html>login</html>", /no `const apiSchema/],
    [
      "a truncated file",
      js([{ path: "/x", info: info() }]).slice(0, 60),
      /^f\.js: character 60: the file ends before the schema does$/,
    ],
    ["a truncated string", 'const apiSchema = [{"path": "/x', /ends before/],
    ["code instead of data", "const apiSchema = [ evil() ];", /^f\.js: JSON: /],
    ["no operation", js([]), /holds no operation/],
    [
      "an unknown tree keyword",
      js([{ path: "/x", info: info(), extra: 1 }]),
      /^f\.js: root\[0\]: unknown keyword `extra`$/,
    ],
    ["an unknown method", js([{ path: "/x", info: { PATCH: {} } }]), /^f\.js: \/x: unknown method `PATCH`$/],
    ["an unknown operation keyword", node({}, { cached: 1 }), /^f\.js: GET \/x: unknown keyword `cached`$/],
    [
      "an unknown permission keyword",
      node({}, { permissions: { who: "me" } }),
      /GET \/x permissions: unknown keyword `who`/,
    ],
    [
      "an unknown schema keyword",
      node({ properties: { a: { type: "string", const: 1 } } }),
      /GET \/x parameters\.properties\.a: unknown keyword `const`/,
    ],
    [
      "one inside a property string",
      node({ properties: { a: { format: { b: { typo: 1 } } } } }),
      /parameters\.properties\.a\.format\.b: unknown keyword `typo`/,
    ],
    ["one inside items", node({ properties: { a: { items: { anyOf: [] } } } }), /a\.items: unknown keyword `anyOf`/],
    ["one inside an alternative", node({ oneOf: [{ not: {} }] }), /oneOf\[0\]: unknown keyword `not`/],
    [
      "one inside additionalProperties",
      node({ additionalProperties: { x: 1 } }),
      /additionalProperties: unknown keyword `x`/,
    ],
    ["an unknown type", node({ properties: { a: { type: "text" } } }), /properties\.a: unknown type "text"/],
  ];
  it.each(broken)("refuses %s", (_, text, want) => {
    expect(() => parseUpstream(text, "f.js")).toThrow(want);
  });
});
