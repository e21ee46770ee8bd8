import { describe, expect, it } from "vitest";
import { type Params, verify, verifyOperation } from "../../../src/lab/parameters/index.ts";

const CONFIG = "/nodes/pve1/qemu/100/config";
const UNKNOWN = "property is not defined in schema and the schema does not allow additional properties";
const MISSING = "property is missing and it is not optional";

describe("normalisation", () => {
  it.each<[string, string, string, Params, Params]>([
    ["wraps a single value", "POST", "/nodes/n/qemu/100/agent/exec", { command: "ls" }, { command: ["ls"] }],
    ["joins a list", "PUT", CONFIG, { delete: ["net0", "net1"] }, { delete: "net0,net1" }],
    ["numbers JSON booleans", "PUT", CONFIG, { onboot: true, acpi: false }, { onboot: 1, acpi: 0 }],
    ["leaves digits as they are", "PUT", CONFIG, { onboot: "1", cores: "4" }, { onboot: "1", cores: "4" }],
    ["keeps a key without a value", "POST", "/nodes/n/vzdump", { mode: null }, { mode: null }],
    ["keeps NULs", "POST", "/pools", { poolid: "p1", comment: "a\0b" }, { comment: "a\0b" }],
  ])("%s", (_, method, path, params, values) => {
    expect(verify(method, path, params)).toMatchObject({ status: 200, values });
  });
});

describe("refusals", () => {
  it.each<[string, string, Params, Record<string, string>]>([
    ["PUT", CONFIG, { nope: "1" }, { nope: UNKNOWN }],
    ["PUT", CONFIG, { nope: null }, { nope: UNKNOWN }],
    ["PUT", CONFIG, { net32: "virtio" }, { net32: UNKNOWN }],
    ["PUT", CONFIG, { net01: "virtio" }, { net01: UNKNOWN }],
    ["PUT", CONFIG, { onboot: "yes" }, { onboot: "type check ('boolean') failed - got 'yes'" }],
    ["PUT", CONFIG, { cores: [1] }, { cores: "type check ('integer') failed - got ARRAY" }],
    ["PUT", CONFIG, { name: { a: 1 } }, { name: "type check ('string') failed - got HASH" }],
    ["PUT", CONFIG, { name: true }, { name: "type check ('string') failed - got JSON::PP::Boolean" }],
    ["PUT", CONFIG, { vmid: "101" }, { vmid: "duplicate parameter (already defined in URI) with conflicting values!" }],
    ["POST", "/pools", {}, { poolid: MISSING }],
    ["POST", "/pools", { poolid: null }, { poolid: MISSING }],
    ["POST", "/nodes/n/qemu/100/agent/exec", { command: "" }, { command: "type check ('array') failed" }],
    ["POST", "/nodes/n/qemu/100/agent/exec", { command: ["a", null] }, { "command[1]": MISSING }],
    ["GET", "/nodes/n/qemu", { full: 2 }, { full: "type check ('boolean') failed - got '2'" }],
    [
      "POST",
      "/nodes/n/lxc",
      { vmid: 200, ostemplate: "a:b", memory: 1 },
      { memory: "value must have a minimum value of 16" },
    ],
    [
      "POST",
      "/access/users",
      { userid: "a@pve", password: "x" },
      { password: "value must be at least 8 characters long" },
    ],
    [
      "PUT",
      CONFIG,
      { ipconfig0: "gw=10.0.0.1" },
      { ipconfig0: "invalid format - format error\nipconfig0.ip: missing property required by 'ipconfig0.gw'\n" },
    ],
    [
      "PUT",
      CONFIG,
      { net0: "virtio=AA:BB:CC:00:11:22,e1000=AA:BB:CC:00:11:22" },
      { net0: "invalid format - key alias 'model' is already defined\n" },
    ],
    [
      "PUT",
      CONFIG,
      { boot: "order=nosuch" },
      { boot: "invalid format - format error\nboot.order: invalid format - invalid boot device 'nosuch'\n\n" },
    ],
    [
      "POST",
      "/cluster/backup",
      { "notes-template": "a", protected: 1, all: 1, schedule: "daily" },
      { storage: "missing property required by 'notes-template'\\nmissing property required by 'protected'" },
    ],
  ])("%s %s %j", (method, path, params, errors) => {
    expect(verify(method, path, params)).toEqual({ status: 400, message: "Parameter verification failed.\n", errors });
  });

  it.each([
    ["GET", "/nosuch"],
    ["PUT", "/version"],
    ["GET", "/nodes/a b/status"],
  ])("%s %s is not implemented", (method, path) => {
    expect(verify(method, path, {})).toEqual({ status: 501, message: `Method '${method} ${path}' not implemented` });
  });
});

describe("variants", () => {
  const rule = { rule: "r1", resources: "vm:100" };

  it.each<[Params, string[]]>([
    [{ ...rule, type: "node-affinity", nodes: "pve1", strict: 1 }, []],
    [{ ...rule, type: "resource-affinity", affinity: "positive" }, []],
    [{ ...rule, type: "resource-affinity", affinity: "positive", strict: 1 }, ["strict"]],
    [{ ...rule, type: "node-affinity" }, ["nodes"]],
    [{ ...rule }, ["type"]],
    [{ ...rule, type: "other" }, ["type"]],
  ])("of HA rules: %j", (params, blamed) => {
    const got = verifyOperation("POST /cluster/ha/rules", params);
    expect("errors" in got ? Object.keys(got.errors) : []).toEqual(blamed);
  });

  it.each<[Params, string[]]>([
    [{ protocol: "ospf", delete: ["area"] }, []],
    [{ protocol: "openfabric", delete: ["area"] }, ["delete[0]"]],
    // A protocol that chooses no alternative leaves the list unchecked; unknown parameters pass.
    [{ protocol: "other", delete: ["area"], more: 1 }, ["protocol"]],
  ])("of SDN fabrics: %j", (params, blamed) => {
    const got = verify("PUT", "/cluster/sdn/fabrics/fabric/ab", params);
    expect("errors" in got ? Object.keys(got.errors) : []).toEqual(blamed);
  });
});

describe("versions", () => {
  it("knows parameters by their version", () => {
    const params = { storage: "nfs1", type: "nfs", server: "10.0.0.1", export: "/x", "snapshot-as-volume-chain": 1 };
    expect(verify("POST", "/storage", params).status).toBe(200);
    expect(verify("POST", "/storage", params, { version: "8.4" })).toMatchObject({
      errors: { "snapshot-as-volume-chain": UNKNOWN },
    });
  });
});

describe("speed", () => {
  it("checks a large call within two milliseconds", () => {
    const params: Record<string, unknown> = { vmid: 100, memory: "2048", cores: 4, ostype: "l26", boot: "order=scsi0" };
    for (let n = 0; n < 20; n += 1) params[`net${n}`] = `virtio=BC:24:11:00:00:${10 + n},bridge=vmbr0,tag=${n + 1}`;
    for (let n = 0; n < 20; n += 1) params[`scsi${n}`] = `local-lvm:vm-100-disk-${n},size=32G,discard=on,iothread=1`;
    expect(verify("POST", "/nodes/n/qemu", params).status).toBe(200);
    // The quickest of many: other work on the machine only ever adds.
    let quickest = Number.POSITIVE_INFINITY;
    for (let run = 0; run < 200; run += 1) {
      const started = performance.now();
      verify("POST", "/nodes/n/qemu", params);
      quickest = Math.min(quickest, performance.now() - started);
    }
    expect(quickest).toBeLessThan(2);
  });
});
