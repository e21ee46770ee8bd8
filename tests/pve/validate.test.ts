import { describe, expect, it } from "vitest";
import { manifest, removed } from "../../generated/manifest.ts";
import { schemaGroups } from "../../generated/schemas/index.ts";
import { UnknownOperationError, validateCall } from "../../src/pve/validate.ts";
import type { OperationId } from "../../src/schema/operation.ts";

const CREATE = "POST /nodes/{node}/qemu";
const RULES = "POST /cluster/ha/rules";
const vm = { node: "pve1", vmid: 100 };

type Row = [what: string, operation: OperationId, params: object, errors?: Record<string, RegExp>];

const ROWS: Row[] = [
  ["a small VM", CREATE, vm],
  [
    "digits for numbers and words for booleans",
    CREATE,
    { ...vm, vmid: "100", cores: "2", onboot: "1", kvm: false, agent: 1 },
  ],
  ["a property string as an object", CREATE, { ...vm, net0: { model: "virtio", bridge: "vmbr0", firewall: true } }],
  ["a property string as text", CREATE, { ...vm, net31: "virtio=BC:24:11:00:00:01,bridge=vmbr0" }],
  ["a list as an array", "PUT /nodes/{node}/qemu/{vmid}/config", { ...vm, delete: ["net0", "net1"] }],
  ["null as absent", CREATE, { ...vm, cores: null, name: undefined }],
  ["one value for a repeated parameter", "POST /nodes/{node}/qemu/{vmid}/agent/exec", { ...vm, command: "ls" }],
  ["anything where the server takes anything", "GET /cluster/firewall", { whatever: "x" }],
  [
    "a node affinity rule",
    RULES,
    { rule: "r1", type: "node-affinity", nodes: "pve1:2", resources: "vm:100", strict: true },
  ],
  ["a missing parameter", CREATE, { node: "pve1" }, { vmid: /^is missing/ }],
  ["a null in a required one", CREATE, { node: "pve1", vmid: null }, { vmid: /^is missing/ }],
  ["a mistyped parameter", CREATE, { ...vm, memmory: 512 }, { memmory: /did you mean memory\?/ }],
  ["a mistyped member", CREATE, { ...vm, scis0: "local:8" }, { scis0: /did you mean scsi0\?/ }],
  ["a family's end", CREATE, { ...vm, net32: "virtio" }, { net32: /net0 to net31/ }],
  ["a leading zero in a member's name", CREATE, { ...vm, net00: "virtio" }, { net00: /not a parameter/ }],
  [
    "all faults at once",
    CREATE,
    { node: "a b", vmid: 7, net0: "nope", cores: 0, x: 1 },
    { node: /pve1/, vmid: /100/, net0: /model/, cores: /least 1/, x: /not a parameter/ },
  ],
  ["true for text", CREATE, { ...vm, name: true }, { name: /must be text, not a boolean/ }],
  ["a word for a plain boolean", CREATE, { ...vm, onboot: "yes" }, { onboot: /true or false/ }],
  ["a fraction for a whole number", CREATE, { ...vm, cores: 1.5 }, { cores: /whole number/ }],
  ["an unknown word", CREATE, { ...vm, bios: "uefi" }, { bios: /one of: seabios, ovmf/ }],
  ["a parameter without the one it needs", CREATE, { ...vm, force: 1 }, { archive: /force needs it/ }],
  [
    "an item of an array",
    "POST /cluster/mapping/pci",
    { id: "gpu", map: ["id=1,node=pve1"] },
    { map: /^item 1: .*id must match/ },
  ],
  [
    "another variant's parameter",
    RULES,
    { rule: "r1", type: "node-affinity", nodes: "pve1", resources: "vm:100", affinity: "positive" },
    { affinity: /not a parameter/ },
  ],
  [
    "a variant's missing parameter",
    RULES,
    { rule: "r1", type: "resource-affinity", resources: "vm:100" },
    { affinity: /is missing/ },
  ],
  ["no variant where the word that chooses it is missing", RULES, { rule: "r1", affinity: "x" }, { type: /missing/ }],
  [
    "nothing that depends on a wrong word",
    "POST /cluster/sdn/fabrics/node/{fabric_id}",
    { fabric_id: "fab1", node_id: "pve1", protocol: "bogus", interfaces: ["x"] },
    { protocol: /one of: openfabric, ospf/ },
  ],
  [
    "a lone text that is no list to the server",
    "POST /nodes/{node}/qemu/{vmid}/agent/exec",
    { ...vm, command: "" },
    { command: /must be a list/ },
  ],
  ["a name that every object has", CREATE, { ...vm, constructor: "x" }, { constructor: /not a parameter/ }],
  [
    "a name that no object gives away",
    CREATE,
    JSON.parse(`{"node":"pve1","vmid":1,"__proto__":1}`) as object,
    { vmid: /100/, ["__proto__"]: /not a parameter/ },
  ],
];

