import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../../src/lab/index.ts";
import { openFileStore } from "../../../src/secrets/file/file-store.ts";
import { objects } from "../../tools/rows.ts";
import { connectHttp, type HttpServer, type HttpSession, startHttpServer } from "../../support/http-server.ts";
import { startProvider, type TestProvider } from "../../support/oidc.ts";

const AUDIENCE = "https://mcp.example.net/mcp";
const ALL = "proxmox.read proxmox.mutate proxmox.escape";

let lab: Lab;
let folder: string;
let file: string;
let provider: TestProvider;
let server: HttpServer;
const sessions: HttpSession[] = [];

/** A user of the lab with a token of its own, and these roles by path. */
async function enroll(name: string, roles: Readonly<Record<string, string>>, secret?: string): Promise<void> {
  const { access } = lab.state;
  const token = access.addToken(`${name}@pve`, "mcp", { privsep: false });
  for (const [path, role] of Object.entries(roles)) access.grant(path, "users", `${name}@pve`, role);
  await openFileStore({ backend: "file", path: join(folder, "secrets.json") }).write(
    { cluster: "default", kind: "token", node: name },
    { user: name, realm: "pve", id: "mcp", secret: secret ?? token.secret },
  );
}

const TABLE = `
version: 1
identities:
  - subject: alice
    tokens: { default: default/token/alice }
  - subject: bob
    tokens: { default: default/token/bob }
  - subject: eve
    tokens: { default: default/token/eve }
  - subject: gone
    tokens: { default: default/token/gone }
  - group: operators
    ssh: true
    tokens: { default: default/token/admin }
  - group: watchers
    tokens: { default: default/token/bob }
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "proxmox-mcp-identities-"));
  file = join(folder, "identities.yaml");
  writeFileSync(file, TABLE);
  lab = await startLab({ authDelayMs: 0, taskMs: 60, seed: "small" });
  await enroll("alice", { "/vms/100": "PVEVMAdmin", "/vms/101": "PVEVMAdmin" });
  await enroll("bob", { "/vms/102": "PVEVMAdmin", "/vms/103": "PVEAuditor" });
  await enroll("admin", { "/": "Administrator" });
  await enroll("eve", { "/": "Administrator" }, "00000000-0000-0000-0000-000000000000");
  const { access } = lab.state;
  access.addUser("other@pve");
  access.groups.set("night", { users: new Set(["bob@pve"]) }).set("day", { users: new Set(["other@pve"]) });
  for (const role of ["Night", "Day"]) access.roles.set(role, new Set(["VM.Audit"]) as never);
  access.grant("/vms/103", "groups", "night", "Night");
  access.grant("/vms/103", "groups", "day", "Day");
  await openFileStore({ backend: "file", path: join(folder, "secrets.json") }).write(
    { cluster: "default", kind: "token" },
    lab.token,
  );
  provider = await startProvider();
  server = await startHttpServer({
    PROXMOX_HOST: `${lab.host}:${lab.port}`,
    PROXMOX_TLS_FINGERPRINT: lab.fingerprint,
    PROXMOX_MCP_ACCESS: "escape",
    PROXMOX_MCP_SECRET_BACKEND: "file",
    PROXMOX_MCP_SECRET_FILE_PATH: join(folder, "secrets.json"),
    PROXMOX_MCP_OIDC_ISSUER: provider.issuer,
    PROXMOX_MCP_OIDC_AUDIENCE: AUDIENCE,
    PROXMOX_MCP_IDENTITIES_FILE: file,
    PROXMOX_SHELL_CONSOLE_PASSWORD: lab.rootPassword,
    PROXMOX_MCP_HTTP_REQUESTS_PER_MINUTE: "100000",
  });
}, 60_000);
beforeEach(() => {
  lab.requests.length = 0;
});
afterAll(async () => {
  for (const session of sessions) await session.close();
  await server?.close();
  await provider?.close();
  await lab?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A client whose person signs in at the provider. */
async function signedIn(person: string, era: "2026-07-28" | "2025" = "2026-07-28"): Promise<HttpSession> {
  const session = await connectHttp(server.url, { era, token: await provider.token(person, ALL, AUDIENCE) });
  sessions.push(session);
  return session;
}

/** A client with a token that names groups. */
async function inGroups(sub: string, groups: unknown): Promise<HttpSession> {
  const exp = Math.floor(Date.now() / 1000) + 600;
  const token = await provider.sign({ iss: provider.issuer, aud: AUDIENCE, sub, scope: ALL, exp, groups } as never);
  const session = await connectHttp(server.url, { token });
  sessions.push(session);
  return session;
}

const vmids = async (session: HttpSession): Promise<unknown[]> =>
  objects(await session.call("proxmox_vm_list")).map(({ vmid }) => vmid);
const tokensUsed = () => [...new Set(lab.requests.map(({ token }) => token))].sort();

/** The guests that a text names: those of alice, and those of bob. */
const MARKS = { alice: ["web01", "legacy-app"], bob: ["build01", "dns01"] };

describe("two people with two Proxmox identities", () => {
  test("see what their own rights let them see, and the record names both", async () => {
    const [alice, bob] = [await signedIn("alice"), await signedIn("bob", "2025")];
    expect(await vmids(alice)).toEqual([100, 101]);
    expect(await vmids(bob)).toEqual([102]);
    expect(tokensUsed()).toEqual(["alice@pve!mcp", "bob@pve!mcp"]);
    expect((await alice.call("proxmox_vm_get", { vmid: 102 })).error?.message).toContain("102");
    expect((await bob.call("proxmox_vm_get", { vmid: 102 })).error).toBeUndefined();
    const whose = (await server.record()).map(({ principal, pveToken }) => `${principal} ${pveToken}`);
    expect([...new Set(whose)].sort()).toEqual([
      `alice@${provider.issuer} alice@pve!mcp`,
      `bob@${provider.issuer} bob@pve!mcp`,
    ]);
  });

  test("are recorded with their Proxmox token where their scopes do not reach", async () => {
    const session = await connectHttp(server.url, { token: await provider.token("alice", "proxmox.read", AUDIENCE) });
    sessions.push(session);
    await session.call("proxmox_vm_action", { vmid: 100, action: "start" }).catch(() => {});
    const refused = async () => (await server.record()).filter(({ outcome }) => outcome === "insufficient-scope");
    await expect.poll(refused).toMatchObject([{ principal: `alice@${provider.issuer}`, pveToken: "alice@pve!mcp" }]);
  });

  test("get nothing of each other's, whatever they ask for, however many of them at once", async () => {
    const [alice, bob] = [await signedIn("alice", "2025"), await signedIn("bob")];
    const asks = (session: HttpSession, own: number, other: number): Promise<string>[] => [
      session.call("proxmox_vm_list").then(({ text }) => text),
      session.call("proxmox_lxc_list").then(({ text }) => text),
      session.call("proxmox_inventory_overview").then(({ text }) => text),
      session.call("proxmox_vm_get", { vmid: own }).then(({ text }) => text),
      session.call("proxmox_vm_get", { vmid: other }).then(({ text }) => text),
      session.call("proxmox_capabilities").then(({ text }) => text),
      session.call("proxmox_vm_destroy", { vmid: own, dryRun: true }).then(({ text }) => text),
      session.call("proxmox_api_read", { path: "/cluster/resources" }).then(({ text }) => text),
      session.readResource("proxmox://inventory").then(({ text }) => text!),
      session.readResource(`proxmox://guests/${own}`).then(({ text }) => text!),
      session.readResource(`proxmox://guests/${other}`).then(
        ({ text }) => text!,
        () => "",
      ),
      session.listResources().then((found) => JSON.stringify(found)),
      session.complete("proxmox://guests/{vmid}", "vmid", "").then(({ values }) => values.join(" ")),
      session.complete("risk_review", "guest", "").then(
        ({ values }) => values.join(" "),
        () => "",
      ),
    ];
    let texts = 0;
    for (let round = 0; round < 4; round++) {
      // Nobody's index is warm, so that all of a round wait for the same readings.
      await alice.call("proxmox_vm_update_config", { vmid: 100, config: { description: `round ${round}` } });
      lab.requests.length = 0;
      const [of, ob] = await Promise.all([
        Promise.all([...asks(alice, 100, 102), ...asks(alice, 101, 102)]),
        Promise.all([...asks(bob, 102, 100), ...asks(bob, 102, 101)]),
      ]);
      for (const [found, foreign, foreignIds] of [
        [of, [...MARKS.bob, "bob@pve"], /\b(102|103)\b/],
        [ob, [...MARKS.alice, "alice@pve"], /\b(100|101)\b/],
      ] as const) {
        texts += found.length;
        for (const text of found) for (const mark of foreign) expect(text).not.toContain(mark);
        // Completions are of numbers alone.
        for (const text of found.filter((one) => /^[\d ]+$/.test(one))) expect(text).not.toMatch(foreignIds);
      }
      expect(tokensUsed()).toEqual(["alice@pve!mcp", "bob@pve!mcp"]);
      const index = lab.requests.filter(({ path }) => path.endsWith("/cluster/resources"));
      // Coalesced, but each within an identity.
      expect(new Set(index.map(({ token }) => token)).size).toBe(2);
    }
    expect(texts).toBe(4 * 56);
  });

  test("are told of changes of what they may see alone", async () => {
    const [alice, bob] = [await signedIn("alice", "2025"), await signedIn("bob", "2025")];
    await expect(alice.subscribe("proxmox://guests/103")).rejects.toThrow(/not found/i);
    const ends = [await bob.subscribe("proxmox://guests/103"), await alice.subscribe("proxmox://guests/101")];
    lab.state.guests.get(103)!.config.hostname = "dns02";
    for (let tries = 0; tries < 600 && bob.updates.length === 0; tries++)
      await new Promise((end) => setTimeout(end, 25));
    expect([bob.updates, alice.updates]).toEqual([["proxmox://guests/103"], []]);
    // Nobody looks any more, so that other tests see their own requests alone.
    for (const end of ends) await end();
    lab.state.guests.get(103)!.config.hostname = "dns01";
  }, 30_000);

  test("have plans by their own rights, and not each other's", async () => {
    const [alice, bob] = [await signedIn("alice"), await signedIn("bob")];
    const { error } = await alice.call("proxmox_vm_destroy", { vmid: 101 });
    const { plan } = error!.data as { plan: { planId: string; confirm: string } };
    expect(JSON.stringify(plan)).not.toContain('"held":false');
    const stolen = { vmid: 101, planId: plan.planId, confirm: plan.confirm };
    expect((await bob.call("proxmox_vm_destroy", stolen)).error).toBeDefined();
    expect(lab.requests.filter(({ method }) => method === "DELETE")).toEqual([]);
    const dry = await bob.call("proxmox_lxc_action", { vmid: 103, action: "stop", dryRun: true });
    expect(dry.text).toContain('"held":false');
  });

  test("cannot borrow a job", async () => {
    const [alice, bob] = [await signedIn("alice"), await signedIn("bob")];
    const { data } = await bob.call("proxmox_vm_action", { vmid: 102, action: "start", waitSeconds: 30 });
    expect(data.job.state).toBe("ok");
    expect((await bob.call("job_get", { id: data.job.id })).error).toBeUndefined();
    expect((await alice.call("job_get", { id: data.job.id })).error?.code).toBe("unknown-job");
  });
});

