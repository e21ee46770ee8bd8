import { describe, expect, test } from "vitest";
import { grantLines } from "../../src/doctor/rights/grants.ts";
import { type Need, needsOf, type Usage } from "../../src/doctor/rights/needs.ts";
import { holdOf, inForce, type Rights } from "../../src/doctor/rights/rights.ts";
import { typedUsages } from "../../src/doctor/rights/usages.ts";

const START: Usage = {
  operation: "POST /nodes/{node}/qemu/{vmid}/status/start",
  class: "mutate",
  tools: ["proxmox_vm_action"],
};
const CONFIG: Usage = { operation: "GET /nodes/{node}/qemu/{vmid}/config", class: "read", tools: ["proxmox_vm_get"] };
const STATUS: Usage = { operation: "GET /cluster/status", class: "read", tools: ["proxmox_cluster_status"] };
const STORAGE: Usage = { operation: "GET /storage/{storage}", class: "read", tools: ["proxmox_storage_get"] };
const PING: Usage = {
  operation: "POST /nodes/{node}/qemu/{vmid}/agent/ping",
  class: "read",
  tools: ["proxmox_vm_agent_ping"],
};

describe("what is held", () => {
  test.each<[string, Rights, { path: string; below: boolean }, unknown]>([
    ["nothing", {}, { path: "/vms", below: true }, { extent: "none", missing: ["VM.Audit"] }],
    ["at the path", { "/vms": { "VM.Audit": 1 } }, { path: "/vms", below: true }, { extent: "all" }],
    ["above it", { "/": { "VM.Audit": 1 } }, { path: "/vms", below: true }, { extent: "all" }],
    ["as text", { "/": { "VM.Audit": "1" } }, { path: "/vms", below: true }, { extent: "all" }],
    [
      "above it only",
      { "/": { "VM.Audit": 0 } },
      { path: "/vms", below: true },
      { extent: "none", missing: ["VM.Audit"] },
    ],
    [
      "at the path only",
      { "/vms": { "VM.Audit": 0 } },
      { path: "/vms", below: true },
      { extent: "none", missing: ["VM.Audit"] },
    ],
    ["there, and asked for there", { "/": { "VM.Audit": 0 } }, { path: "/", below: false }, { extent: "all" }],
    [
      "hidden by a nearer path",
      { "/": { "VM.Audit": 1 }, "/vms": { "VM.Console": 1 } },
      { path: "/vms", below: true },
      { extent: "none", missing: ["VM.Audit"] },
    ],
    [
      "on one object",
      { "/vms/100": { "VM.Audit": 1 } },
      { path: "/vms", below: true },
      { extent: "some", paths: ["/vms/100"] },
    ],
  ])("%s", (_, rights, place, hold) => {
    expect(holdOf(rights, { ...place, privileges: ["VM.Audit"] })).toEqual(hold);
  });

  test("in force is what holds below", () => {
    expect(inForce({ "/": { a: 1, b: 0 } }, "/vms")).toEqual(["a"]);
  });
});

describe("what is needed", () => {
  const needs = (usages: Usage[], ceiling: "read" | "mutate", version?: string) =>
    needsOf(usages, { rights: {}, ceiling, version })
      .filter(({ operations }) => operations.length > 0)
      .map(({ path, below, privileges, heavy }) => ({ path, below, privileges, heavy }));

  test.each<[string, Usage[], "read" | "mutate", string | undefined, object[]]>([
    [
      "of a change",
      [START],
      "mutate",
      "9.2",
      [{ path: "/vms", below: true, privileges: ["VM.PowerMgmt"], heavy: false }],
    ],
    ["of a change that may not be made", [START], "read", "9.2", []],
    [
      "on the whole cluster",
      [STATUS],
      "read",
      "9.2",
      [{ path: "/", below: false, privileges: ["Sys.Audit"], heavy: false }],
    ],
    [
      "of a read that wants to write",
      [STORAGE],
      "read",
      "9.2",
      [{ path: "/storage", below: true, privileges: ["Datastore.Allocate"], heavy: true }],
    ],
    [
      "of one of several",
      [PING],
      "read",
      "9.2",
      [{ path: "/vms", below: true, privileges: ["VM.GuestAgent.Audit"], heavy: false }],
    ],
    [
      "of an older version",
      [PING],
      "read",
      "8.4",
      [{ path: "/vms", below: true, privileges: ["VM.Monitor"], heavy: true }],
    ],
  ])("%s", (_, usages, ceiling, version, expected) => {
    expect(needs(usages, ceiling, version)).toEqual(expected);
  });

  test("the module inventory names operations with their tools", () => {
    const usages = typedUsages();
    expect(usages.length).toBeGreaterThan(20);
    expect(usages).toContainEqual(expect.objectContaining({ operation: START.operation, class: "mutate" }));
  });
});

