import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { openLabSession, type Session } from "../support/session.ts";
import { ANSWER_LIMIT, allPages, objects, requestsOf, writesOf } from "./rows.ts";

const TOOL = "proxmox_user_list";

let session: Session & { lab: Lab };
let lab: Lab;

const DAY = 86_400;
const now = () => Math.floor(Date.now() / 1000);
const iso = (seconds: number) => new Date(seconds * 1000).toISOString().replace(".000Z", "Z");

const SOON = now() + 5 * DAY;
const PAST = now() - DAY;
const SECRETS: string[] = [];

beforeAll(async () => {
  session = await openLabSession({ seed: "medium", taskMs: 40 });
  lab = session.lab;
  const { access } = lab.state;
  access.groups.set("admins", { comment: "those who may", users: new Set(["alice@pve", "bob@pam"]) });
  access.groups.set("empty", { users: new Set() });
  access.addUser("alice@pve", {
    firstname: "Älice",
    lastname: "Ä",
    email: "a@example.org",
    comment: "ops",
    keys: "x!k",
  });
  access.addUser("bob@pam", { enable: false });
  access.addUser("carl@pve", { expire: PAST });
  access.addUser("dora@pve", { expire: SOON });
  access.addUser("eve@nosuch", {});
  const add = (user: string, id: string, properties = {}) => SECRETS.push(access.addToken(user, id, properties).secret);
  add("alice@pve", "ci", { expire: PAST, comment: "pipeline" });
  add("alice@pve", "scripts", { privsep: false, expire: now() + 90 * DAY });
  add("bob@pam", "old", { expire: now() + 3650 * DAY });
  add("carl@pve", "t", {});
  access.factors.add("alice@pve", { type: "totp", description: "phone", secret: "ABCDEFGH" });
  access.factors.add("alice@pve", { type: "recovery", description: "", keys: ["k"] });
});
afterAll(() => session?.close());
beforeEach(() => lab.faults.clear());

const byId = (answer: Parameters<typeof objects>[0]) => new Map(objects(answer).map((row) => [row.id, row]));

test("shows users, their tokens and groups in four requests", async () => {
  const { result, requests } = await requestsOf(lab, () => session.call(TOOL));
  expect(requests.sort()).toEqual([
    "GET /access/domains",
    "GET /access/groups",
    "GET /access/tfa",
    "GET /access/users",
  ]);
  const rows = byId(result);
  expect(rows.get("alice@pve")).toEqual({
    kind: "user",
    id: "alice@pve",
    state: "ok",
    expires: null,
    groups: "admins",
    members: null,
    tfa: "totp, recovery",
    privsep: null,
    comment: "ops",
  });
  expect(rows.get("dora@pve")).toMatchObject({ state: "expiring", expires: iso(SOON), tfa: "none" });
  expect(rows.get("alice@pve!ci")).toMatchObject({ kind: "token", state: "expired", privsep: true });
  expect(rows.get("alice@pve!scripts")).toMatchObject({ state: "ok", privsep: false });
  expect(rows.get("admins")).toMatchObject({ kind: "group", members: 2, comment: "those who may" });
  expect(rows.get("empty")).toMatchObject({ kind: "group", members: 0 });
  const order = objects(result).map(({ id }) => id);
  expect(order.indexOf("alice@pve!ci")).toBe(order.indexOf("alice@pve") + 1);
  expect(order.slice(-2)).toEqual(["admins", "empty"]);
});

test("calls out what expired, will expire, or cannot log in", async () => {
  const { data } = await session.call(TOOL);
  expect(data.attention).toEqual([
    `alice@pve!ci expired at ${iso(PAST)}.`,
    `carl@pve expired at ${iso(PAST)}.`,
    `dora@pve expires at ${iso(SOON)}.`,
    "eve@nosuch cannot log in: its realm does not exist.",
  ]);
  const wide = await session.call(TOOL, { expiringDays: 100 });
  expect(wide.data.attention).toContainEqual(expect.stringMatching(/^alice@pve!scripts expires at /));
  const narrow = await session.call(TOOL, { expiringDays: 0 });
  expect(narrow.data.attention.join()).not.toContain("dora@pve");
});

test("a token is no better off than its user", async () => {
  const rows = byId(await session.call(TOOL, { kind: "token" }));
  expect(rows.get("bob@pam!old")).toMatchObject({ state: "disabled" });
  expect(rows.get("carl@pve!t")).toMatchObject({ state: "expired" });
});

