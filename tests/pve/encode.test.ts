import { describe, expect, test } from "vitest";
import { encodeParams, encodeRequest, percentEncode } from "../../src/pve/encode.ts";
import { InvalidParametersError, PathParameterError } from "../../src/pve/errors.ts";
import type { OperationId, Params } from "../../src/schema/operation.ts";

const CONFIG = "PUT /nodes/{node}/qemu/{vmid}/config";

describe("a call on the wire", () => {
  test.each<[OperationId, Params, unknown]>([
    ["GET /version", {}, { method: "GET", path: "/version" }],
    ["GET /cluster/resources", { type: "vm" }, { method: "GET", path: "/cluster/resources", query: "type=vm" }],
    [
      "DELETE /nodes/{node}/qemu/{vmid}",
      { node: "pve1", vmid: 100, purge: true, skiplock: undefined, "destroy-unreferenced-disks": false },
      { method: "DELETE", path: "/nodes/pve1/qemu/100", query: "purge=1&destroy-unreferenced-disks=0" },
    ],
    [
      "POST /nodes/{node}/qemu/{vmid}/status/start",
      { node: "pve1", vmid: "100" },
      { method: "POST", path: "/nodes/pve1/qemu/100/status/start" },
    ],
    [
      CONFIG,
      { node: "pve1", vmid: 100, net0: "virtio=AA:BB,bridge=vmbr0", boot: "order=scsi0;ide2", tags: "a;b" },
      {
        method: "PUT",
        path: "/nodes/pve1/qemu/100/config",
        body: "net0=virtio%3DAA%3ABB%2Cbridge%3Dvmbr0&boot=order%3Dscsi0%3Bide2&tags=a%3Bb",
      },
    ],
    [
      "GET /nodes/{node}/tasks/{upid}/status",
      { node: "pve1", upid: "UPID:pve1:000001C4:0005A267:6B02EBD7:qmcreate:100:root@pam!mcp:" },
      {
        method: "GET",
        path: "/nodes/pve1/tasks/UPID%3Apve1%3A000001C4%3A0005A267%3A6B02EBD7%3Aqmcreate%3A100%3Aroot%40pam%21mcp%3A/status",
      },
    ],
    [
      "DELETE /nodes/{node}/storage/{storage}/content/{volume}",
      { node: "pve1", storage: "local", volume: "local:iso/debian 12.iso" },
      { method: "DELETE", path: "/nodes/pve1/storage/local/content/local%3Aiso%2Fdebian%2012.iso" },
    ],
    [
      "DELETE /cluster/firewall/ipset/{name}/{cidr}",
      { name: "lan", cidr: "10.0.0.0/24" },
      { method: "DELETE", path: "/cluster/firewall/ipset/lan/10.0.0.0%2F24" },
    ],
  ])("%s %j", (operation, params, expected) => {
    expect(encodeRequest(operation, params)).toEqual(expected);
  });

  test.each<[string, OperationId, Params, string]>([
    [
      "array: the key repeated",
      "POST /nodes/{node}/qemu/{vmid}/agent/exec",
      { command: ["ls", "-l a"] },
      "command=ls&command=-l%20a",
    ],
    ["array of one", "POST /nodes/{node}/qemu/{vmid}/agent/exec", { command: ["ls"] }, "command=ls"],
    ["list: one text", CONFIG, { delete: ["net1", "net2"] }, "delete=net1%2Cnet2"],
    ["list of tags", CONFIG, { tags: ["a", "b"] }, "tags=a%2Cb"],
    ["null counts as absent", CONFIG, { cores: null, memory: 512 }, "memory=512"],
    ["large numbers without an exponent", CONFIG, { memory: 1e21 }, "memory=1000000000000000000000"],
    [
      "property string, default key first",
      CONFIG,
      { net0: { bridge: "vmbr0", firewall: true, model: "virtio" } },
      "net0=virtio%2Cbridge%3Dvmbr0%2Cfirewall%3D1",
    ],
    [
      "named property string",
      CONFIG,
      { agent: { enabled: true, fstrim_cloned_disks: false } },
      "agent=1%2Cfstrim_cloned_disks%3D0",
    ],
    [
      "list of property strings",
      "POST /cluster/mapping/pci",
      { id: "gpu", map: [{ node: "pve1", path: "0000:01:00.0", id: "10de:1eb8" }] },
      "id=gpu&map=id%3D10de%3A1eb8%2Cnode%3Dpve1%2Cpath%3D0000%3A01%3A00.0",
    ],
  ])("%s", (_, operation, params, expected) => {
    expect(encodeParams(operation, { node: "pve1", vmid: 100, ...params })).toBe(
      operation.includes("{vmid}") ? expected : `node=pve1&vmid=100&${expected}`,
    );
  });

  test("sshkeys are encoded once more by the form", () => {
    const keys = percentEncode("ssh-ed25519 AAAA+/= me@host");
    expect(encodeParams(CONFIG, { node: "pve1", vmid: 100, sshkeys: keys })).toBe(
      "sshkeys=ssh-ed25519%2520AAAA%252B%252F%253D%2520me%2540host",
    );
  });

  test("only unreserved characters stay", () => {
    const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join("");
    expect(percentEncode(ascii).replaceAll(/%[0-9A-F]{2}/g, "")).toBe(
      "-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~",
    );
    expect(decodeURIComponent(percentEncode(`${ascii}äöü\u{1f600}\n`))).toBe(`${ascii}äöü\u{1f600}\n`);
  });
});