test("whom Proxmox does not let in is told so, and nobody else is", async () => {
  const [eve, alice] = [await signedIn("eve"), await signedIn("alice")];
  const { error } = await eve.call("proxmox_vm_list");
  expect(error?.code).toBe("authentication-failed");
  expect(`${error?.message} ${error?.next}`).toContain("default/token/eve");
  expect(await vmids(alice)).toEqual([100, 101]);
  expect(tokensUsed()).toContain("alice@pve!mcp");
});

test("a token that is not in the store is missed by its name", async () => {
  const gone = await signedIn("gone");
  expect((await gone.call("proxmox_vm_list")).error).toMatchObject({ code: "secret-missing" });
  expect(lab.requests).toEqual([]);
});

test("who is in no entry is refused, and told what is to be mapped", async () => {
  const dave = await inGroups("dave", ["staff"]);
  const { error } = await dave.call("proxmox_vm_list");
  expect(error).toMatchObject({ code: "no-identity" });
  expect(`${error?.message} ${error?.next}`).toMatch(/"dave".*http.*"staff"/);
  await expect(dave.readResource("proxmox://inventory")).rejects.toThrow(/dave/);
  expect((await dave.complete("proxmox://guests/{vmid}", "vmid", "")).values).toEqual([]);
  expect(lab.requests).toEqual([]);
});