test("says when the token of this server is the one that expires", async () => {
  const own = lab.state.access.users.get("root@pam")!.tokens.get("lab")!;
  own.expire = now() + 2 * DAY;
  const { data } = await session.call(TOOL);
  delete own.expire;
  expect(data.attention).toContainEqual(expect.stringMatching(/^root@pam!lab \(this server's own\) expires at /));
});

test("locked second factors and what a realm demands are shown", async () => {
  lab.faults.add({
    match: { path: /^\/access\/tfa$/ },
    answer: (answer) => ({
      ...answer,
      data: [{ userid: "alice@pve", entries: [{ id: "a", type: "totp", enable: 0 }], "tfa-locked-until": now() + 600 }],
    }),
  });
  lab.faults.add({
    match: { path: /^\/access\/domains$/ },
    answer: (answer) => ({
      ...answer,
      data: [
        { realm: "pve", type: "pve", tfa: "oath" },
        { realm: "pam", type: "pam" },
      ],
    }),
  });
  const answer = await session.call(TOOL, { kind: "user" });
  // A factor that is switched off protects nobody.
  expect(byId(answer).get("alice@pve")).toMatchObject({ state: "locked", tfa: "oath (realm)" });
  expect(answer.data.attention).toContain("alice@pve is locked out after failed second factors.");
});

test.each([
  [{ kind: "group" }, ["admins", "empty"]],
  [{ state: "expired" }, ["alice@pve!ci", "carl@pve", "carl@pve!t"]],
  [{ state: "orphaned" }, ["eve@nosuch"]],
  [{ group: "admins" }, ["alice@pve", "bob@pam", "admins"]],
  [{ id: "*@pam" }, ["bob@pam", "root@pam"]],
  [{ id: "alice@pve!*", kind: "token" }, ["alice@pve!ci", "alice@pve!scripts"]],
])("%o", async (filter, ids) => {
  expect(objects(await session.call(TOOL, filter)).map(({ id }) => id)).toEqual(ids);
});

test("never shows a secret, a key or a password", async () => {
  const { text, data } = await session.call(TOOL, { fields: ["id", "email", "name", "comment", "tfa"] });
  expect(objects({ data }).find(({ id }) => id === "alice@pve")).toMatchObject({
    email: "a@example.org",
    name: "Älice Ä",
  });
  for (const secret of [...SECRETS, lab.token.secret, "ABCDEFGH", "x!k"]) expect(text).not.toContain(secret);
});

describe("a partial answer", () => {
  test("names what could not be read, and leaves it open", async () => {
    lab.faults.add({ match: { path: /^\/access\/(tfa|domains)$/ }, status: 500, reason: "got timeout" });
    const answer = await session.call(TOOL);
    expect(answer.error).toBeUndefined();
    expect(answer.data.incomplete).toEqual([
      { cluster: "default", part: "tfa", reason: expect.stringContaining("got timeout") },
      { cluster: "default", part: "realms", reason: expect.stringContaining("got timeout") },
    ]);
    expect(byId(answer).get("alice@pve")).toMatchObject({ tfa: null });
    // Without the realms nobody can be said to have none.
    expect(byId(answer).get("eve@nosuch")).toMatchObject({ state: "ok" });
  });

  test("without the users there is no answer", async () => {
    lab.faults.add({ match: { path: /^\/access\/users$/ }, status: 500, reason: "got timeout" });
    expect((await session.call(TOOL)).error?.message).toContain("got timeout");
  });

  test("says when the token sees only some users (a privilege that is lacking filters silently)", async () => {
    const blind = await openLabSession({ seed: "small", taskMs: 40 });
    blind.lab.faults.add({ fault: "token-without-rights" });
    const { data, error } = await blind.call(TOOL);
    await blind.close();
    expect(error).toBeUndefined();
    expect(data.incomplete).toContainEqual({
      cluster: "default",
      part: "users",
      reason: expect.stringContaining("lacks Sys.Audit or User.Modify on /access/groups"),
    });
  });
});

test("many users stay within an answer, and pages hold every one once", async () => {
  const { access } = lab.state;
  for (let index = 0; index < 500; index++) {
    access.addUser(`mass${index}@pve`, { expire: PAST, comment: "made for a test of many" });
  }
  const one = await session.call(TOOL);
  expect(one.text.length).toBeLessThan(ANSWER_LIMIT);
  expect(one.data.attention.at(-1)).toMatch(/^\d+ more: filter by state\.$/);
  const { rows } = await allPages(session, TOOL, { id: "mass*" });
  expect(new Set(rows.map(({ id }) => id)).size).toBe(500);
  for (let index = 0; index < 500; index++) access.users.delete(`mass${index}@pve`);
});

test("answers that are null or of other types do not fail it", async () => {
  lab.faults.add({ fault: "types-swapped", match: { path: /^\/access\/users/ } });
  lab.faults.add({ fault: "null-lists", match: { path: /^\/access\/(groups|tfa)/ } });
  const answer = await session.call(TOOL);
  expect(answer.error).toBeUndefined();
  expect(byId(answer).get("bob@pam")).toMatchObject({ state: "disabled", tfa: "none" });
  expect(byId(answer).get("dora@pve")).toMatchObject({ state: "expiring", expires: iso(SOON) });
});

test("wrong arguments name the field and the fix", async () => {
  const { error } = await session.call(TOOL, { kind: "tokens", user: "x" });
  expect(error?.data?.errors).toMatchObject({
    kind: expect.stringContaining('did you mean "token"'),
    user: expect.stringContaining("unknown argument"),
  });
});

test("nothing that it asks changes anything", () => {
  expect(writesOf(lab)).toEqual([]);
});
