import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadConfig, NO_COMMAND_LINE } from "../../src/config/index.ts";

const PIN = "ab".repeat(32);
const PIN_NORMAL = PIN.toUpperCase().match(/../g)!.join(":");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "config-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
};

describe("PROXMOX_HOST", () => {
  test.each<[string, string[]]>([
    ["pve1", ["https://pve1:8006"]],
    ["pve1:8443", ["https://pve1:8443"]],
    ["https://pve1", ["https://pve1:8006"]],
    ["https://pve1:443", ["https://pve1:443"]],
    ["https://pve1.example.net:8006/api2/json", ["https://pve1.example.net:8006"]],
    ["https://pve1:8006/#v1:0:18", ["https://pve1:8006"]],
    ["192.0.2.7", ["https://192.0.2.7:8006"]],
    ["2001:db8::7", ["https://[2001:db8::7]:8006"]],
    ["[2001:db8::7]:8007", ["https://[2001:db8::7]:8007"]],
    ["pve1, pve2:8443", ["https://pve1:8006", "https://pve2:8443"]],
  ])("%s is %j", async (text, endpoints) => {
    expect((await loadConfig({ PROXMOX_HOST: text })).clusters[0]!.endpoints).toEqual(endpoints);
  });

  test.each([
    ["http://pve1", /https only/],
    ["pve1,,pve2", /empty entry/],
    ["user:secret@pve1", /belongs elsewhere/],
    ["pve 1", /not a host/],
  ])("%s is refused", async (text, fault) => {
    await expect(loadConfig({ PROXMOX_HOST: text })).rejects.toMatchObject({
      setting: "PROXMOX_HOST",
      fault: expect.stringMatching(fault),
    });
  });

  test("PROXMOX_API_PORT serves the entries that name none", async () => {
    const { clusters } = await loadConfig({ PROXMOX_HOST: "a,b:1", PROXMOX_API_PORT: "8443" });
    expect(clusters[0]!.endpoints).toEqual(["https://a:8443", "https://b:1"]);
  });
});

describe("the token", () => {
  const token = { PROXMOX_API_TOKEN_ID: "t", PROXMOX_API_TOKEN_SECRET: "s" };
  test.each([
    [{ ...token, PROXMOX_API_TOKEN_USER: "mcp", PROXMOX_API_TOKEN_REALM: "pve" }, "mcp", "pve"],
    [{ ...token, PROXMOX_API_TOKEN_USER: "mcp@pve" }, "mcp", "pve"],
    [{ ...token, PROXMOX_API_TOKEN_USER: "root" }, "root", "pam"],
    [{ ...token, PROXMOX_API_TOKEN_USER: "a@b@ldap" }, "a@b", "ldap"],
  ])("%j", async (env, user, realm) => {
    expect((await loadConfig(env)).clusters[0]!.token).toEqual({ user, realm, id: "t", secret: "s" });
  });

  test.each([
    [{ PROXMOX_API_TOKEN_USER: "root" }, "PROXMOX_API_TOKEN_ID"],
    [{ PROXMOX_API_TOKEN_USER: "root", PROXMOX_API_TOKEN_ID: "t" }, "PROXMOX_API_TOKEN_SECRET"],
    [token, "PROXMOX_API_TOKEN_USER"],
    [{ ...token, PROXMOX_API_TOKEN_USER: "a@pve", PROXMOX_API_TOKEN_REALM: "pam" }, "PROXMOX_API_TOKEN_USER"],
  ])("%j names %s", async (env, setting) => {
    await expect(loadConfig(env)).rejects.toMatchObject({ setting });
  });
});

test("fingerprints are taken as the tools print them", async () => {
  for (const text of [PIN, PIN_NORMAL, `SHA256:${PIN}`, `sha256=${PIN_NORMAL}`]) {
    expect((await loadConfig({ PROXMOX_TLS_FINGERPRINT: text })).clusters[0]!.tls.fingerprints).toEqual([PIN_NORMAL]);
  }
});

