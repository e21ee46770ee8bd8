import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { VaultSettings } from "../../src/config/secret-settings.ts";
import { createCertificate } from "../../src/lab/certificate.ts";
import { ABSENT, type SecretName, type SecretStore, SecretStoreError } from "../../src/secrets/index.ts";
import { openVaultStore } from "../../src/secrets/vault/vault-store.ts";
import { OTHER, SSH, TOKEN } from "./samples.ts";
import { startVaultServer, type VaultServer } from "./vault-server.ts";

const AMS: SecretName<"token"> = { cluster: "ams", kind: "token" };

let vault: VaultServer;
const opened: SecretStore[] = [];
/** What a store asked to be done later, and what it told the operator. */
let timers: { ms: number; run: () => void; off: boolean }[];
let notes: string[];
let kept: string[];

beforeEach(async () => {
  vault = await startVaultServer();
  vault.mount("secret", "kv-v2");
  [timers, notes, kept] = [[], [], []];
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()));
  await vault.close();
});

function open(settings: Partial<VaultSettings> = {}): SecretStore {
  const store = openVaultStore(
    {
      backend: "vault",
      address: vault.address,
      mount: "secret",
      path: "proxmox-mcp",
      auth: { token: vault.token(), from: "VAULT_TOKEN" },
      ...settings,
    },
    {
      now: vault.now,
      later: (ms, run) => {
        const timer = { ms, run, off: false };
        timers.push(timer);
        return () => {
          timer.off = true;
        };
      },
      note: (text) => void notes.push(text),
      keep: (secret) => void kept.push(secret),
    },
  );
  opened.push(store);
  return store;
}

const fault = async (action: Promise<unknown>): Promise<SecretStoreError> => {
  const error = await action.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(SecretStoreError);
  return error as SecretStoreError;
};
const auth = (token: string) => ({ auth: { token, from: "VAULT_TOKEN" } });

describe.each(["kv-v2", "kv-v1"] as const)("%s", (type) => {
  beforeEach(() => vault.mount("secret", type));

  test("secrets of clusters and nodes stand beside each other, and come back as they were", async () => {
    const store = open();
    expect(await store.list()).toEqual([]);
    expect(await store.read(AMS)).toBeUndefined();
    const names = [
      [{ cluster: "ams", kind: "ssh" }, SSH],
      [
        { cluster: "ams", kind: "ssh", node: "pve1" },
        { ...SSH, username: "one" },
      ],
      [AMS, TOKEN],
      [{ cluster: "ams", kind: "token", node: "pve1" }, OTHER],
      [{ cluster: "ber", kind: "token" }, OTHER],
    ] as const;
    for (const [name, value] of names) await store.write(name as SecretName, value);
    for (const [name, value] of names) expect((await store.read(name as SecretName))?.value).toEqual(value);
    vault.put("secret", "proxmox-mcp/ams/notes", { of: "somebody" });
    vault.put("secret", "proxmox-mcp/ams/token/a/b", { of: "somebody" });
    expect(await store.list()).toEqual(names.map(([name]) => name));
    expect(vault.get("secret", "proxmox-mcp/ams/token")).toEqual(TOKEN);
    expect(await store.remove({ cluster: "ams", kind: "ssh", node: "pve1" })).toBe(true);
    expect(await store.remove({ cluster: "ams", kind: "ssh", node: "pve1" })).toBe(false);
    expect(await store.list()).toHaveLength(4);
  });

  test("a new secret is not written over one that is there", async () => {
    const store = open();
    await store.write(AMS, TOKEN, { expect: ABSENT });
    expect((await fault(store.write(AMS, OTHER, { expect: ABSENT }))).code).toBe("secret-conflict");
    expect((await store.read(AMS))?.value).toEqual(TOKEN);
  });

  test("what vault kv put writes is taken, and what is malformed is told", async () => {
    vault.put("secret", "proxmox-mcp/ams/token", { user: "mcp@pve", id: "server", secret: TOKEN.secret, expire: "7" });
    expect((await open().read(AMS))?.value).toEqual({ ...TOKEN, expire: 7 });
    vault.put("secret", "proxmox-mcp/ams/token", { user: "mcp", secret: TOKEN.secret });
    const { code, message } = await fault(open().read(AMS));
    expect([code, message]).toEqual(["secret-malformed", expect.stringContaining("id is missing")]);
    expect(message).not.toContain(TOKEN.secret);
  });

  test("a version that is configured otherwise is told before anything is written", async () => {
    const store = open({ kvVersion: type === "kv-v2" ? 1 : 2 });
    for (const action of [() => store.read(AMS), () => store.write(AMS, TOKEN), () => store.list()]) {
      expect(await fault(action())).toMatchObject({
        code: "vault-mount",
        message: expect.stringContaining(`of version ${type.slice(-1)}`),
        next: expect.stringContaining(`PROXMOX_MCP_SECRET_VAULT_KV_VERSION=${type.slice(-1)}`),
      });
    }
    expect(vault.requests.every(({ method }) => method === "GET")).toBe(true);
  });
});

