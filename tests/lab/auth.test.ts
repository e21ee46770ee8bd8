import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, startLab, type TokenIdentity } from "../../src/lab/index.ts";
import { totpCode } from "../../src/lab/state/access-tfa.ts";
import { authorization, type CallOptions, call, wire } from "./support.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ authDelayMs: 10, taskMs: 20, rootPassword: "secret of root" });
});
afterAll(() => lab.close());

const form = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();

async function login(fields: Record<string, string>) {
  return call(lab, "POST", "/access/ticket", { token: null, body: form(fields) });
}

interface Session {
  ticket: string;
  csrf: string;
}

async function session(username = "root@pam", password = "secret of root"): Promise<Session> {
  const { data } = await login({ username, password });
  return { ticket: data.ticket, csrf: data.CSRFPreventionToken };
}

/** A call with a session's cookie. */
function as({ ticket, csrf }: Session, options: CallOptions = {}): CallOptions {
  const headers = { Cookie: `PVEAuthCookie=${encodeURIComponent(ticket)}`, CSRFPreventionToken: csrf };
  return { token: null, ...options, headers: { ...headers, ...options.headers } };
}

/** A user of the pve realm with a password. */
function addUser(userid: string, password = "password1"): void {
  lab.state.access.addUser(userid, { password });
}

