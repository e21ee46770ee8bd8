import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { wire } from "../../generated/wire.ts";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { routes } from "../../src/lab/routes/index.ts";
import type { Fact } from "../../src/schema/facts.ts";
import { call } from "./support.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ seed: "medium" });
});
afterAll(() => lab.close());

/** Where real answers differ from their own schema (pve-facts 28), and this lab with them. */
const DRIFT = [
  "GET /cluster/nextid: no integer",
  "GET /nodes/{node}/lxc/{vmid}/interfaces[].ip-addresses[].prefix: no integer",
  "GET /nodes/{node}/qemu/{vmid}/pending[].value: no string",
  "GET /nodes/{node}/lxc/{vmid}/pending[].value: no string",
];

const FITS: Readonly<Record<string, (value: unknown) => boolean>> = {
  integer: Number.isInteger,
  number: (value) => typeof value === "number",
  string: (value) => typeof value === "string",
  boolean: (value) => value === 0 || value === 1 || typeof value === "boolean",
  array: Array.isArray,
  object: (value) => typeof value === "object",
};

function compare(fact: Fact, value: unknown, where: string, found: Set<string>): void {
  if (value === null) return;
  const fits = FITS[fact.type ?? ""];
  if (fits && !fits(value)) found.add(`${where}: no ${fact.type}`);
  if (fact.enum && !fact.enum.includes(value as string)) found.add(`${where}: ${value} is not in the enumeration`);
  if (Array.isArray(value) && fact.items) for (const item of value) compare(fact.items, item, `${where}[]`, found);
  if (typeof value !== "object" || Array.isArray(value)) return;
  for (const [key, inner] of Object.entries(fact.properties ?? {})) {
    const part = (value as Record<string, unknown>)[key];
    if (part !== undefined) compare(inner, part, `${where}.${key}`, found);
    else if (!inner.optional) found.add(`${where}.${key}: missing`);
  }
}

describe("answers", () => {
  const reads = routes.map((route) => route.id).filter((id) => id.startsWith("GET ") && !id.includes("/agent/"));

  it.each(reads)("of %s fit the schema", async (id) => {
    const upid = lab.state.tasks.all()[Symbol.iterator]().next().value!.upid;
    const path = id
      .slice(4)
      .replace("{node}", "pve1")
      .replace("{vmid}", id.includes("/lxc/") ? "103" : "100")
      .replace("{upid}", encodeURIComponent(upid))
      .replace("{storage}", "local")
      .replace("{poolid}", "production");
    const { status, data } = await call(lab, "GET", path);
    expect(status).toBe(200);
    const operation = wire.operations[id as keyof typeof wire.operations];
    expect(operation).toBeDefined();
    const found = new Set<string>();
    compare(wire.facts[operation!.returns]!, data, id, found);
    expect([...found].filter((difference) => !DRIFT.includes(difference))).toEqual([]);
  });

  it("are there for documented operations only", () => {
    expect(routes.map((route) => route.id).filter((id) => !Object.hasOwn(wire.operations, id))).toEqual([]);
    expect(new Set(routes.map((route) => route.id)).size).toBe(routes.length);
  });
});
