import { describe, expect, test } from "vitest";
import { toolSurface } from "../../src/mcp/surface.ts";

const { list } = toolSurface({ severalClusters: true });

type Schema = Record<string, unknown>;

/** What some client, or the API of its model, is known to refuse in a tool's input, and with it every other tool. */
function unportable(schema: Schema, at: string): string[] {
  if (typeof schema !== "object") return [`${at} is a boolean schema`];
  const { type, items, properties = {}, anyOf = [], additionalProperties: more } = schema;
  const faults: string[] = [];
  if (Array.isArray(type)) faults.push(`${at} has a list of types`);
  if (type === undefined && schema.anyOf === undefined) faults.push(`${at} has no type`);
  if (type === "array" && items === undefined) faults.push(`${at} has no items`);
  for (const keyword of ["$ref", "$defs", "oneOf", "allOf", "not", "const", "prefixItems", "propertyNames"]) {
    if (keyword in schema) faults.push(`${at} has ${keyword}`);
  }
  return [
    ...faults,
    ...Object.entries(properties as object).flatMap(([name, one]) => unportable(one as Schema, `${at}.${name}`)),
    ...(anyOf as Schema[]).flatMap((one, index) => unportable(one, `${at}|${index}`)),
    ...(items === undefined ? [] : unportable(items as Schema, `${at}[]`)),
    ...(typeof more === "object" ? unportable(more as Schema, `${at}.*`) : []),
  ];
}

test("no input schema has what a client or the API of its model refuses", () => {
  expect(list.flatMap(({ name, inputSchema }) => unportable(inputSchema as Schema, name))).toEqual([]);
});

describe("tools that a client shows at once", () => {
  test("are where to begin, and what finds all the rest", () => {
    const shown = list.filter(({ _meta }) => _meta?.["anthropic/alwaysLoad"] === true).map(({ name }) => name);
    expect(shown).toEqual(["proxmox_inventory_overview", "proxmox_api_search"]);
  });
});
