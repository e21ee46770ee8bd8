import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emitClients } from "../../codegen/emit-clients.ts";
import { emitData } from "../../codegen/emit-data.ts";
import { emitTypes } from "../../codegen/emit-types.ts";
import type { Emitter } from "../../codegen/ir.ts";
import { manifest, removed, schemaVersion, schemaVersions } from "../../generated/manifest.ts";
import { permissions } from "../../generated/permissions.ts";
import { wire } from "../../generated/wire.ts";
import type { Fact } from "../../src/schema/facts.ts";
import type { OperationId } from "../../src/schema/operation.ts";
import { doc, history, ROOT, vendoredIr, vendorManifest } from "./vendored.ts";
import { EXHAUSTIVE } from "../support/exhaustive.ts";

const entry = (id: string) => [...manifest, ...removed].find((operation) => operation.id === id)!;
const parameter = (id: OperationId, name: string): Fact | undefined =>
  wire.facts[wire.operations[id]?.parameters[name] ?? -1];

describe("vendor/pve-docs", () => {
  it("holds six versions", () => {
    expect(vendorManifest.versions.map(({ version, operations }) => [version, operations])).toEqual([
      ["7.4", 540],
      ["8.0", 549],
      ["8.4", 605],
      ["9.0", 628],
      ["9.1", 649],
      ["9.2", 661],
    ]);
    expect(vendorManifest.totals.patternsRecovered).toBe(76);
  });

  it("holds no prose: no text of several words outside patterns, no dropped keyword", () => {
    const prose: string[] = [];
    const dropped = /^(?:description|verbose_description|typetext|title|format_description|renderer|completion|links)$/;
    const visit = (node: unknown, place: string): void => {
      if (typeof node === "string" && /\S\s+\S/.test(node) && !place.endsWith(".pattern"))
        prose.push(`${place}: ${node}`);
      if (typeof node !== "object" || node === null) return;
      for (const [key, child] of Object.entries(node)) {
        // A parameter may be called `description`; its facts are an object.
        const isFacts = typeof child === "object" && child !== null && !Array.isArray(child);
        if (dropped.test(key) && !isFacts) prose.push(`${place}.${key}`);
        visit(child, `${place}.${key}`);
      }
    };
    visit(doc.operations, "");
    for (const [id, operation] of Object.entries(history.operations)) visit({ ...operation, renamed: undefined }, id);
    expect(prose).toEqual([]);
  });
});

describe("generated data", () => {
  it("has the newest operations, and apart the removed ones", () => {
    expect([manifest.length, removed.length, schemaVersion]).toEqual([661, 9, "9.2"]);
    expect(schemaVersions).toEqual(["7.4", "8.0", "8.4", "9.0", "9.1", "9.2"]);
    expect(manifest.filter(({ until }) => until)).toEqual([]);
    expect(removed.every(({ until }) => until)).toBe(true);
    const symbols = [...manifest, ...removed].map(({ symbol }) => symbol);
    expect(new Set(symbols).size).toBe(670);
    for (const { id } of [...manifest, ...removed]) expect(wire.operations[id] && permissions[id], id).toBeTruthy();
  });

  it.each([
    ["GET /version", undefined, undefined],
    ["GET /cluster/ha/rules", "9.0", undefined],
    ["GET /nodes/{node}/hardware/pci/{pci-id-or-mapping}", undefined, undefined],
    ["GET /nodes/{node}/scan/glusterfs", undefined, "8.4"],
    ["GET /nodes/{node}/ceph/pools", undefined, "7.4"],
  ])("%s: since %s until %s", (id, since, until) => expect([entry(id).since, entry(id).until]).toEqual([since, until]));

  it.each<[OperationId, string, Partial<Fact> | undefined]>([
    ["POST /nodes/{node}/qemu", "virtiofs[n]", { since: "8.4", optional: true }],
    ["POST /nodes/{node}/qemu", "vmid", { type: "integer", minimum: 100, maximum: 999999999, format: "pve-vmid" }],
    ["POST /nodes/{node}/qemu/{vmid}/agent/exec", "command", { type: "array" }],
    ["GET /nodes/{node}/qemu/{vmid}/agent/file-read", "count", { maximum: 16777216 }],
    ["POST /cluster/sdn/fabrics/node/{fabric_id}", "interfaces", { optional: true, typeProperty: "protocol" }],
    ["GET /nodes/{node}/qemu", "nothing", undefined],
  ])("%s %s", (id, name, want) => {
    if (want === undefined) expect(parameter(id, name)).toBeUndefined();
    else expect(parameter(id, name)).toMatchObject(want);
  });

  it.each<[OperationId, string, string, string | undefined]>([
    ["POST /nodes/{node}/qemu", "net[n]", "host-tunnel", "9.2"],
    ["POST /nodes/{node}/qemu", "usb[n]", "mapping", "8.0"],
    ["POST /nodes/{node}/qemu", "scsi[n]", "product", "8.4"],
    ["PUT /nodes/{node}/lxc/{vmid}/config", "mp[n]", "keepattrs", "9.1"],
    ["POST /nodes/{node}/qemu", "net[n]", "bridge", undefined],
  ])("%s %s: key %s since %s", (id, name, key, since) => {
    expect(parameter(id, name)!.keys![key]!.since).toBe(since);
  });

  it("keeps path variables required", () => {
    for (const { id, pathVariables, parameters } of vendoredIr().operations)
      for (const name of pathVariables) expect(parameters[name]?.optional, `${id} ${name}`).toBeUndefined();
  });

  it.each([
    ["POST /nodes/{node}/qemu", { task: true }],
    ["POST /nodes/{node}/vzdump", { task: true }],
    ["PUT /cluster/sdn", { task: true }],
    ["GET /cluster", { directory: true }],
    ["POST /access/ticket", { noToken: true }],
    ["PUT /access/password", { noToken: true }],
    ["PUT /nodes/{node}/qemu/{vmid}/config", {}],
    ["GET /nodes", {}],
    ["GET /nodes/{node}/report", {}],
  ])("%s has the flags %j", (id, want) => {
    const { task, noToken, directory } = entry(id);
    expect({ ...(task ? { task } : {}), ...(noToken ? { noToken } : {}), ...(directory ? { directory } : {}) }).toEqual(
      want,
    );
  });

  it("counts the flags", () => {
    const count = (flag: "task" | "noToken" | "directory") => manifest.filter((operation) => operation[flag]).length;
    expect({ task: count("task"), noToken: count("noToken"), directory: count("directory") }).toEqual({
      task: 96,
      noToken: 5,
      directory: 53,
    });
  });

  it("keeps strict alternatives apart", () => {
    const { variants } = wire.operations["POST /cluster/ha/rules"]!;
    expect(variants?.property).toBe("type");
    expect(Object.entries(variants!.options).map(([name, table]) => [name, Object.keys(table)])).toEqual([
      ["node-affinity", ["comment", "disable", "nodes", "resources", "strict"]],
      ["resource-affinity", ["affinity", "comment", "disable", "resources"]],
    ]);
  });
});