describe("check-and-set", () => {
  test("writes and removes only the version that is expected", async () => {
    const store = open();
    const first = await store.write(AMS, TOKEN);
    expect(first).toBe("1");
    expect(await store.write(AMS, OTHER, { expect: first! })).toBe("2");
    expect((await fault(store.write(AMS, TOKEN, { expect: first! }))).code).toBe("secret-conflict");
    expect((await fault(store.remove(AMS, { expect: first! }))).code).toBe("secret-conflict");
    expect((await store.read(AMS))?.version).toBe("2");
    expect(await store.remove(AMS, { expect: "2" })).toBe(true);
  });

  /** Somebody else writes between the reading and the writing. */
  const interfere = (times: number) => {
    vault.before = ({ method, path }) => {
      if (method === "POST" && path.startsWith("secret/data/") && times-- > 0)
        vault.put("secret", "proxmox-mcp/ams/token", OTHER);
    };
  };

  test("is Vault's own: a writer in between is a conflict", async () => {
    interfere(1);
    expect((await fault(open().write(AMS, TOKEN, { expect: ABSENT }))).code).toBe("secret-conflict");
    expect(vault.get("secret", "proxmox-mcp/ams/token")).toEqual(OTHER);
  });

  test("without an expectation a write is tried again, and given up against a busy writer", async () => {
    interfere(2);
    expect(await open().write(AMS, TOKEN)).toBe("3");
    interfere(99);
    expect((await fault(open().write(AMS, TOKEN))).code).toBe("secret-conflict");
  });

  test("works where the engine demands it, and over a deleted version", async () => {
    vault.mount("secret", "kv-v2", { casRequired: true });
    const store = open();
    await store.write(AMS, TOKEN);
    vault.softDelete("secret", "proxmox-mcp/ams/token");
    expect(await store.read(AMS)).toBeUndefined();
    expect(await store.write(AMS, OTHER, { expect: ABSENT })).toBe("2");
    vault.softDelete("secret", "proxmox-mcp/ams/token");
    expect(await store.remove(AMS)).toBe(false);
    expect(await store.write(AMS, OTHER, { expect: ABSENT })).toBe("1");
  });
});

