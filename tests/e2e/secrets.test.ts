import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { TokenAuth } from "../../src/config/cluster-config.ts";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { openFileStore } from "../../src/secrets/file/file-store.ts";
import type { SecretName } from "../../src/secrets/index.ts";
import { startVaultServer, type VaultServer } from "../secrets/vault-server.ts";
import { openSession, type Session } from "../support/session.ts";

const KEY = randomBytes(32);
const NAME: SecretName<"token"> = { cluster: "default", kind: "token" };

let lab: Lab;
let folder: string;
let path: string;
let session: Session | undefined;

beforeAll(async () => {
  lab = await startLab({ seed: "small", authDelayMs: 0, taskMs: 60 });
});
afterAll(() => lab?.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "proxmox-mcp-secrets-"));
  path = join(folder, "secrets.json");
  lab.requests.length = 0;
  lab.faults.clear();
});
afterEach(async () => {
  await session?.close();
  session = undefined;
  await rm(folder, { recursive: true, force: true });
});

const host = () => ({ PROXMOX_HOST: `${lab.host}:${lab.port}`, PROXMOX_TLS_FINGERPRINT: lab.fingerprint });
const fileEnv = () => ({
  ...host(),
  PROXMOX_MCP_SECRET_BACKEND: "file",
  PROXMOX_MCP_SECRET_FILE_PATH: path,
  PROXMOX_MCP_SECRET_FILE_KEY: KEY.toString("base64"),
});
const store = () => openFileStore({ backend: "file", path, key: KEY });

/** A token of root@pam with all rights. */
function freshToken(id: string): TokenAuth {
  const { tokens } = lab.state.access.users.get("root@pam")!;
  tokens.delete(id);
  const { secret } = lab.state.access.addToken("root@pam", id, { privsep: false });
  return { user: "root", realm: "pam", id, secret };
}
const usedTokens = () => [...new Set(lab.requests.map(({ token }) => token))];

describe("a file", () => {
  test("gives the token to the first call that needs it, and no secret comes out again", async () => {
    await store().write(NAME, lab.token);
    lab.state.access.users.get("root@pam")!.comment = `old secret: ${lab.token.secret}`;
    session = await openSession(fileEnv());
    const { data } = await session.call("proxmox_capabilities");
    expect(data.clusters).toMatchObject([{ token: "root@pam!lab", reachable: true }]);
    const users = await session.call("proxmox_api_call", { method: "GET", path: "/access/users/root@pam" });
    expect(users.text).toContain("old secret: [redacted]");
    expect(users.text).not.toContain(lab.token.secret);
    expect(session.stderr()).toBe("");
    delete lab.state.access.users.get("root@pam")!.comment;
  });

  test("that is not there is an error of the call, which says what to do, and then it is used", async () => {
    session = await openSession(fileEnv());
    expect((await session.listTools()).length).toBeGreaterThan(10);
    const { error } = await session.call("proxmox_inventory_overview");
    expect(error).toMatchObject({ code: "secret-missing", message: expect.stringContaining("default/token") });
    expect(error?.message).toContain(path);
    expect(session.stderr()).toContain("No secret default/token");
    await store().write(NAME, lab.token);
    expect((await session.call("proxmox_inventory_overview")).error).toBeUndefined();
    expect(lab.requests.every(({ token }) => token === "root@pam!lab")).toBe(true);
  });

  test.each<[string, () => Promise<void>, object]>([
    [
      "that others can read",
      () => chmod(path, 0o644),
      { code: "secret-file-mode", next: expect.stringContaining("chmod 600") },
    ],
    ["that is cut off", () => writeFile(path, '{"format": "proxmox-mcp-'), { code: "secret-file-altered" }],
    ["with another key", () => store().rekey(randomBytes(32)), { code: "secret-file-key" }],
  ])("%s is an error of every call, and nothing is sent", async (_, spoil, error) => {
    await store().write(NAME, lab.token);
    await spoil();
    session = await openSession(fileEnv());
    for (const [tool, args] of [
      ["proxmox_inventory_overview", {}],
      ["proxmox_vm_action", { vmid: 102, action: "start" }],
      ["proxmox_api_call", { method: "DELETE", path: "/access/users/nobody@pve" }],
    ] as const) {
      expect((await session.call(tool, args)).error).toMatchObject(error);
    }
    expect((await session.call("proxmox_capabilities")).data.clusters).toMatchObject([{ reachable: false }]);
    expect(lab.requests).toEqual([]);
  });

  test("holds the token that is protected from itself, from the first call on", async () => {
    await store().write(NAME, freshToken("own"));
    session = await openSession(fileEnv());
    const call = { method: "DELETE", path: "/access/users/root@pam/token/own" };
    expect((await session.call("proxmox_api_call", call)).error?.code).toBe("self-protection");
    expect(lab.requests.filter(({ method }) => method !== "GET")).toEqual([]);
  });

  test("serves several clusters by their names, or by the names that they give", async () => {
    const other = await startLab({ seed: "small", authDelayMs: 0, nodePrefix: "ber" });
    await store().write({ cluster: "ams", kind: "token" }, lab.token);
    await store().write({ cluster: "ams", kind: "token", node: "ber1" }, other.token);
    const clusters = [
      { name: "ams", host: `${lab.host}:${lab.port}`, fingerprint: lab.fingerprint },
      {
        name: "ber",
        host: `${other.host}:${other.port}`,
        fingerprint: other.fingerprint,
        token: { secretName: "ams/token/ber1" },
      },
    ];
    await writeFile(join(folder, "clusters.json"), JSON.stringify({ clusters }));
    const { PROXMOX_HOST: _, PROXMOX_TLS_FINGERPRINT: __, ...env } = fileEnv();
    session = await openSession({ ...env, PROXMOX_MCP_CLUSTERS_FILE: join(folder, "clusters.json") });
    const { data } = await session.call("proxmox_node_list");
    expect(data.incomplete).toBeUndefined();
    expect(JSON.stringify(data.rows)).toMatch(/pve1.*ber1/);
    await other.close();
  });
});