describe("path parameters that would address another endpoint", () => {
  test.each<[OperationId, Params, RegExp]>([
    ["DELETE /nodes/{node}/network/{iface}", { node: "pve1", iface: "" }, /revert all pending network changes/],
    ["DELETE /nodes/{node}/network/{iface}", { node: "pve1" }, /revert all pending network changes/],
    ["DELETE /cluster/firewall/ipset/{name}/{cidr}", { name: "lan", cidr: "" }, /delete the whole IP set/],
    ["DELETE /access/users/{userid}", { userid: null }, /another endpoint/],
    ["DELETE /access/users/{userid}", { userid: "a@pam/token/b" }, /slash/],
    ["GET /nodes/{node}/status", { node: ".." }, /'\.\.'/],
    ["GET /nodes/{node}/status", { node: "." }, /'\.'/],
    [
      "GET /nodes/{node}/storage/{storage}/content/{volume}",
      { node: "a", storage: "b", volume: "b:iso/../x" },
      /'\.\.'/,
    ],
    ["GET /nodes/{node}/storage/{storage}/content/{volume}", { node: "a", storage: "b", volume: "b:iso//x" }, /empty/],
    ["GET /nodes/{node}/status", { node: ["pve1"] }, /string or a number/],
  ])("%s %j", (operation, params, text) => {
    expect(() => encodeRequest(operation, params)).toThrow(PathParameterError);
    expect(() => encodeRequest(operation, params)).toThrow(text);
  });

  test("three dots and an encoded slash are names like any other", () => {
    expect(encodeRequest("GET /nodes/{node}/status", { node: "..." }).path).toBe("/nodes/.../status");
    expect(encodeRequest("GET /nodes/{node}/status", { node: "a%2Fb" }).path).toBe("/nodes/a%252Fb/status");
    expect(encodeRequest("GET /nodes/{node}/status", { node: "%2e%2e" }).path).toBe("/nodes/%252e%252e/status");
  });
});

describe("values that cannot be sent", () => {
  test.each<[string, Params]>([
    ["an object where no property string is", { cores: { a: 1 } }],
    ["a list where one value is", { cores: [1, 2] }],
    ["not a number", { cores: Number.NaN }],
    ["a function", { name: () => 1 }],
    ["half a surrogate pair", { name: "\ud800" }],
    ["a comma in a property", { net0: { model: "virtio", bridge: "vmbr0,tag=5" } }],
    ["an unknown property", { net0: { model: "virtio", brigde: "vmbr0" } }],
  ])("%s", (_, params) => {
    expect(() => encodeParams(CONFIG, { node: "pve1", vmid: 100, ...params })).toThrow(InvalidParametersError);
  });
});

test("a file is not sent as a form, nor an address that the server would drop the connection for", () => {
  const upload = { node: "pve1", storage: "local", content: "iso", filename: "x.iso" };
  expect(encodeRequest("POST /nodes/{node}/storage/{storage}/upload", upload)).toEqual({
    method: "POST",
    path: "/nodes/pve1/storage/local/upload",
    fields: { content: "iso", filename: "x.iso" },
  });
  const forged = { ...upload, checksum: 'a"\r\n--x' };
  expect(() => encodeRequest("POST /nodes/{node}/storage/{storage}/upload", forged)).toThrow(/line end/);
  const long = { node: "pve1", vmid: 100, command: "x".repeat(8000) };
  expect(() => encodeRequest("DELETE /nodes/{node}/qemu/{vmid}", long)).toThrow(/command: makes the request's address/);
  expect(encodeRequest("POST /nodes/{node}/qemu/{vmid}/agent/exec", long).body!.length).toBe(8008);
});