describe("validateCall", () => {
  it.each(ROWS)("judges %s", async (_, operation, params, errors) => {
    const verdict = await validateCall(operation, params);
    if (errors === undefined) return expect(verdict).toMatchObject({ ok: true });
    expect(verdict.ok).toBe(false);
    const found = verdict.ok ? {} : verdict.errors;
    expect(Object.keys(found).sort()).toEqual(Object.keys(errors).sort());
    for (const [name, message] of Object.entries(errors)) expect(found[name]).toMatch(message);
  });

  it("gives the parameters back as they came, without nulls and without defaults", async () => {
    const verdict = await validateCall(CREATE, { ...vm, net0: { model: "virtio" }, cores: null });
    expect(verdict).toEqual({ ok: true, params: { ...vm, net0: { model: "virtio" } } });
  });

  it("names faulty items as the server does, beside the parameter", async () => {
    const verdict = await validateCall("POST /cluster/mapping/pci", {
      id: "gpu",
      map: ["id=1234:5678,node=pve1,path=0000:01:00", "x"],
    });
    expect(verdict).toEqual({
      ok: false,
      errors: { map: expect.stringMatching(/^item 2: /) },
      items: { "map[1]": expect.stringMatching(/no key/) },
    });
  });

  it("refuses an operation that no version has", async () => {
    await expect(validateCall("GET /nope", {})).rejects.toThrow(UnknownOperationError);
  });

  it("has a schema for every operation, removed ones included", async () => {
    for (const { group, symbol, id } of [...manifest, ...removed]) {
      const module = await schemaGroups[group]!();
      expect(module[symbol]?.(), id).toBeDefined();
    }
  });
});

describe("validateCall for a host's version", () => {
  const scan = { node: "pve1", server: "10.0.0.1" };
  it.each<[string, OperationId, object, string, Record<string, RegExp>?]>([
    ["an operation from later on", "GET /cluster/ha/rules", {}, "8.4", { operation: /since 9\.0; .* runs 8\.4/ }],
    ["the same on a host that has it", "GET /cluster/ha/rules", {}, "9.0.3"],
    ["an operation that ended", "GET /nodes/{node}/scan/glusterfs", scan, "9.2", { operation: /gone after 8\.4/ }],
    ["the same on a host that has it", "GET /nodes/{node}/scan/glusterfs", scan, "8.4"],
    [
      "its parameters all the same",
      "GET /nodes/{node}/scan/glusterfs",
      { node: "pve1" },
      "8.4",
      { server: /is missing/ },
    ],
    ["a parameter from later on", CREATE, { ...vm, "ha-managed": true }, "8.4", { "ha-managed": /since 9/ }],
    ["a version between two known ones, in its favour", "GET /cluster/ha/rules", {}, "8.9"],
    ["a version newer than all", CREATE, vm, "10.1"],
  ])("judges %s", async (_, operation, params, version, errors) => {
    const verdict = await validateCall(operation, params, { version });
    if (errors === undefined) return expect(verdict).toMatchObject({ ok: true });
    expect(verdict.ok).toBe(false);
    for (const [name, message] of Object.entries(errors)) expect(!verdict.ok && verdict.errors[name]).toMatch(message);
  });

  it("takes what an older version had and the newest refuses, by its own rules", async () => {
    const { wire } = await import("../../generated/wire.ts");
    let seen = 0;
    for (const entry of manifest) {
      for (const [name, index] of Object.entries(wire.operations[entry.id]!.parameters)) {
        const { until, enum: words, type, format, keys } = wire.facts[index]!;
        if (until === undefined || name.endsWith("[n]") || format || keys) continue;
        seen++;
        const value = words?.[0] ?? (type === "string" ? "x" : 1);
        const errorOf = async (version?: string) => {
          const verdict = await validateCall(entry.id, { [name]: value }, version === undefined ? {} : { version });
          return verdict.ok ? undefined : verdict.errors[name];
        };
        expect(await errorOf(), `${entry.id} ${name}`).toMatch(`gone after ${until}`);
        expect((await errorOf(until)) ?? "", `${entry.id} ${name}`).not.toMatch(/gone after|not a parameter/);
      }
    }
    expect(seen).toBeGreaterThan(10);
  });
});
