import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { authorization, type CallOptions, call, finish, wire } from "./support.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ authDelayMs: 0, taskMs: 20 });
});
afterAll(() => lab.close());

const form = (fields: Record<string, string>): CallOptions => ({ body: new URLSearchParams(fields).toString() });
const data = async (path: string) => (await call(lab, "GET", path)).data;

beforeEach(async () => {
  const { access } = lab.state;
  for (const userid of [...access.users.keys()]) if (userid !== "root@pam") access.removeUser(userid);
  for (const group of [...access.groups.keys()]) access.removeGroup(group);
  access.acl.clear();
  await call(lab, "POST", "/access/groups", { body: "groupid=staff&comment=people" });
  await call(lab, "POST", "/access/users", { body: "userid=ann@pve&groups=staff&email=a@x.yz&password=password1" });
});

type Step = [method: string, path: string, body: Record<string, string> | undefined, status: number, reason: string];

const REFUSED = "Parameter verification failed.";
const steps: Step[] = [
  ["POST", "/access/users", { userid: "ann@pve" }, 500, "create user failed: user 'ann@pve' already exists"],
  ["POST", "/access/users", { userid: "bob" }, 500, "value 'bob' does not look like a valid user name"],
  ["POST", "/access/users", { userid: "bob@pve", groups: "none" }, 500, "create user failed: no such group 'none'"],
  [
    "POST",
    "/access/users",
    { userid: "bob@no", password: "password1" },
    500,
    "create user failed: auth domain 'no' does not exist",
  ],
  ["POST", "/access/users", { userid: "bob@nowhere" }, 200, "OK"],
  ["GET", "/access/users/none@pve", undefined, 500, "no such user ('none@pve')"],
  ["PUT", "/access/users/none@pve", { comment: "x" }, 500, "no such user ('none@pve')"],
  ["PUT", "/access/users/ann@pve", { groups: "none" }, 500, "update user failed: no such group 'none'"],
  ["DELETE", "/access/users/none@pve", undefined, 500, "no such user ('none@pve')"],
  ["GET", "/access/users/ann@pve/token/none", undefined, 500, "no such token 'none' for user 'ann@pve'"],
  ["POST", "/access/groups", { groupid: "staff" }, 500, "create group failed: group 'staff' already exists"],
  ["GET", "/access/groups/none", undefined, 500, "group 'none' does not exist"],
  ["PUT", "/access/groups/none", { comment: "x" }, 500, "update group failed: group 'none' does not exist"],
  ["DELETE", "/access/groups/none", undefined, 500, "delete group failed: group 'none' does not exist"],
  ["POST", "/access/roles", { roleid: "PVEMine" }, 400, REFUSED],
  ["GET", "/access/roles/none", undefined, 500, "role 'none' does not exist"],
  ["PUT", "/access/roles/PVEAdmin", { privs: "VM.Audit" }, 500, "auto-generated role 'PVEAdmin' cannot be modified"],
  ["PUT", "/access/roles/none", { privs: "VM.Audit" }, 500, "update role failed: role 'none' does not exist"],
  ["DELETE", "/access/roles/NoAccess", undefined, 500, "auto-generated role 'NoAccess' cannot be deleted"],
  ["PUT", "/access/acl", { path: "/vms", roles: "PVEAdmin" }, 400, REFUSED],
  ["PUT", "/access/acl", { path: "/nosuch", roles: "PVEAdmin", users: "ann@pve" }, 400, REFUSED],
  [
    "PUT",
    "/access/acl",
    { path: "/", roles: "none", users: "ann@pve" },
    500,
    "ACL update failed: role 'none' does not exist",
  ],
  [
    "PUT",
    "/access/acl",
    { path: "/", roles: "PVEAdmin", users: "x@pve" },
    500,
    "ACL update failed: user 'x@pve' does not exist",
  ],
  [
    "PUT",
    "/access/acl",
    { path: "/", roles: "PVEAdmin", groups: "x" },
    500,
    "ACL update failed: group 'x' does not exist",
  ],
  [
    "PUT",
    "/access/acl",
    { path: "/", roles: "PVEAdmin", tokens: "ann@pve!xx" },
    500,
    "ACL update failed: no such token 'xx' for user 'ann@pve'",
  ],
  [
    "POST",
    "/access/domains",
    { realm: "pve", type: "ldap" },
    500,
    "add auth server failed: domain 'pve' already exists",
  ],
  [
    "POST",
    "/access/domains",
    { realm: "x1", type: "pam" },
    500,
    "add auth server failed: unable to create builtin type 'pam'",
  ],
  [
    "POST",
    "/access/domains",
    { realm: "x1", type: "ldap", server1: "h", user_attr: "uid" },
    500,
    "add auth server failed: missing value for required option 'base_dn'",
  ],
  [
    "POST",
    "/access/domains",
    { realm: "x1", type: "openid", "issuer-url": "https://i", "client-id": "c", base_dn: "dc=x" },
    500,
    "add auth server failed: unexpected property 'base_dn'",
  ],
  ["GET", "/access/domains/none", undefined, 500, "domain 'none' does not exist"],
  ["PUT", "/access/domains/none", { comment: "x" }, 500, "update auth server failed: domain 'none' does not exist"],
  [
    "PUT",
    "/access/domains/pam",
    { comment: "x", digest: "00" },
    500,
    "update auth server failed: detected modified configuration - file changed by other user? Try again.",
  ],
  [
    "DELETE",
    "/access/domains/none",
    undefined,
    500,
    "delete auth server failed: authentication domain 'none' does not exist",
  ],
  ["POST", "/access/domains/none/sync", {}, 400, REFUSED],
  [
    "POST",
    "/access/domains/pve/sync",
    { scope: "both" },
    500,
    "Cannot sync realm type 'pve'! Only LDAP/AD realms can be synced.",
  ],
  [
    "POST",
    "/access/openid/auth-url",
    { realm: "pve", "redirect-url": "https://x" },
    500,
    "wrong realm type (pve != openid)",
  ],
];

