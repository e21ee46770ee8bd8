import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Permissions } from "../../generated/permissions.ts";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { PermissionCheck } from "../../src/lab/permissions/check.ts";
import { isAclPath, normalizePath } from "../../src/lab/permissions/paths.ts";
import { PRIVILEGES } from "../../src/lab/permissions/roles.ts";
import { AccessState } from "../../src/lab/state/access.ts";
import { PRIVILEGES as DOCUMENTED } from "../../src/schema/format-data/words.ts";
import { call } from "./support.ts";

const pools = new Map([["100", ["shop"]]]);
let access: AccessState;
beforeEach(() => {
  access = new AccessState({ poolsOf: (_, id) => pools.get(id) ?? [] });
  access.addUser("ann@pve");
  access.addUser("bob@pve");
  access.groups.set("staff", { users: new Set(["ann@pve"]) });
  access.addToken("ann@pve", "full", { privsep: false });
  access.addToken("ann@pve", "sep");
  access.addToken("root@pam", "sep");
});

const held = (name: string, path: string): string[] => [...access.rights.on(name, path).keys()].sort();

describe("rights", () => {
  it("know every documented privilege", () => {
    expect([...PRIVILEGES].sort()).toEqual([...DOCUMENTED].sort());
  });

  it("are all root@pam's, and none of its separated tokens'", () => {
    expect(held("root@pam", "/vms/1")).toEqual([...PRIVILEGES]);
    expect(held("root@pam!sep", "/vms/1")).toEqual([]);
    expect(held("nobody@pve", "/")).toEqual([]);
    expect(held("ann@pve!none", "/")).toEqual([]);
  });

  it("hold below a path, unless they do not propagate or a nearer entry says otherwise", () => {
    access.grant("/vms", "users", "ann@pve", "PVETemplateUser");
    access.grant("/nodes", "users", "ann@pve", "PVESysAdmin", false);
    access.grant("/vms/200", "users", "ann@pve", "NoAccess");
    expect(held("ann@pve", "/vms/150")).toEqual(["VM.Audit", "VM.Clone"]);
    expect(held("ann@pve", "/nodes")).toEqual(["Sys.Audit", "Sys.Console", "Sys.Syslog"]);
    expect(held("ann@pve", "/nodes/pve1")).toEqual([]);
    expect(held("ann@pve", "/vms/200")).toEqual([]);
  });

  it("of users go before those of their groups on the same path, not on a nearer one", () => {
    access.grant("/vms", "groups", "staff", "PVEVMUser");
    access.grant("/vms", "users", "ann@pve", "PVETemplateUser");
    expect(held("ann@pve", "/vms/5")).toEqual(["VM.Audit", "VM.Clone"]);
    access.grant("/vms/5", "groups", "staff", "PVEPoolUser");
    expect(held("ann@pve", "/vms/5")).toEqual(["Pool.Audit"]);
    expect(held("bob@pve", "/vms/5")).toEqual([]);
  });

  it("of a separated token are at most its owner's, of another one exactly those", () => {
    access.grant("/vms", "users", "ann@pve", "PVETemplateUser");
    access.grant("/", "tokens", "ann@pve!sep", "PVEAuditor");
    expect(held("ann@pve!sep", "/vms/5")).toEqual(["VM.Audit"]);
    expect(held("ann@pve!full", "/vms/5")).toEqual(["VM.Audit", "VM.Clone"]);
    access.grant("/vms", "tokens", "root@pam!sep", "PVEVMUser");
    expect(held("root@pam!sep", "/vms/5")).toContain("VM.PowerMgmt");
  });

  it("come from the pools of a guest, once its own say nothing of NoAccess", () => {
    access.grant("/pool/shop", "users", "ann@pve", "PVETemplateUser");
    expect(held("ann@pve", "/vms/100")).toEqual(["VM.Audit", "VM.Clone"]);
    expect(held("ann@pve", "/vms/101")).toEqual([]);
    expect(access.rights.on("ann@pve", "/vms/100").get("VM.Audit")).toBe(false);
    access.grant("/vms/100", "users", "ann@pve", "NoAccess");
    expect(held("ann@pve", "/vms/100")).toEqual([]);
  });
});

describe("permission paths", () => {
  it.each([
    ["/vms//100/", "/vms/100"],
    ["vms", "/vms"],
    ["/", "/"],
    ["", undefined],
    ["/vms/a b", undefined],
    ["/pool/x!", undefined],
  ])("%j becomes %j", (path, normal) => expect(normalizePath(path)).toBe(normal));

  it.each([
    ["/access/realm/pve", true],
    ["/pool/a/b/c", true],
    ["/pool/a/b/c/d", false],
    ["/vms/99", false],
    ["/vms/100", true],
    ["/sdn/zones/z/v/12", true],
    ["/nosuch", false],
  ])("%s may carry an entry: %s", (path, good) => expect(isAclPath(path)).toBe(good));
});