test("an empty environment gives a frozen configuration without a host", async () => {
  const config = await loadConfig({});
  expect(config).toMatchObject({ access: "destructive", clusters: [{ name: "default", endpoints: [] }] });
  expect(Object.isFrozen(config.clusters[0]!.tls)).toBe(true);
});

describe("PROXMOX_MCP_CLUSTERS_FILE", () => {
  const one = { name: "one", host: "pve1", token: { user: "root", id: "t", secretEnv: "ONE_SECRET" } };
  const load = (content: unknown, env = {}) =>
    loadConfig({ PROXMOX_MCP_CLUSTERS_FILE: write("clusters.json", content), ONE_SECRET: "s1", ...env });

  test("names several clusters, each with its own host, pin, secret and defaults", async () => {
    const two = {
      name: "two",
      host: ["a", "b:1"],
      port: 8443,
      fingerprint: PIN,
      token: { user: "mcp", realm: "pve", id: "t", secretFile: write("secret", "s2\n") },
      defaults: { node: "a" },
      requestTimeoutMs: 500,
    };
    expect((await load({ clusters: [one, two] })).clusters).toMatchObject([
      {
        name: "one",
        endpoints: ["https://pve1:8006"],
        token: { realm: "pam", secret: "s1" },
        requestTimeoutMs: 30_000,
      },
      {
        name: "two",
        endpoints: ["https://a:8443", "https://b:1"],
        token: { secret: "s2" },
        tls: { fingerprints: [PIN_NORMAL] },
        defaults: { node: "a" },
        requestTimeoutMs: 500,
      },
    ]);
  });

  test.each<[string, unknown, RegExp]>([
    ["no JSON", "{", /not JSON/],
    ["no cluster", { clusters: [] }, /clusters/],
    ["an unknown key", { clusters: [{ ...one, fingerprnt: "x" }] }, /clusters\[0\].*fingerprnt/],
    ["a name twice", { clusters: [one, one] }, /"one" twice/],
    ["a bad name", { clusters: [{ ...one, name: "One" }] }, /clusters\[0\]\.name.*lower-case/],
    [
      "an unset secret",
      { clusters: [{ ...one, token: { ...one.token, secretEnv: "NOPE" } }] },
      /NOPE, which is not set/,
    ],
    ["two secrets", { clusters: [{ ...one, token: { ...one.token, secret: "x" } }] }, /exactly one/],
    ["a bad host", { clusters: [{ ...one, host: "http://x" }] }, /clusters\[0\] \(one\).*https only/],
  ])("with %s it is refused, and the place is named", async (_, content, fault) => {
    await expect(load(content)).rejects.toMatchObject({
      setting: "PROXMOX_MCP_CLUSTERS_FILE",
      fault: expect.stringMatching(fault),
    });
  });

  test("beside PROXMOX_HOST it is refused", async () => {
    await expect(load({ clusters: [one] }, { PROXMOX_HOST: "x" })).rejects.toMatchObject({
      fault: expect.stringMatching(/together with PROXMOX_HOST/),
    });
  });
});

describe("a secret variable", () => {
  const token = { PROXMOX_API_TOKEN_USER: "root", PROXMOX_API_TOKEN_ID: "t" };

  test.each(["s3cret", "s3cret\n", "s3cret\r\n", "s3cret\n\n"])(
    "is read from the file that _FILE names: %j",
    async (text) => {
      const env = { ...token, PROXMOX_API_TOKEN_SECRET_FILE: write("token-secret", text) };
      const { clusters, secretTexts } = await loadConfig(env);
      expect(clusters[0]!.token?.secret).toBe("s3cret");
      expect(secretTexts).toContain("s3cret");
    },
  );

  test("of another name is read so too, where the clusters file names it", async () => {
    const cluster = { name: "one", host: "pve1", token: { user: "root", id: "t", secretEnv: "ONE" } };
    const file = write("env-file.json", { clusters: [cluster] });
    const { clusters } = await loadConfig({ PROXMOX_MCP_CLUSTERS_FILE: file, ONE_FILE: write("one", "s1\n") });
    expect(clusters[0]!.token?.secret).toBe("s1");
  });

  test("says what is wrong with its file, and never what is in it", async () => {
    const env = { PROXMOX_MCP_STATE_KEY_FILE: write("bad-key", "hunter2-hunter2\n") };
    const error = await loadConfig(env).then(
      () => undefined,
      (fault: Error) => fault,
    );
    expect(error).toMatchObject({ setting: "PROXMOX_MCP_STATE_KEY_FILE", fault: expect.stringContaining("32 bytes") });
    expect(JSON.stringify(error) + error!.message).not.toContain("hunter2");
  });
});