describe("verdicts of the real validator", () => {
  interface Verdict {
    method: string;
    template?: string;
    path: string;
    params: Record<string, unknown>;
    status: number;
    errors?: Record<string, string>;
  }
  const text = gunzipSync(readFileSync(join(ROOT, "tests/fixtures/parameters.jsonl.gz"))).toString("utf8");
  const verdicts = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Verdict)
    .filter(({ template }) => template !== undefined);
  const idOf = ({ method, template }: Verdict) => `${method} ${template}` as OperationId;
  const UNDEFINED = /^property is not defined in schema/;
  const MISSING = /^property is missing and it is not optional/;
  const MISMATCH = /^value does not match the regex pattern/;

  function factsOf(verdict: Verdict): {
    params: Record<string, unknown>;
    fact: (name: string) => Fact | undefined;
    names: string[];
    open: boolean;
  } {
    const operation = wire.operations[idOf(verdict)]!;
    const params: Record<string, unknown> = { ...verdict.params };
    const actual = verdict.path.split("/");
    for (const [index, segment] of verdict.template!.split("/").entries())
      if (segment.startsWith("{")) params[segment.slice(1, -1)] = decodeURIComponent(actual[index] ?? "");
    const chosen = operation.variants
      ? operation.variants.options[String(params[operation.variants.property])]
      : undefined;
    const table = { ...operation.parameters, ...chosen };
    const current = (name: string) => {
      const fact = Object.hasOwn(table, name) ? wire.facts[table[name]!] : undefined;
      return fact?.until ? undefined : fact;
    };
    const fact = (name: string) => {
      const [, family, digits] = /^([a-z]+)(0|[1-9]\d*)$/.exec(name) ?? [];
      const size = family === undefined ? undefined : operation.families?.[family];
      return current(name) ?? (size !== undefined && Number(digits) < size ? current(`${family}[n]`) : undefined);
    };
    return {
      params,
      fact,
      names: Object.keys(table).filter((name) => !name.endsWith("[n]") && current(name)),
      open: operation.open === true,
    };
  }

  it("agree with what is known, open, required and matched, operation by operation", () => {
    const disagreements: string[] = [];
    for (const verdict of verdicts) {
      const { params, fact, names, open } = factsOf(verdict);
      const taken = verdict.status === 200;
      const say = (name: string, what: string) => disagreements.push(`${idOf(verdict)} ${name}: ${what}`);
      for (const name of names) {
        const missing = !fact(name)!.optional && !Object.hasOwn(params, name);
        if (missing && taken) say(name, "required here, not there");
        if (!missing && !Object.hasOwn(params, name) && MISSING.test(verdict.errors?.[name] ?? ""))
          say(name, "required there, not here");
      }
      for (const [name, value] of Object.entries(params)) {
        const known = fact(name);
        const error = verdict.errors?.[name] ?? "";
        if (!known && !open && taken) say(name, "unknown here, taken there");
        if (!known && open && UNDEFINED.test(error)) say(name, "open here, refused there");
        if (known?.pattern === undefined || typeof value === "object") {
          if (known && MISMATCH.test(error) && typeof value !== "object") say(name, "has a pattern there, not here");
          continue;
        }
        const matches = new RegExp(`^${known.pattern}\\n?$`, "u").test(String(value));
        if (matches ? MISMATCH.test(error) : taken) say(name, `pattern disagrees on ${JSON.stringify(value)}`);
      }
    }
    expect([...new Set(disagreements)]).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(13_000);
  });

  it("took an unknown parameter of these operations alone", () => {
    const unknown = verdicts.filter(({ params }) => Object.hasOwn(params, "no-such-param"));
    const took = new Set(unknown.filter(({ status }) => status === 200).map(idOf));
    const refused = new Set(unknown.filter(({ errors }) => UNDEFINED.test(errors?.["no-such-param"] ?? "")).map(idOf));
    for (const id of took) expect(wire.operations[id]?.open, id).toBe(true);
    for (const id of refused) expect(wire.operations[id]?.open, id).toBeUndefined();
    expect(took.size).toBe(15);
  });
});

