import { describe, expect, it } from "vitest";
import { manifest, removed } from "../../generated/manifest.ts";
import { matchPath } from "../../src/pve/route.ts";

describe("matchPath", () => {
  it.each<[string, string, string, Record<string, string>]>([
    ["GET", "/nodes/pve1/qemu", "GET /nodes/{node}/qemu", { node: "pve1" }],
    ["GET", "//nodes//pve1/qemu/", "GET /nodes/{node}/qemu", { node: "pve1" }],
    ["GET", "nodes/pve1/qemu/100/config", "GET /nodes/{node}/qemu/{vmid}/config", { node: "pve1", vmid: "100" }],
    ["GET", "/cluster/ha/status/current", "GET /cluster/ha/status/current", {}],
    [
      "DELETE",
      "/nodes/pve1/storage/local/content/local:100/vm-100-disk-0.qcow2",
      "DELETE /nodes/{node}/storage/{storage}/content/{volume}",
      { node: "pve1", storage: "local", volume: "local:100/vm-100-disk-0.qcow2" },
    ],
    [
      "DELETE",
      "/cluster/firewall/ipset/web/10.0.0.0/24",
      "DELETE /cluster/firewall/ipset/{name}/{cidr}",
      { name: "web", cidr: "10.0.0.0/24" },
    ],
  ])("%s %s is %s", (method, path, id, params) => {
    const route = matchPath(method, path);
    expect(route.entry?.id).toBe(id);
    expect(route.entry && route.params).toEqual(params);
  });

  it.each([
    ["GET", "/nodes/pve 1/qemu"],
    ["GET", "/nodes/pve1/qemu/100/nope"],
    ["PATCH", "/nodes/pve1/qemu/100/config"],
    ["get", "/version"],
    ["GET", "/version/more"],
  ])("%s %s has no route", (method, path) => {
    expect(matchPath(method, path).entry).toBeUndefined();
  });

  it.each([
    ["GET", "/nodes/pve1/qmeu/100/config", "GET /nodes/{node}/qemu/{vmid}/config"],
    ["POST", "/nodes/pve1/qemu/100/status/strat", "POST /nodes/{node}/qemu/{vmid}/status/start"],
    ["POST", "/version", "GET /version"],
  ])("%s %s is near %s", (method, path, expected) => {
    const route = matchPath(method, path);
    expect(route.entry === undefined && route.nearest).toContain(expected);
  });

  it("finds every operation by its own path", () => {
    for (const { id } of manifest) {
      const [method, path] = id.split(" ") as [string, string];
      expect(matchPath(method, path.replace(/\{[^}]+\}/g, "x")).entry?.id).toBe(id);
    }
  });

  it("knows operations that ended, and goes to them only where nothing newer answers", () => {
    for (const { id, until } of removed) {
      const [method, path] = id.split(" ") as [string, string];
      const filled = path.replace(/\{[^}]+\}/g, "x");
      expect(matchPath(method, filled, { version: until! }).entry?.id).toBe(id);
      expect(matchPath(method, filled).entry?.id).toBe(id);
    }
  });
});
