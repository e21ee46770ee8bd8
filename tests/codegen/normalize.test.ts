import { describe, expect, it } from "vitest";
import { factsOfNode } from "../../codegen/facts-only.ts";
import { NormalizeError, toFact } from "../../codegen/normalize.ts";
import { toParameters } from "../../codegen/parameters.ts";
import { toCheck, toPermissions } from "../../codegen/permissions.ts";

const string = { type: "string" } as const;

describe("toFact: one row per oddity of the upstream schema", () => {
  it.each<[oddity: string, given: object, want: object]>([
    ["optional as 1", { type: "string", optional: 1 }, { type: "string", optional: true }],
    ["optional as the string 1", { type: "string", optional: "1" }, { type: "string", optional: true }],
    ["optional as 0", { type: "string", optional: 0 }, string],
    ["a boolean's default in words", { type: "boolean", default: "yes" }, { type: "boolean", default: true }],
    ["a boolean's default off", { type: "boolean", default: "off" }, { type: "boolean", default: false }],
    ["a boolean's default as number", { type: "boolean", default: 1 }, { type: "boolean", default: true }],
    ["a number's default as string", { type: "integer", default: "7" }, { type: "integer", default: 7 }],
    ["default null", { type: "string", default: null }, string],
    ["a default below the minimum", { type: "integer", default: 0, minimum: 1 }, { type: "integer", minimum: 1 }],
    ["a default above the maximum", { type: "integer", default: 9, maximum: 5 }, { type: "integer", maximum: 5 }],
    ["a default outside the enum", { type: "string", enum: ["a"], default: "b" }, { type: "string", enum: ["a"] }],
    ["enum null", { type: "string", enum: null }, string],
    ["pattern null", { type: "string", pattern: null }, string],
    [
      "limits as strings",
      { type: "integer", minimum: "0", maximum: "16777216" },
      { type: "integer", minimum: 0, maximum: 16777216 },
    ],
    ["`min` and `max`, which the server does not know", { type: "integer", min: 100, max: 999 }, { type: "integer" }],
    ["an integer with a string enum", { type: "integer", enum: ["1", "2"] }, { type: "integer", enum: [1, 2] }],
    ["an untyped enum", { enum: ["a", "b"] }, { type: "string", enum: ["a", "b"] }],
    ["an untyped array", { items: string }, { type: "array", items: string }],
    ["an untyped object", { properties: { a: string } }, { type: "object", properties: { a: string } }],
    ["an object with items", { type: "object", items: string }, { type: "array", items: string }],
    [
      "an array with properties",
      { type: "array", properties: { a: string } },
      { type: "object", properties: { a: string } },
    ],
    ["an array of anything", { type: "array" }, { type: "array" }],
    ["any", { type: "any" }, {}],
    ["nothing", {}, {}],
    [
      "a template key",
      { type: "object", properties: { "{id}": string } },
      { type: "object", additionalProperties: string },
    ],
    [
      "a template key beside others",
      { type: "object", properties: { a: string, "{id}": { type: "integer" } } },
      { type: "object", properties: { a: string }, additionalProperties: { type: "integer" } },
    ],
    [
      "additionalProperties as a schema",
      { type: "object", additionalProperties: string },
      { type: "object", additionalProperties: string },
    ],
    [
      "additionalProperties as 0 on a result",
      { type: "object", additionalProperties: 0, properties: { a: string } },
      { type: "object", properties: { a: string } },
    ],
    [
      "additionalProperties as 1 on a result",
      { type: "object", additionalProperties: 1, properties: { a: string } },
      { type: "object", properties: { a: string } },
    ],
    [
      "an object format",
      { type: "string", format: { file: { type: "string", default_key: 1 }, ro: { type: "boolean", optional: 1 } } },
      { type: "string", keys: { file: { type: "string", defaultKey: true }, ro: { type: "boolean", optional: true } } },
    ],
    [
      "alias",
      { type: "string", format: { volume: { alias: "file" } } },
      { type: "string", keys: { volume: { alias: "file" } } },
    ],
    [
      "keyAlias",
      { type: "string", format: { virtio: { alias: "macaddr", keyAlias: "model" } } },
      { type: "string", keys: { virtio: { alias: "macaddr", keyAlias: "model" } } },
    ],
    ["a list format", { type: "string", format: "pve-vmid-list" }, { type: "string", format: "pve-vmid-list" }],
    ["an optional format", { type: "string", format: "email-opt" }, { type: "string", format: "email-opt" }],
    [
      "a format on an integer",
      { type: "integer", format: "pve-vmid", minimum: 100 },
      { type: "integer", format: "pve-vmid", minimum: 100 },
    ],
    ["a Perl pattern", { type: "string", pattern: "(?^:\\d{,2})" }, { type: "string", pattern: "(?:\\p{Nd}{0,2})" }],
    ["requires", { type: "string", requires: "other" }, { type: "string", requires: "other" }],
    [
      "oneOf beside type array",
      {
        type: "array",
        "type-property": "protocol",
        oneOf: [{ type: "array", items: string, optional: 1, "instance-types": ["ospf"] }],
      },
      {
        type: "array",
        typeProperty: "protocol",
        oneOf: [{ type: "array", optional: true, items: string, instanceTypes: ["ospf"] }],
      },
    ],
    [
      "type-property beside instance-types",
      { type: "string", "type-property": "protocol", "instance-types": ["ospf"] },
      { type: "string", typeProperty: "protocol", instanceTypes: ["ospf"] },
    ],
    [
      "names that are no identifiers, sorted",
      { type: "object", properties: { type: string, "max-workers": string, delete: string, maxworkers: string } },
      { type: "object", properties: { delete: string, "max-workers": string, maxworkers: string, type: string } },
    ],
    ["deprecated", { type: "string", deprecated: true }, { type: "string", deprecated: true }],
  ])("%s", (_, given, want) => {
    const fact = toFact(given as never, "x");
    expect(fact).toEqual(want);
    expect(Object.keys(fact.properties ?? {})).toEqual(Object.keys(fact.properties ?? {}).sort());
  });

  it.each([
    ["an unknown keyword", { type: "string", const: "a" }, "x: unknown keyword `const`"],
    ["one further down", { type: "array", items: { anyOf: [] } }, "x[]: unknown keyword `anyOf`"],
    ["allOf below the top", { allOf: [] }, "`allOf`"],
    ["a limit that is no number", { type: "integer", minimum: "many" }, 'x.minimum: "many" is not a number'],
    ["a pattern beyond the translator", { type: "string", pattern: "a++" }, "x.pattern: "],
  ])("refuses %s", (_, given, want) => {
    expect(() => toFact(given as never, "x")).toThrow(NormalizeError);
    expect(() => toFact(given as never, "x")).toThrow(want);
  });
});