describe("an error says what to do:", () => {
  test("sealed, and not set up", async () => {
    const store = open();
    vault.state = "sealed";
    expect(await fault(store.read(AMS))).toMatchObject({
      code: "vault-sealed",
      next: expect.stringContaining("vault operator unseal"),
    });
    vault.state = "uninitialized";
    expect((await fault(store.read(AMS))).code).toBe("vault-uninitialized");
    vault.state = "open";
    expect(await store.read(AMS)).toBeUndefined();
  });

  test("not reached", async () => {
    const { address } = await startVaultServer().then(async (gone) => {
      await gone.close();
      return gone;
    });
    expect(await fault(open({ address }).read(AMS))).toMatchObject({
      code: "vault-unreachable",
      message: expect.stringContaining("ECONNREFUSED"),
      next: expect.stringContaining("PROXMOX_MCP_SECRET_VAULT_ADDR"),
    });
  });

  test("not allowed: with the rule that a policy needs", async () => {
    const policy = { read: ["secret/data/proxmox-mcp/"] };
    vault.put("secret", "proxmox-mcp/ams/token", TOKEN);
    const store = open(auth(vault.token({ policy })));
    expect((await store.read(AMS))?.value).toEqual(TOKEN);
    const rule = (part: string, capabilities: string) =>
      `path "secret/${part}/proxmox-mcp/*" { capabilities = [${capabilities}] }`;
    for (const [action, next] of [
      [() => store.list(), rule("metadata", '"list"')],
      [() => store.write(AMS, OTHER), rule("data", '"create", "update"')],
      [() => store.remove(AMS), rule("metadata", '"delete"')],
      [() => open({ ...auth(vault.token({ policy })), path: "other" }).read(AMS), 'path "secret/data/other/*"'],
    ] as const) {
      expect(await fault(action())).toMatchObject({
        code: "vault-denied",
        message: expect.stringContaining("no policy of the token allows it."),
        next: expect.stringContaining(next),
      });
    }
    expect(vault.get("secret", "proxmox-mcp/ams/token")).toEqual(TOKEN);
  });

  test("a token that Vault does not know, or that may not look at itself, leaves it open which it is", async () => {
    expect(await fault(open(auth("hvs.wrong")).read(AMS))).toMatchObject({
      code: "vault-denied",
      message: expect.stringContaining("or the token has ended or is wrong"),
    });
    const blind = vault.token({ lookup: false, policy: { read: ["secret/data/proxmox-mcp/"] } });
    expect(await open(auth(blind)).read(AMS)).toBeUndefined();
  });

  test("nothing is mounted, or something else", async () => {
    const root = { mount: "secrets" };
    expect(await fault(open(root).read(AMS))).toMatchObject({
      code: "vault-mount",
      message: expect.stringContaining("nothing is mounted there"),
      next: expect.stringContaining("PROXMOX_MCP_SECRET_VAULT_MOUNT"),
    });
    vault.mount("transit", "transit");
    expect((await fault(open({ mount: "transit" }).read(AMS))).message).toContain("of the type transit, not kv");
    expect(await fault(open({ mount: "secret/team" }).read(AMS))).toMatchObject({
      code: "vault-mount",
      next: expect.stringContaining("PROXMOX_MCP_SECRET_VAULT_MOUNT=secret,"),
    });
  });

  test("the version of an engine that Vault does not tell is 2 unless it is configured, and a wrong one is told", async () => {
    vault.hidesMounts = true;
    expect(await open().write(AMS, TOKEN)).toBe("1");
    expect(await fault(open({ kvVersion: 1 }).read(AMS))).toMatchObject({
      code: "vault-mount",
      next: expect.stringContaining("PROXMOX_MCP_SECRET_VAULT_KV_VERSION=2"),
    });
    vault.mount("secret", "kv-v1");
    expect(await open({ kvVersion: 1 }).write(AMS, TOKEN)).toBeUndefined();
    expect((await open({ kvVersion: 1 }).read(AMS))?.value).toEqual(TOKEN);
  });

  test("the other end is not Vault, or sends it elsewhere", async () => {
    vault.impostor = "<html>Welcome</html>";
    expect(await fault(open().read(AMS))).toMatchObject({
      code: "vault-error",
      message: expect.stringContaining("this is not how Vault answers"),
    });
    vault.impostor = undefined;
    vault.standbyOf = "http://vault.example.net:8200";
    expect(await fault(open().read(AMS))).toMatchObject({
      code: "vault-error",
      message: expect.stringContaining("leads to http://vault.example.net:8200, which is not followed"),
    });
  });
});