test.each<[string, unknown, number[] | undefined]>([
  ["a list", ["staff", "watchers"], [102]],
  ["one text", "watchers", [102]],
  ["a list of several that are mapped: the first of the file decides", ["watchers", "operators"], [100, 101, 102]],
  ["another case", ["Watchers"], undefined],
  ["no texts", [["watchers"], { name: "watchers" }, 1], undefined],
  ["a part of a name", ["watch"], undefined],
])("groups as %s", async (_, groups, sees) => {
  const session = await inGroups("carol", groups);
  if (sees) expect(await vmids(session)).toEqual(sees);
  else expect((await session.call("proxmox_vm_list")).error?.code).toBe("no-identity");
});

test("a subject's own entry goes before its groups", async () => {
  expect(await vmids(await inGroups("alice", ["operators"]))).toEqual([100, 101]);
});

describe("nobody harms", () => {
  test.each<[string, string, string, Record<string, unknown>]>([
    ["the own token", "DELETE", "/access/users/admin@pve/token/mcp", {}],
    ["the own user", "DELETE", "/access/users/admin@pve", {}],
    ["the user of somebody else's token", "DELETE", "/access/users/alice@pve", {}],
    ["somebody else's token", "DELETE", "/access/users/bob@pve/token/mcp", {}],
    ["somebody else's rights", "PUT", "/access/acl", { path: "/vms/101", roles: "NoAccess", users: "alice@pve" }],
    ["the group that somebody else is in", "DELETE", "/access/groups/night", {}],
    ["the rights of that group", "PUT", "/access/acl", { path: "/vms/103", roles: "NoAccess", groups: "night" }],
    ["the role by which somebody else has rights", "DELETE", "/access/roles/Night", {}],
    ["this server's own token", "DELETE", "TOKEN", {}],
  ])("%s", async (_, method, path, params) => {
    const admin = await inGroups("root", ["operators"]);
    const { user, realm, id } = lab.token;
    const at = path === "TOKEN" ? `/access/users/${user}@${realm}/token/${id}` : path;
    const { error } = await admin.call("proxmox_api_call", { method, path: at, params });
    expect(error?.code).toBe("self-protection");
    expect(lab.requests.filter((one) => one.method !== "GET")).toEqual([]);
  });

  test("but others may be deleted", async () => {
    const admin = await inGroups("root", ["operators"]);
    for (const path of ["/access/users/other@pve", "/access/groups/day", "/access/roles/Day"]) {
      const { error } = await admin.call("proxmox_api_call", { method: "DELETE", path });
      expect([path, error?.code]).toEqual([path, "confirmation-required"]);
    }
  });
});