describe("SIGHUP", () => {
  const version = () => session!.call("proxmox_api_call", { method: "GET", path: "/version" });

  test("swaps the token under running calls: those end with the old one, the next have the new one", async () => {
    await store().write(NAME, freshToken("one"));
    session = await openSession(fileEnv());
    await version();
    lab.requests.length = 0;
    lab.faults.add({ match: { path: /^\/access\/groups$/ }, delayMs: 600 });
    const slow = session.call("proxmox_api_call", { method: "GET", path: "/access/groups" });
    while (!lab.requests.some(({ path: asked }) => asked === "/access/groups"))
      await new Promise((go) => setTimeout(go, 5));
    await store().write(NAME, freshToken("two"));
    await session.hangUp("cluster default now uses the new token of root@pam!two");
    expect((await slow).error).toBeUndefined();
    expect((await version()).error).toBeUndefined();
    const by = (asked: string) => lab.requests.filter((request) => request.path === asked).map(({ token }) => token);
    expect(by("/access/groups")).toEqual(["root@pam!one"]);
    // The trial before the swap, and the call.
    expect(by("/version")).toEqual(["root@pam!two", "root@pam!two"]);
    // The server protects the token that it uses now.
    const call = (id: string) => ({ method: "DELETE", path: `/access/users/root@pam/token/${id}`, dryRun: true });
    expect((await session.call("proxmox_api_call", call("two"))).data.plan).toMatchObject({ allowed: false });
  });

  test.each<[string, () => Promise<unknown>, string]>([
    [
      "a secret that the host refuses",
      () => store().write(NAME, { ...lab.token, id: "gone" }),
      "refused the API token",
    ],
    ["a file that is cut off", () => writeFile(path, "{"), "is cut off or altered"],
    ["a file that others can read", () => chmod(path, 0o640), "chmod 600"],
    ["no file", () => rm(path), "No secret default/token"],
    [
      "a host that is away",
      async () => {
        await store().write(NAME, freshToken("three"));
        lab.faults.add({ cutBeforeWork: true });
      },
      "closed before the answer was complete",
    ],
  ])("with %s keeps the old token, and says so", async (_, spoil, says) => {
    const old = freshToken("old");
    await store().write(NAME, old);
    session = await openSession(fileEnv());
    await version();
    await spoil();
    await session.hangUp("cluster default keeps its old token. ");
    expect(session.stderr()).toContain(says);
    expect(session.stderr()).not.toContain(old.secret);
    lab.faults.clear();
    lab.requests.length = 0;
    expect((await version()).error).toBeUndefined();
    expect(usedTokens()).toEqual(["root@pam!old"]);
    // What was wrong is put right, and the next signal takes it.
    await rm(path, { force: true });
    await store().write(NAME, freshToken("right"));
    await session.hangUp("now uses the new token of root@pam!right");
  });

  test("with wrong settings keeps all as it is", async () => {
    const secret = join(folder, "secret");
    await writeFile(secret, `${lab.token.secret}\n`);
    session = await openSession({
      ...host(),
      PROXMOX_API_TOKEN_USER: "root",
      PROXMOX_API_TOKEN_ID: lab.token.id,
      PROXMOX_API_TOKEN_SECRET_FILE: secret,
    });
    await version();
    await rm(secret);
    await session.hangUp("the old credentials stay in use. PROXMOX_API_TOKEN_SECRET_FILE names");
    expect((await version()).error).toBeUndefined();
  });

  test("reads the files of _FILE variables again, where the secrets are in the environment", async () => {
    const secret = join(folder, "secret");
    const token = freshToken("rotated");
    await writeFile(secret, `${token.secret}\n`);
    session = await openSession({
      ...host(),
      PROXMOX_API_TOKEN_USER: "root",
      PROXMOX_API_TOKEN_ID: "rotated",
      PROXMOX_API_TOKEN_SECRET_FILE: secret,
    });
    expect((await version()).error).toBeUndefined();
    await session.hangUp("the token of cluster default is the same");
    const next = freshToken("rotated");
    expect((await version()).error?.code).toBe("authentication-failed");
    await writeFile(secret, next.secret);
    await session.hangUp("now uses the new token of root@pam!rotated");
    expect((await version()).error).toBeUndefined();
    // Both are masked from now on.
    lab.state.access.users.get("root@pam")!.comment = `${token.secret} ${next.secret}`;
    const users = await session.call("proxmox_api_call", { method: "GET", path: "/access/users/root@pam" });
    expect(users.text).toContain("[redacted] [redacted]");
    delete lab.state.access.users.get("root@pam")!.comment;
  });
});