describe("the lines that grant it", () => {
  const lines = (rights: Rights, more: { separated?: boolean; userRights?: Rights; token?: string } = {}) =>
    grantLines(
      needsOf([START, CONFIG, STORAGE], { rights, ceiling: "mutate" }).filter(({ path }) => path === "/vms"),
      { token: "mcp@pve!ai", rights, ...more },
    );
  const ROLE = 'pveum role add ProxmoxMCP-vms --privs "VM.Audit VM.PowerMgmt"';
  const USER = "pveum acl modify /vms --users 'mcp@pve' --roles ProxmoxMCP-vms";
  const TOKEN = "pveum acl modify /vms --tokens 'mcp@pve!ai' --roles ProxmoxMCP-vms";

  test.each<[string, string[], string[]]>([
    ["nothing is known of the user", lines({}), [ROLE, USER, TOKEN]],
    ["the user has it", lines({}, { userRights: { "/": { "VM.Audit": 1, "VM.PowerMgmt": 1 } } }), [ROLE, TOKEN]],
    ["the user is root@pam", lines({}, { token: "root@pam!ai" }), [ROLE, TOKEN.replace("mcp@pve", "root@pam")]],
    [
      "the user has more",
      lines({}, { userRights: { "/": { "VM.Console": 1 } } }),
      [ROLE, 'pveum role add ProxmoxMCP-vms-user --privs "VM.Audit VM.Console VM.PowerMgmt"', `${USER}-user`, TOKEN],
    ],
    ["the token is its user", lines({}, { separated: false }), [ROLE.replace("vms", "vms-user"), `${USER}-user`]],
    [
      "the token keeps what it inherits",
      lines({ "/": { "VM.Audit": 1, "VM.Console": 1, "Sys.Audit": 1 } }),
      [ROLE.replace("VM.Audit ", "VM.Audit VM.Console "), USER, TOKEN],
    ],
    ["all is there", lines({ "/": { "VM.Audit": 1, "VM.PowerMgmt": 1 } }), []],
    ["some guests are enough", lines({ "/vms/100": { "VM.Audit": 1, "VM.PowerMgmt": 1 } }), []],
  ])("%s", (_, given, expected) => {
    expect(given).toEqual(expected);
  });

  test("a path that is wanted by itself and below has one role and one entry, with its own kind of privileges", () => {
    const need = (below: boolean, privilege: string): Need => ({
      path: "/mapping/pci",
      below,
      privileges: [privilege],
      hold: { extent: "none", missing: [privilege] },
      heavy: false,
      operations: [],
      tools: [],
    });
    const rights = { "/": { "Mapping.Audit": 1, "VM.Audit": 1 } };
    const token = "root@pam!ai";
    expect(grantLines([need(false, "Mapping.Modify"), need(true, "Mapping.Use")], { token, rights })).toEqual([
      'pveum role add ProxmoxMCP-mapping-pci --privs "Mapping.Audit Mapping.Modify Mapping.Use"',
      "pveum acl modify /mapping/pci --tokens 'root@pam!ai' --roles ProxmoxMCP-mapping-pci",
    ]);
  });
});