describe("emitters", () => {
  const emitters: [string, Emitter][] = [
    ["data", emitData],
    ["types", emitTypes],
    ["clients", emitClients],
  ];
  it.each(emitters)("%s: the same bytes twice, as committed, without carriage returns", (_, emit) => {
    const files = emit(vendoredIr());
    expect(emit(vendoredIr())).toEqual(files);
    for (const [path, text] of files) {
      expect(
        readFileSync(join(ROOT, "generated", path), "utf8") === text,
        `generated/${path}: run npm run codegen`,
      ).toBe(true);
      expect(text).not.toContain("\r");
      expect(text.endsWith("\n")).toBe(true);
    }
  });

  it("writes a client function that a reader can guess", () => {
    const text = emitClients(vendoredIr()).get("clients/nodes-qemu.ts")!;
    expect(text).toContain('  return send("GET /nodes/{node}/qemu", params, options);');
    expect(text).toContain(
      "export function getNodesQemu(send: Send, params: T.GetNodesQemuParams, options?: SendOptions): Promise<Answer<T.GetNodesQemuResult>> {",
    );
    expect(emitClients(vendoredIr()).get("clients/version.ts")).toContain("params: T.GetVersionParams = {}");
  });
});

describe("codegen --check", () => {
  let copy: string;
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, ["--import", "tsx", join(copy, "codegen/main.ts"), ...args], {
      cwd: copy,
    }).then(
      ({ stdout }) => ({ code: 0, text: stdout }),
      (error: { code: number; stderr: string }) => ({ code: error.code, text: error.stderr }),
    );

  beforeAll(async () => {
    copy = await mkdtemp(join(tmpdir(), "codegen-"));
    for (const name of ["codegen", "templates", "vendor", "src", "package.json", "README.md", "docs"])
      await cp(join(ROOT, name), join(copy, name), { recursive: true });
    await cp(join(ROOT, "generated/validation.json"), join(copy, "generated/validation.json"));
    await symlink(join(ROOT, "node_modules"), join(copy, "node_modules"));
  });
  afterAll(() => rm(copy, { recursive: true }));

  it.runIf(EXHAUSTIVE)(
    "passes after a run, lists what drifted, is missing or too much, and leaves the surface's files alone",
    {
      timeout: 120_000,
    },
    async () => {
      expect(await run()).toMatchObject({ code: 0, text: expect.stringMatching(/^(\d+) files, \d+ changed/) });
      await mkdir(join(copy, "generated/tools"), { recursive: true });
      await writeFile(join(copy, "generated/tools/x.json"), "{}");
      expect(await run("--check")).toMatchObject({ code: 0 });
      await writeFile(join(copy, "generated/types/version.ts"), "changed");
      await rm(join(copy, "generated/wire.ts"));
      await writeFile(join(copy, "generated/types/stale.ts"), "");
      const { code, text } = await run("--check");
      expect(code).toBe(1);
      expect(text).toContain(
        "drifted: generated/types/version.ts\nmissing: generated/wire.ts\nextra: generated/types/stale.ts\n3 generated files differ",
      );
      expect(await run()).toMatchObject({ text: expect.stringMatching(/^\d+ files, 3 changed/) });
      expect(await run("--check")).toMatchObject({ code: 0 });
    },
  );

  it("fails without a summary, and writes nothing", { timeout: 60_000 }, async () => {
    const path = join(copy, "codegen/summaries.json");
    const summaries = JSON.parse(readFileSync(path, "utf8"));
    delete summaries["GET /version"];
    await writeFile(path, JSON.stringify(summaries));
    expect(await run()).toMatchObject({ code: 1, text: expect.stringContaining("GET /version: no summary") });
  });
});