describe("access control", () => {
  it.each(steps)("%s %s %j gives %i %s", async (method, path, body, status, reason) => {
    const answer = await call(lab, method, path, body ? form(body) : {});
    expect([answer.status, answer.reason]).toEqual([status, reason]);
  });

  it("keeps users from their creation to their end", async () => {
    expect(await data("/access/users/ann@pve")).toEqual({
      enable: 1,
      expire: 0,
      email: "a@x.yz",
      groups: ["staff"],
      tokens: null,
    });
    await call(lab, "PUT", "/access/users/ann@pve", form({ comment: "c", enable: "0", groups: "" }));
    expect(await data("/access/users?full=1&enabled=0")).toEqual([
      {
        userid: "ann@pve",
        "realm-type": "pve",
        enable: 0,
        expire: 0,
        email: "a@x.yz",
        comment: "c",
        groups: "",
        tokens: null,
      },
    ]);
    expect((await data("/access/users?enabled=1")).map((row: { userid: string }) => row.userid)).toEqual(["root@pam"]);
    await call(lab, "PUT", "/access/users/ann@pve", form({ groups: "staff", append: "1" }));
    expect(await data("/access/groups/staff")).toEqual({ comment: "people", members: ["ann@pve"] });
    expect(await data("/access/groups")).toEqual([{ groupid: "staff", comment: "people", users: "ann@pve" }]);
    await call(lab, "DELETE", "/access/users/ann@pve");
    expect((await data("/access/groups/staff")).members).toEqual([]);
  });

  it("shows a token's secret once, and renews it", async () => {
    const base = "/access/users/ann@pve/token/t1";
    const made = await call(lab, "POST", base, form({ comment: "tok" }));
    expect(made.data).toEqual({
      "full-tokenid": "ann@pve!t1",
      info: { privsep: 1, comment: "tok" },
      value: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect((await call(lab, "POST", base)).errors).toEqual({ tokenid: "Token already exists." });
    expect(await data(base)).toEqual({ privsep: 1, expire: 0, comment: "tok" });
    const changed = await call(lab, "PUT", base, form({ privsep: "0", expire: "0", comment: "n" }));
    expect(changed.data).toEqual({ privsep: "0", expire: "0", comment: "n" });
    const renewed = await call(lab, "PUT", base, form({ regenerate: "1" }));
    expect(renewed.data).toMatchObject({ privsep: 0, expire: 0, comment: "n", "full-tokenid": "ann@pve!t1" });
    const use = async (secret: string) =>
      (await wire(lab, "GET", "/version", { token: authorization({ user: "ann", realm: "pve", id: "t1", secret }) }))
        .status;
    expect([await use(made.data.value), await use(renewed.data.value)]).toEqual([401, 200]);
    await call(lab, "PUT", base, form({ delete: "comment" }));
    expect(await data("/access/users/ann@pve/token")).toEqual([{ tokenid: "t1", privsep: 0, expire: 0 }]);
    await call(lab, "DELETE", base);
    expect(await data("/access/users/ann@pve/token")).toEqual([]);
  });

  it("lets root@pam be deleted, and its tokens with it, the caller's included", async () => {
    const own = await startLab({ authDelayMs: 0 });
    expect((await call(own, "DELETE", "/access/users/root@pam")).status).toBe(200);
    expect((await call(own, "GET", "/version")).status).toBe(401);
    expect(own.state.access.isEnabled("root@pam")).toBe(true);
    await own.close();
  });

  it("keeps roles, and drops their entries with them", async () => {
    await call(lab, "POST", "/access/roles", form({ roleid: "r1", privs: "VM.Audit,VM.PowerMgmt" }));
    await call(lab, "PUT", "/access/roles/r1", form({ privs: "VM.Console", append: "1" }));
    expect(await data("/access/roles/r1")).toEqual({ "VM.Audit": 1, "VM.PowerMgmt": 1, "VM.Console": 1 });
    await call(
      lab,
      "PUT",
      "/access/acl",
      form({ path: "/vms", roles: "r1", users: "ann@pve", groups: "staff", propagate: "0" }),
    );
    expect(await data("/access/acl")).toEqual([
      { path: "/vms", type: "user", ugid: "ann@pve", roleid: "r1", propagate: 0 },
      { path: "/vms", type: "group", ugid: "staff", roleid: "r1", propagate: 0 },
    ]);
    await call(lab, "PUT", "/access/acl", form({ path: "/vms", roles: "r1", users: "ann@pve", delete: "1" }));
    expect(await data("/access/acl")).toHaveLength(1);
    await call(lab, "DELETE", "/access/roles/r1");
    expect(await data("/access/acl")).toEqual([]);
    expect((await data("/access/roles")).filter((role: { special: number }) => role.special === 0)).toEqual([]);
  });

  it("lets owners of a guest pass on no more than they have", async () => {
    const token = lab.addToken({ user: "own", realm: "pve", id: "tok" }, { "/vms/100": ["VM.Allocate", "VM.Audit"] });
    const grant = (role: string) =>
      call(lab, "PUT", "/access/acl", { token, ...form({ path: "/vms/100", roles: role, users: "ann@pve" }) });
    await call(lab, "POST", "/access/roles", form({ roleid: "looker", privs: "VM.Audit" }));
    expect((await grant("looker")).status).toBe(200);
    expect(await grant("PVEVMUser")).toMatchObject({
      status: 500,
      reason: "ACL update failed: 400 Parameter verification failed.",
      message: expect.stringContaining("role: Cannot add role 'PVEVMUser' - requires 'Permissions.Modify' or superset"),
    });
    await call(lab, "DELETE", "/access/roles/looker");
  });

  it("keeps realms, the built-in ones whatever happens", async () => {
    const ldap = {
      realm: "ld",
      type: "ldap",
      server1: "192.0.2.9",
      base_dn: "dc=x",
      user_attr: "uid",
      port: "636",
      default: "1",
    };
    await call(lab, "POST", "/access/domains", form(ldap));
    const stored = await data("/access/domains/ld");
    expect(stored).toMatchObject({
      type: "ldap",
      port: 636,
      default: 1,
      digest: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
    const update = (fields: Record<string, string>) => call(lab, "PUT", "/access/domains/ld", form(fields));
    expect((await update({ comment: "c", delete: "comment", digest: stored.digest })).status).toBe(200);
    expect((await data("/access/domains/ld")).comment).toBe("c");
    expect((await update({ delete: "nosuch" })).status).toBe(200);
    expect((await update({ delete: "base_dn" })).reason).toBe(
      "update auth server failed: section 'ld' - missing value for required option 'base_dn'",
    );
    expect((await call(lab, "DELETE", "/access/domains/pam")).status).toBe(200);
    const realms = (await data("/access/domains")).map((row: { realm: string }) => row.realm);
    expect(realms.sort()).toEqual(["ld", "pam", "pve"]);

    const sync = async (fields: Record<string, string>) => {
      const { data: upid } = await call(lab, "POST", "/access/domains/ld/sync", form(fields));
      return { upid, ...(await finish(lab, upid)) };
    };
    expect((await sync({ scope: "users" })).exitstatus).toContain("192.0.2.9");
    lab.state.access.realms.directories.set("ld", { users: ["uma"], groups: { ops: ["uma"] } });
    const test = await sync({ scope: "both", "dry-run": "1" });
    expect([test.exitstatus, test.upid.split(":")[5]]).toEqual(["OK", "auth-realm-sync-test"]);
    expect(lab.state.access.users.has("uma@ld")).toBe(false);
    expect((await sync({ scope: "both" })).upid).toContain(":auth-realm-sync:ld:");
    expect((await data("/access/groups/ops-ld")).members).toEqual(["uma@ld"]);
    await call(lab, "DELETE", "/access/domains/ld");
    expect((await call(lab, "GET", "/access/domains/ld")).status).toBe(500);
  });
});

describe("formats", () => {
  it.each([
    ["extjs", "/api2/extjs/access/groups/staff", 200, "application/json;charset=UTF-8"],
    ["html", "/api2/html/access", 200, "text/html;charset=UTF-8"],
    ["html of an error", "/api2/html/access/groups/none", 500, "text/html;charset=UTF-8"],
    ["png", "/api2/png/version", 200, "image/png"],
    ["the start page", "!/", 200, "text/html;charset=UTF-8"],
  ])("answers %s", async (_, path, status, type) => {
    const answer = await wire(lab, "GET", path);
    expect([answer.status, answer.headers["content-type"]]).toEqual([status, type]);
  });

  it("asks a browser without a login for one", async () => {
    const answer = await wire(lab, "GET", "/api2/html/version", { token: null });
    expect([answer.status, answer.reason, answer.body.includes("<form")]).toEqual([401, "Login Required", true]);
  });

  it("gives raised statuses as texts in extjs, and others as numbers", async () => {
    const status = async (path: string) =>
      (await call(lab, "GET", `/api2/extjs${path}`)) as unknown as { status: unknown };
    expect((await status("/version?x=1")).status).toBe("400");
    expect((await status("/access/groups/none")).status).toBe(500);
  });

  it.each([
    ['{"a":}', "malformed JSON string, neither tag, array, object, number, string or atom", 5, "}"],
    ['{"a":1,}', "'\"' expected", 7, "}"],
    ["{a:1}", "'\"' expected", 1, "a:1}"],
    ['{"a" 1}', "':' expected", 5, "1}"],
    ['{"a":1', ", or } expected while parsing object/hash", 6, "(end of string)"],
    ['{"a":[1 2]}', ", or ] expected while parsing array", 8, "2]}"],
    ['{"a":"x', "unexpected end of string while parsing JSON string", 7, "(end of string)"],
    ['{"a":tru}', "'true' expected", 5, "tru}"],
    ["{} trailing words that go on", "garbage after JSON object", 3, "trailing words that ..."],
  ])("tells what is wrong with %j", async (body, problem, at, before) => {
    const answer = await wire(lab, "POST", "/pools", { body, headers: { "Content-Type": "application/json" } });
    expect(answer.status).toBe(500);
    expect(answer.body).toContain(`${problem}, at character offset ${at} (before "${before}") at `);
  });
});