describe("factsOfNode", () => {
  it.each<[prose: string, given: object, want: object]>([
    [
      "descriptions and type texts",
      {
        type: "string",
        description: "D d.",
        verbose_description: "V",
        typetext: "<s>",
        title: "T",
        format_description: "f",
        renderer: "bytes",
        completion: null,
        links: [],
      },
      string,
    ],
    [
      "a default that is a sentence",
      { type: "integer", default: "cgroup v1: 1024, cgroup v2: 100" },
      { type: "integer" },
    ],
    ["a default of another type", { type: "integer", default: "unlimited" }, { type: "integer" }],
    [
      "a boolean's default with a remark",
      { type: "boolean", default: "0; for erasure coded pools: 1" },
      { type: "boolean" },
    ],
    ["nothing else", { type: "boolean", default: "0" }, { type: "boolean", default: "0" }],
    [
      "a deprecation, but its flag",
      { type: "string", description: "Obsolete: gone." },
      { type: "string", deprecated: true },
    ],
    [
      "prose deep inside",
      { type: "array", items: { type: "object", properties: { description: { type: "string", description: "D" } } } },
      { type: "array", items: { type: "object", properties: { description: string } } },
    ],
  ])("drops %s", (_, given, want) => expect(factsOfNode(given as never)).toEqual(want));
});