describe("tickets", () => {
  it("are given for a password, with what the user may do", async () => {
    const { status, data } = await login({ username: "root@pam", password: "secret of root" });
    expect(status).toBe(200);
    expect(data).toMatchObject({
      username: "root@pam",
      ticket: expect.stringMatching(/^PVE:root@pam:[0-9A-F]{8}::[A-Za-z0-9+/]{342}==$/),
      CSRFPreventionToken: expect.stringMatching(/^[0-9A-F]{8}:[A-Za-z0-9+/]{43}$/),
    });
    expect(Object.keys(data.cap).sort()).toEqual(["access", "dc", "mapping", "nodes", "sdn", "storage", "vms"]);
    expect(data.cap.access).toEqual({ "Group.Allocate": 1, "Permissions.Modify": 1, "User.Modify": 1 });
  });

  it.each<[string, Record<string, string>]>([
    ["a wrong password", { username: "root@pam", password: "wrong" }],
    ["no realm", { username: "root", password: "secret of root" }],
    ["an unknown realm", { username: "root@nowhere", password: "secret of root" }],
    ["an unknown user", { username: "ghost@pve", password: "secret of root" }],
    ["a forged ticket", { username: "root@pam", password: "PVE:root@pam:6B02EBB7::AAAA" }],
  ])("are refused for %s in the same words", async (_, fields) => {
    expect(await login(fields)).toMatchObject({
      status: 401,
      reason: "authentication failure",
      message: "authentication failure\n",
    });
  });

  it("are refused to disabled and expired users", async () => {
    addUser("off@pve");
    const user = lab.state.access.users.get("off@pve")!;
    user.enable = false;
    expect((await login({ username: "off@pve", password: "password1" })).status).toBe(401);
    Object.assign(user, { enable: true, expire: 1000 });
    expect((await login({ username: "off@pve", password: "password1" })).status).toBe(401);
    user.expire = 0;
    expect((await login({ username: "off", realm: "pve", password: "password1" })).status).toBe(200);
  });

  it("stand for the password when they are renewed, and root's for anybody's", async () => {
    addUser("renew@pve");
    const own = await session("renew@pve", "password1");
    expect((await login({ username: "renew@pve", password: own.ticket })).status).toBe(200);
    expect((await login({ username: "root@pam", password: own.ticket })).status).toBe(401);
    expect((await login({ username: "renew@pve", password: (await session()).ticket })).status).toBe(200);
  });

  it("are refused together with a token", async () => {
    const answer = await call(lab, "POST", "/access/ticket", { body: form({ username: "root@pam", password: "x" }) });
    expect([answer.status, answer.reason]).toEqual([
      403,
      "Permission check failed (URI '/access/ticket' not available with API token, need proper ticket.",
    ]);
  });

  it("live two hours", async () => {
    const now = Math.floor(Date.now() / 1000);
    const { tickets } = lab.state.access;
    const ages: [number, boolean][] = [
      [7100, true],
      [7300, false],
      [-200, true],
      [-400, false],
    ];
    for (const [age, good] of ages)
      expect([age, tickets.read(tickets.issue("root@pam", { at: now - age })) !== undefined]).toEqual([age, good]);
  });

  it.each<[string, (ticket: string) => Record<string, string>]>([
    ["a quoted cookie", (ticket) => ({ Cookie: `PVEAuthCookie=${encodeURIComponent(ticket)}` })],
    ["a raw cookie", (ticket) => ({ Cookie: `other=1; PVEAuthCookie=${ticket}` })],
    ["Authorization", (ticket) => ({ Authorization: `PVEAuthCookie=${ticket}` })],
  ])("are taken as %s", async (_, headers) => {
    const { ticket } = await session();
    expect((await call(lab, "GET", "/version", { token: null, headers: headers(ticket) })).status).toBe(200);
  });

  it("need a second proof for every write", async () => {
    const own = await session();
    const forged = await wire(lab, "POST", "/pools", as({ ...own, csrf: "" }, { body: "poolid=csrf1" }));
    expect([forged.status, forged.reason, forged.body]).toEqual([401, "Permission denied - invalid csrf token", ""]);
    addUser("csrf@pve");
    const other = await session("csrf@pve", "password1");
    expect((await wire(lab, "POST", "/pools", as({ ...own, csrf: other.csrf }, { body: "poolid=csrf1" }))).status).toBe(
      401,
    );
    expect((await call(lab, "POST", "/pools", as(own, { body: "poolid=csrf1" }))).status).toBe(200);
  });

  it("end with their user", async () => {
    addUser("gone@pve");
    const own = await session("gone@pve", "password1");
    expect((await call(lab, "GET", "/version", as(own))).status).toBe(200);
    lab.state.access.removeUser("gone@pve");
    expect((await call(lab, "GET", "/version", as(own))).status).toBe(401);
  });

  it("check rights on a path instead of being given", async () => {
    const ask = (privs: string) => login({ username: "root@pam", password: "secret of root", path: "/vms/100", privs });
    expect((await ask("VM.Console")).data).toMatchObject({ username: "root@pam" });
    expect((await ask("VM.Console")).data.ticket).toBeUndefined();
    addUser("weak@pve");
    const weak = { username: "weak@pve", password: "password1", path: "/vms/100", privs: "VM.Console" };
    expect((await login(weak)).status).toBe(401);
  });

  it("of consoles are good for their owner, path and port", async () => {
    const vncticket = lab.state.access.tickets.issueConsole("root@pam", "/vms/100", 5900);
    const ask = (fields: Record<string, string>) =>
      call(lab, "POST", "/access/vncticket", {
        token: null,
        body: form({ authid: "root@pam", path: "/vms/100", privs: "VM.Console", port: "5900", vncticket, ...fields }),
      });
    expect((await ask({})).status).toBe(200);
    const wrong: Record<string, string>[] = [{ path: "/vms/101" }, { authid: "nobody@pve" }, { port: "5901" }];
    for (const fields of wrong) expect((await ask(fields)).status).toBe(401);
  });
});

describe("calls without a login", () => {
  it.each([
    ["GET", "/access/domains", 200],
    ["GET", "/access/ticket", 200],
    ["GET", "/access/users", 401],
    ["GET", "/access", 401],
  ])("%s %s gives %i", async (method, path, status) => {
    expect((await call(lab, method, path, { token: null })).status).toBe(status);
  });
});