describe("the SSH identity of the environment", () => {
  const KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----";
  const PUBLIC = `ssh-ed25519 AAAA${"B".repeat(64)}`;
  const PRINT = `SHA256:${"x".repeat(43)}`;

  test.each<[Record<string, string>, object]>([
    [{ PROXMOX_SHELL_SSH_PRIVATE_KEY: KEY }, { username: "root", privateKey: `${KEY}\n`, expectedHostKeys: [] }],
    [{ PROXMOX_SHELL_SSH_PRIVATE_KEY: KEY.replaceAll("\n", "\\n") }, { privateKey: `${KEY}\n` }],
    [{ PROXMOX_SHELL_SSH_PRIVATE_KEY: `${KEY.replaceAll("\n", "\r\n")}\r\n` }, { privateKey: `${KEY}\n` }],
    [
      { PROXMOX_SHELL_SSH_PRIVATE_KEY_PATH: "/k", PROXMOX_SHELL_SSH_USERNAME: "mcp" },
      { username: "mcp", privateKeyPath: "/k" },
    ],
  ])("%j", async (env, ssh) => {
    expect((await loadConfig(env)).ssh).toMatchObject(ssh);
  });

  test("lets the default ceiling be escape, and no other", async () => {
    expect((await loadConfig({ PROXMOX_SHELL_SSH_PRIVATE_KEY: KEY })).access).toBe("escape");
    const given = { PROXMOX_SHELL_SSH_PRIVATE_KEY: KEY, PROXMOX_MCP_ACCESS: "read" };
    expect((await loadConfig(given)).access).toBe("read");
  });

  test.each([
    [PRINT, [PRINT]],
    [`${PRINT},${PUBLIC} root@pve1`, [PRINT, PUBLIC]],
    [`# pve1:22\npve1,192.0.2.1 ${PUBLIC}\n\npve1 ${PUBLIC} twice`, [`pve1,192.0.2.1 ${PUBLIC}`, `pve1 ${PUBLIC}`]],
    [`pve1=${PRINT}, pve2=${PRINT}`, [`pve1=${PRINT}`, `pve2=${PRINT}`]],
    [`256 ${PRINT} root@pve1 (ED25519)`, [`${PRINT} (ED25519)`]],
  ])("host keys %j", async (text, expectedHostKeys) => {
    const env = { PROXMOX_SHELL_SSH_PRIVATE_KEY: KEY, PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY: text };
    expect((await loadConfig(env)).ssh?.expectedHostKeys).toEqual(expectedHostKeys);
  });
});