describe("a lease", () => {
  const HOUR = 3_600_000;
  const due = () => timers.filter(({ off }) => !off);
  /** Lets the server's clock go on to the next timer, and runs it. */
  const elapse = async () => {
    const timer = due().at(-1)!;
    timer.off = true;
    vault.advance(timer.ms);
    const seen = vault.requests.length;
    timer.run();
    for (let tries = 0; tries < 400 && vault.requests.length === seen; tries++) await turn();
    for (let tries = 0; tries < 400 && due().length === 0; tries++) await turn();
  };
  const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

  test("is renewed when two thirds of it are over, for as long as the store is open", async () => {
    const token = vault.token({ ttl: 3600 });
    const store = open(auth(token));
    await store.read(AMS);
    expect(due().map(({ ms }) => ms)).toEqual([2 * (HOUR / 3)]);
    for (let times = 0; times < 5; times++) await elapse();
    expect(vault.left(token)).toBe(HOUR);
    await store.read(AMS);
    await store.close();
    expect(due()).toEqual([]);
    expect(kept).toContain(token);
  });

  test("that does not end is left alone, and so is one that cannot be renewed", async () => {
    await open(auth(vault.token())).read(AMS);
    await open(auth(vault.token({ ttl: 60, renewable: false }))).read(AMS);
    expect(due()).toEqual([]);
  });

  test("that has ended is told with the variable it came from, and asks Vault for nothing more", async () => {
    const store = open(auth(vault.token({ ttl: 3600, renewable: false })));
    await store.read(AMS);
    vault.advance(HOUR);
    const seen = vault.requests.length;
    expect(await fault(store.read(AMS))).toMatchObject({
      code: "vault-token-expired",
      message: expect.stringContaining("VAULT_TOKEN"),
    });
    expect(vault.requests).toHaveLength(seen);
  });

  test("of a token that was revoked is found out", async () => {
    const token = vault.token({ ttl: 3600 });
    const store = open(auth(token));
    await store.read(AMS);
    vault.revoke(token);
    expect((await fault(store.read(AMS))).code).toBe("vault-token-expired");
  });

  test("that reaches its utmost end is told to the operator once", async () => {
    const token = vault.token({ ttl: 3600, maxTtl: 5400 });
    const store = open(auth(token));
    await store.read(AMS);
    vault.revoke(token);
    await elapse();
    for (let tries = 0; tries < 400 && notes.length === 0; tries++) await turn();
    expect(notes).toEqual([expect.stringContaining("cannot be renewed and ends at")]);
  });

  test("of an AppRole's token begins anew with a login", async () => {
    const { roleId, secretId } = vault.role({ ttl: 60 });
    const store = open({ auth: { roleId, secretId, mount: "approle" } });
    const logins = () => vault.requests.filter(({ path }) => path === "auth/approle/login").length;
    await Promise.all([store.read(AMS), store.read(AMS), store.list()]);
    expect(logins()).toBe(1);
    vault.advance(61_000);
    expect(await store.read(AMS)).toBeUndefined();
    expect(logins()).toBe(2);
    vault.revoke(vault.requests.at(-1)!.token!);
    expect(await store.read(AMS)).toBeUndefined();
    expect(logins()).toBe(3);
    expect(kept).toHaveLength(3);
  });

  test("cannot begin with a wrong AppRole, and can once it is right", async () => {
    const { roleId, secretId } = vault.role({ secretIdUses: 0 });
    for (const [role, mount] of [
      [{ roleId, secretId: "wrong" }, "approle"],
      [{ roleId: "wrong", secretId }, "approle"],
      [{ roleId, secretId }, "approle"],
      [{ roleId, secretId }, "elsewhere"],
    ] as const) {
      const { code, next, message } = await fault(open({ auth: { ...role, mount } }).read(AMS));
      expect([code, next]).toEqual(["vault-login", expect.stringContaining("PROXMOX_MCP_SECRET_VAULT_ROLE_ID")]);
      expect(message).not.toContain(secretId);
    }
    const store = open({ auth: { ...vault.role(), mount: "approle" } });
    vault.state = "sealed";
    expect((await fault(store.read(AMS))).code).toBe("vault-sealed");
    vault.state = "open";
    expect(await store.read(AMS)).toBeUndefined();
  });
});

test("a namespace goes along with every request", async () => {
  const other = await startVaultServer({ namespace: "team/a" });
  other.mount("secret", "kv-v2");
  const settings = { address: other.address, auth: { token: other.token(), from: "VAULT_TOKEN" } };
  expect((await fault(open(settings).read(AMS))).code).toBe("vault-mount");
  expect(await open({ ...settings, namespace: "team/a" }).read(AMS)).toBeUndefined();
  expect(open({ ...settings, namespace: "team/a" }).place).toContain("namespace team/a");
  await other.close();
});

test("a certificate is trusted by its CA file, and by nothing else", async () => {
  const tls = await createCertificate("vault", ["localhost"], ["127.0.0.1"]);
  const secure = await startVaultServer({ tls });
  secure.mount("secret", "kv-v2");
  const settings = { address: secure.address, auth: { token: secure.token(), from: "VAULT_TOKEN" } };
  expect(await fault(open(settings).read(AMS))).toMatchObject({
    code: "vault-unreachable",
    next: expect.stringContaining("PROXMOX_MCP_SECRET_VAULT_CA_FILE"),
  });
  expect(secure.requests).toEqual([]);
  expect(await open({ ...settings, ca: tls.certificate }).read(AMS)).toBeUndefined();
  await secure.close();
});

test("a standby server's word which one is active is followed", async () => {
  const active = await startVaultServer();
  active.mount("secret", "kv-v2");
  active.put("secret", "proxmox-mcp/ams/token", TOKEN);
  const tls = await createCertificate("vault", ["localhost"], ["127.0.0.1"]);
  const token = active.token();
  const standby = await startVaultServer({ tls });
  // From https a token never goes on to http.
  standby.standbyOf = active.address;
  expect((await fault(open({ address: standby.address, ca: tls.certificate, ...auth(token) }).read(AMS))).code).toBe(
    "vault-error",
  );
  expect(active.requests).toEqual([]);
  const secure = await startVaultServer({ tls });
  secure.mount("secret", "kv-v2");
  standby.standbyOf = secure.address;
  const own = secure.token();
  expect(await open({ address: standby.address, ca: tls.certificate, ...auth(own) }).read(AMS)).toBeUndefined();
  await Promise.all([active.close(), standby.close(), secure.close()]);
});