describe("Vault", () => {
  let vault: VaultServer;
  beforeEach(async () => {
    vault = await startVaultServer();
    vault.mount("secret", "kv-v2");
  });
  afterEach(() => vault.close());
  const env = (more: Record<string, string>) => ({
    ...host(),
    PROXMOX_MCP_SECRET_BACKEND: "vault",
    PROXMOX_MCP_SECRET_VAULT_ADDR: vault.address,
    ...more,
  });

  test("gives the token, by an AppRole whose secret id is in a file", async () => {
    vault.put("secret", "proxmox-mcp/default/token", { ...lab.token });
    const { roleId, secretId } = vault.role();
    await writeFile(join(folder, "secret-id"), `${secretId}\n`);
    session = await openSession(
      env({
        PROXMOX_MCP_SECRET_VAULT_ROLE_ID: roleId,
        PROXMOX_MCP_SECRET_VAULT_SECRET_ID_FILE: join(folder, "secret-id"),
      }),
    );
    const answers = await Promise.all([
      session.call("proxmox_inventory_overview"),
      session.call("proxmox_vm_list"),
      session.call("proxmox_node_list"),
    ]);
    for (const { error } of answers) expect(error).toBeUndefined();
    expect(vault.requests.filter(({ path: asked }) => asked === "secret/data/proxmox-mcp/default/token")).toHaveLength(
      1,
    );
    vault.put("secret", "proxmox-mcp/default/token", { ...freshToken("rotated") });
    await session.hangUp("now uses the new token of root@pam!rotated");
  });

  test("that is sealed, unreachable or refuses is an error of the call, and the server serves on", async () => {
    vault.put("secret", "proxmox-mcp/default/token", { ...lab.token });
    vault.state = "sealed";
    session = await openSession(env({ PROXMOX_MCP_SECRET_VAULT_TOKEN_ENV: "MY_TOKEN", MY_TOKEN: vault.token() }));
    expect((await session.listTools()).length).toBeGreaterThan(10);
    expect((await session.call("proxmox_vm_list")).error).toMatchObject({
      code: "vault-sealed",
      next: expect.stringContaining("unseal"),
    });
    expect(session.stderr()).toContain("is sealed");
    expect(lab.requests).toEqual([]);
    vault.state = "open";
    expect((await session.call("proxmox_vm_list")).error).toBeUndefined();
    // What was read stays in use, whatever becomes of Vault.
    vault.state = "sealed";
    expect((await session.call("proxmox_vm_list")).error).toBeUndefined();
    await session.hangUp("keeps its old token. Vault at");
    expect((await session.call("proxmox_vm_list")).error).toBeUndefined();
  });
});