describe("PROXMOX_MCP_SECRET_BACKEND", () => {
  const vault = { PROXMOX_MCP_SECRET_BACKEND: "vault", PROXMOX_MCP_SECRET_VAULT_ADDR: "https://vault:8200/v1/" };
  const KEY = "ab".repeat(32);

  test.each<[string, Record<string, string>, object]>([
    ["nothing", {}, { backend: "env" }],
    [
      "file",
      { PROXMOX_MCP_SECRET_BACKEND: "file", PROXMOX_MCP_SECRET_FILE_PATH: "/s", PROXMOX_MCP_SECRET_FILE_KEY: KEY },
      { backend: "file", path: "/s", key: Buffer.from(KEY, "hex") },
    ],
    [
      "a Vault token",
      { ...vault, VAULT_TOKEN: "hvs.x" },
      {
        backend: "vault",
        address: "https://vault:8200",
        mount: "secret",
        path: "proxmox-mcp",
        auth: { token: "hvs.x", from: "VAULT_TOKEN" },
      },
    ],
    [
      "the variable of a Vault token",
      { ...vault, VAULT_TOKEN: "no", PROXMOX_MCP_SECRET_VAULT_TOKEN_ENV: "MINE", MINE: " hvs.y\n" },
      { auth: { token: "hvs.y", from: "MINE" } },
    ],
    [
      "an AppRole, before VAULT_TOKEN",
      {
        ...vault,
        VAULT_TOKEN: "no",
        PROXMOX_MCP_SECRET_VAULT_ROLE_ID: "r",
        PROXMOX_MCP_SECRET_VAULT_SECRET_ID: "s",
        PROXMOX_MCP_SECRET_VAULT_NAMESPACE: "/team/a/",
        PROXMOX_MCP_SECRET_VAULT_KV_VERSION: "1",
      },
      { auth: { roleId: "r", secretId: "s", mount: "approle" }, namespace: "team/a", kvVersion: 1 },
    ],
    [
      "http on this machine",
      { ...vault, PROXMOX_MCP_SECRET_VAULT_ADDR: "http://127.0.0.1:8200", VAULT_TOKEN: "x" },
      {},
    ],
    ["http on this machine", { ...vault, PROXMOX_MCP_SECRET_VAULT_ADDR: "http://[::1]:8200", VAULT_TOKEN: "x" }, {}],
  ])("with %s", async (_, env, secrets) => {
    expect((await loadConfig(env)).secrets).toMatchObject(secrets);
  });

  test("VAULT_TOKEN is nobody's business without it", async () => {
    const { secretTexts, secrets } = await loadConfig({ VAULT_TOKEN: "x", VAULT_TOKEN_FILE: "/nowhere" });
    expect([secretTexts, secrets]).toEqual([[], { backend: "env" }]);
  });

  test("takes the tokens of clusters from the store, by their own names or given ones, beside those in the file", async () => {
    const file = write("stored.json", {
      clusters: [
        { name: "one", host: "pve1" },
        { name: "two", host: "pve2", token: { secretName: "one/token/pve2" } },
        { name: "three", host: "pve3", token: { user: "mcp@pve", id: "t", secret: "s3" } },
      ],
    });
    const env = {
      PROXMOX_MCP_SECRET_BACKEND: "file",
      PROXMOX_MCP_SECRET_FILE_PATH: "/s",
      PROXMOX_MCP_CLUSTERS_FILE: file,
    };
    const { clusters } = await loadConfig(env);
    expect(clusters.map(({ token, tokenSecret }) => tokenSecret ?? token)).toEqual([
      "one/token",
      "one/token/pve2",
      { user: "mcp", realm: "pve", id: "t", secret: "s3" },
    ]);
    const wrong = [
      { secretName: "one/ssh" },
      { secretName: "../token" },
      { secretName: "one/token", user: "root" },
      { secretName: "one/token", secret: "x" },
    ];
    for (const token of wrong) {
      const bad = write("stored-bad.json", { clusters: [{ name: "one", host: "pve1", token }] });
      await expect(loadConfig({ ...env, PROXMOX_MCP_CLUSTERS_FILE: bad })).rejects.toMatchObject({
        fault: expect.stringContaining("token.secretName"),
      });
    }
  });
});

test("a command that reads a server's environment does not ask how it was started", async () => {
  const env = { PROXMOX_HOST: "pve1", PROXMOX_MCP_MODE: "http" };
  await expect(loadConfig(env)).rejects.toMatchObject({ setting: "PROXMOX_MCP_OIDC_ISSUER" });
  expect((await loadConfig(env, NO_COMMAND_LINE)).http).toMatchObject({ host: "127.0.0.1", path: "/mcp" });
  const open = { ...env, PROXMOX_MCP_HTTP_HOST: "0.0.0.0", PROXMOX_MCP_HTTP_PUBLIC_BASE_URL: "https://a.example.net" };
  await expect(loadConfig(open, NO_COMMAND_LINE)).rejects.toMatchObject({ setting: "PROXMOX_MCP_OIDC_ISSUER" });
});