test("what goes past Proxmox's rights is for those who are let", async () => {
  const run = { node: "pve1", family: "qm", args: ["list"] };
  const alice = await (await signedIn("alice")).call("proxmox_cli_run", run);
  const admin = await (await inGroups("root", ["operators"])).call("proxmox_cli_run", run);
  // Let as far as the gate, which asks about it.
  expect([alice.error?.code, admin.error?.code]).toEqual(["needs-ssh", "confirmation-required"]);
  expect(alice.error!.next).toContain("ssh: true in your entry of PROXMOX_MCP_IDENTITIES_FILE");
  expect(JSON.stringify(alice.error)).not.toContain("PROXMOX_SHELL_");
  const boot = { node: "pve1", name: "mine", dryRun: true };
  const booted = await (await signedIn("alice")).call("proxmox_bootstrap_node_access", boot);
  expect(booted.error).toMatchObject({ code: "no-own-ways", next: expect.stringContaining("ssh: true") });
});

test("who is not let is told of the flag, not of this server's own settings", async () => {
  const alice = await signedIn("alice");
  const off = async (session: HttpSession) => JSON.stringify((await session.call("proxmox_capabilities")).data.off);
  expect(await off(alice)).toContain("ssh: true");
  expect(await off(alice)).not.toContain("PROXMOX_SHELL_");
  expect(await off(await inGroups("root", ["operators"]))).toContain("PROXMOX_SHELL_SSH_GUESTS_FILE");
  const shell = (targetKind: string) => ({ targetKind, target: 100, command: "id" });
  for (const targetKind of ["container", "linux_guest"]) {
    const { error } = await alice.call("proxmox_shell_run", shell(targetKind));
    expect(error).toMatchObject({ code: "needs-ssh", next: expect.stringContaining("ssh: true") });
  }
});

test("a console is this server's own, for those who are let", async () => {
  const run = { node: "pve1", command: "hostname" };
  const refused = await (await signedIn("alice")).call("proxmox_node_terminal_run", run);
  expect(refused.error?.code).toBe("needs-ssh");
  const admin = await inGroups("root", ["operators"]);
  const { plan } = (await admin.call("proxmox_node_terminal_run", run)).error!.data as {
    plan: { planId: string; confirm: string };
  };
  const consent = { planId: plan.planId, confirm: plan.confirm };
  const { data, error } = await admin.call("proxmox_node_terminal_run", { ...run, ...consent });
  expect(error).toBeUndefined();
  expect(data).toMatchObject({ way: "console", stdout: "pve1\n" });
  const { user, realm, id } = lab.token;
  const asked = lab.requests.filter(({ path }) => path.endsWith("/termproxy"));
  expect(asked.map(({ token }) => token)).toEqual([`${user}@${realm}!${id}`]);
});

test("the file is read again at SIGHUP, and a bad one is not taken", async () => {
  const dave = await inGroups("dave", []);
  writeFileSync(
    file,
    `${TABLE}  - { subject: dave, tokens: { default: default/token/bob }, }\ndefault: { tokens: {} }\n`,
  );
  server.child.kill("SIGHUP");
  await server.says("has a fault at default.tokens: names no cluster");
  expect((await dave.call("proxmox_vm_list")).error?.code).toBe("no-identity");
  expect(await vmids(await signedIn("alice"))).toEqual([100, 101]);

  const swapped = TABLE.replace("default/token/alice", "default/token/bob");
  writeFileSync(file, `${swapped}default: { tokens: { default: default/token/alice } }\n`);
  server.child.kill("SIGHUP");
  await server.says("the file of identities was read again");
  expect(await vmids(dave)).toEqual([100, 101]);
  expect(await vmids(await signedIn("alice"))).toEqual([102]);
});
