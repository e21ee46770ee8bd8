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
  "GET /cluster/config/apiversion: no integer",
  "GET /nodes/{node}/disks/list[].mounted: missing",
  "GET /nodes/{node}/vzdump/defaults.fleecing: no string",
  "GET /nodes/{node}/vzdump/defaults.performance: no string",
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

/** What the medium seed has to read, by path variable. */
const NAMES: Readonly<Record<string, string>> = {
  "{node}": "pve1",
  "{storage}": "local",
  "{poolid}": "production",
  "{userid}": "root@pam",
  "{realm}": "pam",
  "{roleid}": "PVEAdmin",
  "{iface}": "vmbr0",
  "{service}": "pveproxy",
};

/** Whether a read needs nothing that only its own domain's tests make. */
function isPlain(id: string): boolean {
  const operation = wire.operations[id as keyof typeof wire.operations];
  const free = id.replace("{vmid}", "").replace("{upid}", "");
  const variables = [...free.matchAll(/\{[^}]+\}/g)].map(([name]) => name);
  return (
    id.startsWith("GET ") &&
    operation !== undefined &&
    variables.every((name) => NAMES[name] !== undefined) &&
    Object.entries(operation.parameters).every(
      ([name, index]) => wire.facts[index]!.optional || wire.facts[index]!.until || id.includes(`{${name}}`),
    )
  );
}

/** Reads that the server itself refuses on such a cluster: no Ceph, no backup server, no retention, no open console. */
const REFUSED =
  /\/ceph|\/agent\/|file-restore|prunebackups|websocket|\/ha\/groups|\/identity|\/backup-info$|\/sdn\/dry-run|\/cluster\/config\/(?:join|totem|qdevice)/;

describe("answers", () => {
  const reads = routes.map((route) => route.id).filter((id) => isPlain(id) && !REFUSED.test(id));

  it.each(reads)("of %s fit the schema", async (id) => {
    const upid = lab.state.tasks.all()[Symbol.iterator]().next().value!.upid;
    const path = id
      .slice(4)
      .replace("{vmid}", id.includes("/lxc/") ? "103" : "100")
      .replace("{upid}", encodeURIComponent(upid))
      .replace(/\{[^}]+\}/g, (name) => NAMES[name]!);
    const { status, data } = await call(lab, "GET", path);
    expect(status).toBe(200);
    const operation = wire.operations[id as keyof typeof wire.operations];
    const found = new Set<string>();
    compare(wire.facts[operation!.returns]!, data, id, found);
    expect([...found].filter((difference) => !DRIFT.includes(difference))).toEqual([]);
  });

  it("are there for documented operations only", () => {
    // The top of the API answers without being an operation of the schema.
    expect(routes.map((route) => route.id).filter((id) => !Object.hasOwn(wire.operations, id))).toEqual(["GET /"]);
    expect(new Set(routes.map((route) => route.id)).size).toBe(routes.length);
  });
});