describe("second factors", () => {
  const secret = "JBSWY3DPEHPK3PXP";
  const base = "/access/tfa/two@pve";
  const uri = `otpauth://totp/two?secret=${secret}`;

  it("are added, listed, asked for and removed", async () => {
    addUser("two@pve");
    const own = await session("two@pve", "password1");
    const fields = { type: "totp", description: "phone", value: uri, totp: totpCode(secret) };
    const refused = await call(lab, "POST", base, as(own, { body: form(fields) }));
    expect(refused).toMatchObject({ status: 400, errors: { password: expect.any(String) } });
    const added = await call(lab, "POST", base, as(own, { body: form({ ...fields, password: "password1" }) }));
    expect([added.status, added.data.id]).toEqual([200, expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    expect((await call(lab, "GET", base)).data).toMatchObject([
      { id: added.data.id, type: "totp", description: "phone" },
    ]);
    expect((await call(lab, "GET", "/access/tfa")).data).toMatchObject([{ userid: "two@pve" }]);
    expect((await call(lab, "GET", "/access/users/two@pve/tfa?multiple=1")).data).toEqual({ types: ["totp"] });

    const half = (await login({ username: "two@pve", password: "password1" })).data;
    expect(half).toMatchObject({ NeedTFA: 1, ticket: expect.stringMatching(/^PVE:!tfa!/) });
    expect(half.cap).toBeUndefined();
    const halfway = as({ ticket: half.ticket, csrf: half.CSRFPreventionToken });
    expect((await call(lab, "GET", "/version", halfway)).status).toBe(401);
    const finish = (password: string) => login({ username: "two@pve", password, "tfa-challenge": half.ticket });
    expect((await finish("totp:000000")).status).toBe(401);
    const { data } = await finish(`totp:${totpCode(secret)}`);
    expect((await call(lab, "GET", "/version", as({ ticket: data.ticket, csrf: "" }))).status).toBe(200);

    const entry = `${base}/${added.data.id}?password=password1`;
    const full = { ticket: data.ticket, csrf: data.CSRFPreventionToken };
    expect((await call(lab, "DELETE", entry, as(full))).status).toBe(200);
    expect((await login({ username: "two@pve", password: "password1" })).data.NeedTFA).toBeUndefined();
  });

  it("of the recovery kind are good once", async () => {
    addUser("rec@pve");
    const root = await session();
    const { data } = await call(lab, "POST", "/access/tfa/rec@pve", as(root, { body: "type=recovery" }));
    expect(data.recovery).toHaveLength(10);
    const half = (await login({ username: "rec@pve", password: "password1" })).data.ticket;
    const use = { username: "rec@pve", password: `recovery:${data.recovery[3]}`, "tfa-challenge": half };
    expect([(await login(use)).status, (await login(use)).status]).toEqual([200, 401]);
  });

  it("are out of reach for tokens", async () => {
    const answer = await call(lab, "POST", "/access/tfa/root@pam", { body: "type=recovery" });
    expect([answer.status, answer.reason.slice(0, 30)]).toEqual([403, "Permission check failed (URI '"]);
  });
});

describe("passwords", () => {
  const change = (own: Session | undefined, userid: string, extra = "") =>
    call(lab, "PUT", "/access/password", {
      ...(own ? as(own) : {}),
      body: `userid=${userid}&password=new-password${extra}`,
    });

  it("are changed by root and by their owners, never by tokens", async () => {
    addUser("own@pve");
    addUser("else@pve");
    const own = await session("own@pve", "password1");
    expect((await change(undefined, "own@pve")).status).toBe(403);
    expect((await change(own, "else@pve")).reason).toBe(
      "Permission check failed (/access/realm/pve, Realm.AllocateUser)",
    );
    expect((await change(own, "own@pve")).status).toBe(400);
    expect((await change(own, "own@pve", "&confirmation-password=password1")).status).toBe(200);
    expect((await login({ username: "own@pve", password: "password1" })).status).toBe(401);
    expect((await change(await session(), "own@pve")).status).toBe(200);
    expect((await login({ username: "own@pve", password: "new-password" })).status).toBe(200);
  });
});

describe("tokens", () => {
  it("end with their expiry, and with their owner's", async () => {
    const { access } = lab.state;
    const token: TokenIdentity = lab.addToken({ user: "tok", realm: "pve", id: "one" }, { "/": ["Sys.Audit"] });
    const get = () => wire(lab, "GET", "/version", { token: authorization(token) });
    const entry = access.users.get("tok@pve")!.tokens.get("one")!;
    expect((await get()).status).toBe(200);
    entry.expire = 1000;
    expect((await get()).reason).toBe("Authentication failed!");
    delete entry.expire;
    access.users.get("tok@pve")!.enable = false;
    expect((await get()).reason).toBe("Authentication failed!");
    access.users.get("tok@pve")!.enable = true;
    expect((await get()).status).toBe(200);
  });
});