describe("permission rules", () => {
  const perm = (path: string, privileges: string[], any?: true) =>
    ({ kind: "perm", path, privileges, ...(any ? { any } : {}) }) as const;
  const self = { kind: "userid-param", value: "self" } as const;
  const realm = { kind: "userid-param", value: "Realm.AllocateUser" } as const;
  const group = { kind: "userid-group", privileges: ["User.Modify"] } as const;

  const refusals: [string, Permissions | undefined, Record<string, unknown>, string | undefined][] = [
    ["no rule at all", undefined, {}, "Permission check failed (user != root@pam)"],
    ["root alone", { user: "root" }, {}, "Permission check failed (user != root@pam)"],
    ["anybody", { user: "all" }, {}, undefined],
    [
      "all of some privileges",
      { user: "checked", check: perm("/vms/{vmid}", ["VM.Audit", "VM.Clone", "VM.Migrate"]) },
      { vmid: 7 },
      "Permission check failed (/vms/7, VM.Migrate)",
    ],
    [
      "one of some privileges",
      { user: "checked", check: perm("/nodes/{node}", ["Sys.Audit", "Sys.Modify"], true) },
      { node: "pve1" },
      "Permission check failed (/nodes/pve1, Sys.Audit|Sys.Modify)",
    ],
    [
      "a path of odd characters",
      { user: "checked", check: perm("/pool/{poolid}", ["Pool.Allocate"]) },
      { poolid: "bad id!" },
      "Permission check failed (, Pool.Allocate)",
    ],
    [
      "a path of a repeated parameter",
      { user: "checked", check: perm("/pool/{poolid}", ["Pool.Allocate"]) },
      { poolid: ["a", "b"] },
      "Permission check failed (, Pool.Allocate)",
    ],
    [
      "a path without its parameter",
      { user: "checked", check: perm("/pool/{pool}", ["Pool.Allocate"]) },
      {},
      "Permission check failed (/pool, Pool.Allocate)",
    ],
    [
      "a rule for a parameter that is absent",
      { user: "checked", check: { ...perm("/pool/{pool}", ["VM.Allocate"]), requireParam: "pool" } },
      {},
      undefined,
    ],
    [
      "one of two rules",
      { user: "checked", check: { kind: "or", of: [perm("/", ["Sys.Audit"]), perm("/vms/7", ["VM.Clone"])] } },
      {},
      undefined,
    ],
    [
      "neither of two rules",
      { user: "checked", check: { kind: "or", of: [perm("/", ["Sys.Audit"]), perm("/", ["Sys.Modify"])] } },
      {},
      "Permission check failed",
    ],
    [
      "both of two rules",
      { user: "checked", check: { kind: "and", of: [perm("/vms/7", ["VM.Clone"]), perm("/", ["Sys.Modify"])] } },
      {},
      "Permission check failed (/, Sys.Modify)",
    ],
    ["oneself", { user: "checked", check: self }, { userid: "ann@pve" }, undefined],
    ["another", { user: "checked", check: self }, { userid: "bob@pve" }, "Permission check failed"],
    ["nobody", { user: "checked", check: self }, { userid: "x@pve" }, "no such user ('x@pve')"],
    [
      "a name that is none",
      { user: "checked", check: realm },
      { userid: "bob" },
      "value 'bob' does not look like a valid user name",
    ],
    [
      "a realm",
      { user: "checked", check: realm },
      { userid: "a@pam" },
      "Permission check failed (/access/realm/pam, Realm.AllocateUser)",
    ],
    ["a user of one's groups", { user: "checked", check: group }, { userid: "bob@pve" }, undefined],
    [
      "a user of no group of one's",
      { user: "checked", check: group },
      { userid: "root@pam" },
      "Permission check failed",
    ],
    [
      "a user in a group of another's",
      { user: "checked", check: { ...group, groups: "create" } },
      { userid: "new@pve", groups: "mine,other" },
      "Permission check failed (/access/groups/other, User.Modify)",
    ],
    [
      "permissions on a guest of one's",
      { user: "checked", check: { kind: "perm-modify", path: "{path}" } },
      { path: "/storage/x" },
      "Permission check failed (/storage/x, Permissions.Modify|Datastore.Allocate)",
    ],
  ];

  it.each(refusals)("%s", (_, rule, params, refusal) => {
    access.grant("/vms", "users", "ann@pve", "PVETemplateUser");
    access.groups.set("mine", { users: new Set(["bob@pve"]) });
    access.groups.set("other", { users: new Set() });
    access.grant("/access/groups/mine", "users", "ann@pve", "PVEUserAdmin");
    const check = () => new PermissionCheck(access, "ann@pve").operation(rule, params);
    if (refusal === undefined) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ message: refusal }));
    expect(() => new PermissionCheck(access, "root@pam").operation(rule, params)).not.toThrow();
  });

  it("lets the world in where it may, and only there", () => {
    const world = new PermissionCheck(access, "");
    expect(() => world.operation({ user: "world" }, {})).not.toThrow();
    expect(() => world.operation({ user: "all" }, {})).toThrow("Permission check failed (user != null)");
  });
});

describe("permissions over the wire", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab({ authDelayMs: 0, taskMs: 20 });
  });
  afterAll(() => lab.close());

  it("show a token what it may do, and an auditor what others may", async () => {
    const token = lab.addToken({ user: "eve", realm: "pve", id: "tok" }, { "/vms": ["VM.Audit"] });
    expect((await call(lab, "GET", "/access/permissions", { token })).data).toEqual({ "/vms": { "VM.Audit": 1 } });
    const path = "/access/permissions?userid=eve@pve!tok&path=/vms/100";
    expect((await call(lab, "GET", path)).data).toEqual({ "/vms/100": { "VM.Audit": 1 } });
    expect((await call(lab, "GET", "/access/permissions?userid=root@pam", { token })).status).toBe(403);
  });

  it.each([
    ["GET", "/cluster/acme/account/default", "Permission check failed (user != root@pam)"],
    ["POST", "/nodes/pve1/execute?commands=[]", "Permission check failed (user != root@pam)"],
  ])("keep %s %s from root's tokens", async (method, path, reason) => {
    expect(await call(lab, method, path)).toMatchObject({ status: 403, reason });
  });

  it("are asked before parameters are looked at", async () => {
    const token = lab.addToken({ user: "kim", realm: "pve", id: "tok" }, { "/nodes": ["Sys.Audit"] });
    const answer = await call(lab, "POST", "/pools", { token, body: "bogus=1&poolid=x" });
    expect(answer.reason).toBe("Permission check failed (/pool/x, Pool.Allocate)");
  });
});