describe("toParameters", () => {
  const none = { parameters: {}, families: {}, open: false };
  it.each<[what: string, schema: object, path: string, want: object]>([
    ["no properties at all", { additionalProperties: 0 }, "/x", none],
    ["not even that: unknown ones pass", {}, "/x", { ...none, open: true }],
    ["additionalProperties 1", { additionalProperties: 1, properties: {} }, "/x", { ...none, open: true }],
    [
      "a missing additionalProperties",
      { properties: { a: string } },
      "/x",
      { parameters: { a: string }, families: {}, open: true },
    ],
    [
      "an optional path variable",
      { additionalProperties: 0, properties: { id: { type: "string", optional: 1 } } },
      "/x/{id}",
      { parameters: { id: string }, families: {}, open: false },
    ],
  ])("%s", (_, schema, path, want) => {
    expect(toParameters(schema as never, path, "x")).toEqual(want);
  });

  it("unites allOf, and keeps strict alternatives by the value that chooses", () => {
    const schema = {
      allOf: [
        { additionalProperties: 0, properties: { rule: string } },
        {
          "type-property": "type",
          "type-property-schema": { type: "string", enum: ["a", "b"] },
          oneOf: [
            { additionalProperties: 0, "instance-type": "b", properties: { y: { type: "string", optional: 1 } } },
            { additionalProperties: 0, "instance-type": "a", properties: { x: string } },
          ],
        },
      ],
    };
    expect(toParameters(schema as never, "/x/{rule}", "x")).toEqual({
      parameters: { rule: string, type: { type: "string", enum: ["a", "b"] } },
      families: {},
      open: false,
      variants: { property: "type", options: { a: { x: string }, b: { y: { type: "string", optional: true } } } },
    });
  });

  it.each([
    [
      "an indexed family of unknown size",
      { properties: { id: string, "net[n]": string } },
      "the size of the indexed family `net[n]`",
    ],
    ["a path variable without parameter", { properties: {} }, "path variable `id`"],
    ["an unknown keyword at the top", { properties: { id: string }, links: [] }, "unknown keyword `links`"],
    ["oneOf without a chooser", { properties: { id: string }, oneOf: [] }, "type-property-schema"],
  ])("refuses %s", (_, schema, want) => expect(() => toParameters(schema as never, "/x/{id}", "x")).toThrow(want));
});

describe("permissions", () => {
  it.each<[given: unknown, want: object]>([
    [undefined, { user: "root" }],
    [{ user: "all" }, { user: "all" }],
    [
      { user: "world", described: true },
      { user: "world", described: true },
    ],
    [{ described: true }, { user: "described", described: true }],
    [
      { check: ["perm", "/vms/{vmid}", ["VM.Audit"]] },
      { user: "checked", check: { kind: "perm", path: "/vms/{vmid}", privileges: ["VM.Audit"] } },
    ],
    [
      { user: "all", check: ["perm", "/", ["Sys.Audit"]] },
      { user: "all", check: { kind: "perm", path: "/", privileges: ["Sys.Audit"] } },
    ],
  ])("%j", (given, want) => expect(toPermissions(given as never, "x")).toEqual(want));

  it.each<[given: unknown, want: object]>([
    [["perm", "/a", ["X", "X", "Y"], "any", 1], { kind: "perm", path: "/a", privileges: ["X", "Y"], any: true }],
    [
      ["perm", "/a", ["X"], "require_param", "pool"],
      { kind: "perm", path: "/a", privileges: ["X"], requireParam: "pool" },
    ],
    [
      ["or", ["userid-param", "self"], ["and", ["perm-modify", "{path}"], ["userid-param", "Realm.AllocateUser"]]],
      {
        kind: "or",
        of: [
          { kind: "userid-param", value: "self" },
          {
            kind: "and",
            of: [
              { kind: "perm-modify", path: "{path}" },
              { kind: "userid-param", value: "Realm.AllocateUser" },
            ],
          },
        ],
      },
    ],
    [
      ["userid-group", ["User.Modify"], "groups_param", "create"],
      { kind: "userid-group", privileges: ["User.Modify"], groups: "create" },
    ],
  ])("%j", (given, want) => expect(toCheck(given as never, "x")).toEqual(want));

  it.each([[["magic"]], [["perm", "/a", ["X"], "maybe", 1]], ["perm"]])("refuses %j", (given) =>
    expect(() => toCheck(given as never, "x")).toThrow(NormalizeError),
  );
});
