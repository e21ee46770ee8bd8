import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ALL_VARIABLES, type AnyVariableName } from "../../src/config/all-variables.ts";
import { BIN } from "../support/session.ts";

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "proxmox-mcp-config-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** Starts the server with an empty input, so that it ends by itself. */
async function start(
  env: Record<string, string>,
  args: string[] = [],
): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [BIN, ...args], {
    env: { PATH: process.env.PATH ?? "", XDG_STATE_HOME: directory, ...env },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  child.stdin.end();
  const [code] = await once(child, "close");
  return { code, stdout, stderr };
}

/** One short block that names the setting, its fault and what is allowed. */
function expectRefusal(
  { code, stdout, stderr }: Awaited<ReturnType<typeof start>>,
  setting: string,
  ...says: string[]
) {
  expect([code, stdout]).toEqual([78, ""]);
  expect(stderr.trimEnd().split("\n").length).toBeLessThanOrEqual(4);
  expect(stderr.length).toBeLessThan(600);
  expect(stderr).toContain(setting);
  expect(stderr).toContain("Allowed: ");
  for (const part of says) expect(stderr).toContain(part);
  expect(stderr).not.toMatch(/\n\s+at |node:internal|Error:/);
}

const TOKEN = {
  PROXMOX_API_TOKEN_USER: "root",
  PROXMOX_API_TOKEN_ID: "mcp",
  PROXMOX_API_TOKEN_SECRET: "5ecre7-0f-mine",
};

const FILE = { PROXMOX_MCP_SECRET_BACKEND: "file", PROXMOX_MCP_SECRET_FILE_PATH: "/nowhere/secrets.json" };
const VAULT = {
  PROXMOX_MCP_SECRET_BACKEND: "vault",
  PROXMOX_MCP_SECRET_VAULT_ADDR: "https://vault.example.net:8200",
  VAULT_TOKEN: "5ecre7-0f-vault",
};
const SSH = {
  PROXMOX_SHELL_SSH_PRIVATE_KEY:
    "-----BEGIN OPENSSH PRIVATE KEY-----\\n5ecre7-0f-mine\\n-----END OPENSSH PRIVATE KEY-----",
};

const LOCAL = { PROXMOX_MCP_LOCAL_BOOTSTRAP: "1" };

const HTTP = {
  PROXMOX_MCP_MODE: "http",
  PROXMOX_MCP_HTTP_PORT: "0",
  PROXMOX_MCP_OIDC_ISSUER: "https://id.example.net",
};

/** For each variable values that it must not take, and what else has to be set for it to be looked at. */
const WRONG: Readonly<Record<AnyVariableName, { values: string[]; env?: Record<string, string>; says?: string }>> = {
  PROXMOX_HOST: {
    values: ["http://pve1", "pve1,,pve2", "https://", "root:pw@pve1", "https://root@pve1:8006", "pve1:99999", "a b"],
  },
  PROXMOX_API_PORT: { values: ["0", "65536", "x", "-1", "80.5", "0x50", "1e3"] },
  PROXMOX_API_TOKEN_USER: { values: [" ", "root@pve"], env: { ...TOKEN, PROXMOX_API_TOKEN_REALM: "pam" } },
  PROXMOX_API_TOKEN_REALM: { values: ["  "], env: TOKEN },
  PROXMOX_API_TOKEN_ID: { values: [" "], env: TOKEN },
  PROXMOX_API_TOKEN_SECRET: { values: [" "], env: TOKEN },
  PROXMOX_TLS_FINGERPRINT: { values: ["AA:BB", "yy".repeat(32), `${"AA".repeat(32)},`], says: "SHA-256" },
  PROXMOX_TLS_CA_FILE: { values: ["/nowhere/ca.pem", BIN, " "] },
  PROXMOX_TLS_REJECT_UNAUTHORIZED: { values: ["no", "2", "off"], says: "true, false, 1 or 0" },
  PROXMOX_REQUEST_TIMEOUT_MS: { values: ["99", "600001", "30s", ""].filter(Boolean), says: "100 to 600000" },
  PROXMOX_MCP_CLUSTERS_FILE: { values: ["/nowhere/clusters.json", BIN, " "] },
  PROXMOX_MCP_ACCESS: { values: ["all", "READ", "write"], says: "read, mutate, destructive, escape" },
  PROXMOX_MCP_CONFIRM: { values: ["never", "PLAN"], says: "plan, human" },
  PROXMOX_MCP_POLICY_FILE: { values: ["/nowhere/policy.yaml"] },
  PROXMOX_MCP_STATE_KEY: { values: ["short", "zz".repeat(32)], says: "32 bytes" },
  PROXMOX_MCP_REDIS_URL: {
    values: [
      "localhost:6379",
      "http://h:6379",
      "redis://h:6379/db",
      "redis://",
      "redis://h?maxRetriesPerRequest=9",
      "redis://:50%@h",
    ],
    env: { ...TOKEN, PROXMOX_MCP_STATE_KEY: "ab".repeat(32) },
    says: "a URL such as",
  },
  PROXMOX_MCP_AUDIT_FILE_MIB: { values: ["0", "4097", "64M"], says: "1 to 4096" },
  PROXMOX_MCP_AUDIT_KEEP: { values: ["0", "-1", "all"], says: "1 to 10000" },
  PROXMOX_MCP_SCRIPTS: { values: ["on", "true", "Read"], says: "off, read or write" },
  PROXMOX_MCP_TOOLSETS: {
    values: ["everything", "guests,,api", "all,guests", "minimal,api", "Guests"],
    says: "inventory, guests",
  },
  PROXMOX_MCP_OUTPUT_TOKENS: { values: ["999", "1000001", "6k"], says: "1000 to 1000000" },
  PROXMOX_MCP_UPLOAD_DIRECTORY: { values: ["/nowhere", "uploads", BIN], says: "absolute path" },
  PROXMOX_MCP_ARTIFACT_MIB: { values: ["0", "4097", "64M"], says: "1 to 4096" },
  PROXMOX_MCP_ARTIFACT_MINUTES: { values: ["0", "1441", "1h"], says: "1 to 1440" },
  PROXMOX_MCP_IDENTITIES_FILE: { values: ["/nowhere/identities.yaml", BIN], env: { ...FILE, ...HTTP } },
  PROXMOX_MCP_MODE: { values: ["HTTP", "sse"], says: "stdio, http, both" },
  PROXMOX_MCP_AUTH_MODE: { values: ["OIDC", "token", "oidc"] },
  PROXMOX_MCP_SECRET_BACKEND: { values: ["keyring", "Vault"], says: "env, file, vault" },
  PROXMOX_MCP_SECRET_FILE_PATH: { values: [" "], env: { PROXMOX_MCP_SECRET_BACKEND: "file" } },
  PROXMOX_MCP_SECRET_FILE_KEY: { values: ["short", "zz".repeat(32)], env: FILE, says: "32 bytes" },
  PROXMOX_MCP_SECRET_VAULT_ADDR: {
    values: [
      "http://vault.example.net:8200",
      "http://10.0.0.1",
      "vault:8200",
      "https://",
      "https://vault/ui",
      "https://a:b@vault",
    ],
    env: { PROXMOX_MCP_SECRET_BACKEND: "vault" },
    says: "loopback",
  },
  PROXMOX_MCP_SECRET_VAULT_MOUNT: { values: ["a b", "../sys", "a//b", "/"], env: VAULT },
  PROXMOX_MCP_SECRET_VAULT_PATH: { values: ["a b", "a/../b", "/"], env: VAULT },
  PROXMOX_MCP_SECRET_VAULT_KV_VERSION: { values: ["3", "v2"], env: VAULT, says: "1, 2" },
  PROXMOX_MCP_SECRET_VAULT_NAMESPACE: { values: ["a b"], env: VAULT },
  PROXMOX_MCP_SECRET_VAULT_CA_FILE: { values: ["/nowhere/ca.pem", BIN], env: VAULT },
  PROXMOX_MCP_SECRET_VAULT_TOKEN_ENV: { values: ["$TOKEN", "NOT_SET_AT_ALL"], env: VAULT },
  VAULT_TOKEN: { values: [" "], env: VAULT },
  PROXMOX_MCP_SECRET_VAULT_ROLE_ID: { values: [" "], env: VAULT },
  PROXMOX_MCP_SECRET_VAULT_SECRET_ID: { values: [" "], env: { ...VAULT, PROXMOX_MCP_SECRET_VAULT_ROLE_ID: "r" } },
  PROXMOX_MCP_SECRET_VAULT_APPROLE_MOUNT: { values: ["a b"], env: VAULT },
  PROXMOX_SHELL_CONSOLE_USERNAME: { values: ["\n", "ro\not", "a\u0003"] },
  PROXMOX_SHELL_CONSOLE_PASSWORD: { values: ["\n", "5ecr\n3t", "\u001b[A"] },
  PROXMOX_MCP_LOCAL_BOOTSTRAP: { values: ["yes", "on"], says: "true, false, 1 or 0" },
  PROXMOX_BOOTSTRAP_SSH_USERNAME: { values: [" "], env: LOCAL },
  PROXMOX_BOOTSTRAP_SSH_PASSWORD: { values: ["\n", "5ecr\n3t"], env: LOCAL },
  PROXMOX_SSH_USERNAME: { values: [" "], env: LOCAL },
  PROXMOX_SSH_PASSWORD: { values: ["\n", "5ecr\n3t"], env: LOCAL },
  PROXMOX_SHELL_SSH_USERNAME: { values: [" "], env: SSH },
  PROXMOX_SHELL_SSH_PRIVATE_KEY: { values: ["ssh-ed25519 AAAA", "5ecre7-0f-mine"] },
  PROXMOX_SHELL_SSH_PRIVATE_KEY_PATH: { values: [" "] },
  PROXMOX_SHELL_SSH_PRIVATE_KEY_PASSPHRASE: { values: ["5ecre7-0f-mine"], says: "PRIVATE_KEY is not set" },
  PROXMOX_SHELL_SSH_HOSTS: { values: ["pve1", "pve1=", "pve1=a,b", "pve1=host:99999"] },
  PROXMOX_SHELL_SSH_JUMP: { values: ["@host", "a b", "host:0"] },
  PROXMOX_SHELL_SSH_KNOWN_HOSTS_FILE: { values: [" "] },
  PROXMOX_SHELL_SSH_PORT: { values: ["0", "ssh"] },
  PROXMOX_SHELL_SSH_GUESTS_FILE: { values: ["/nowhere/guests.json", BIN, " "] },
  PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY: { values: ["MD5:aa:bb", "SHA256:short", "AAAA"], env: SSH, says: "SHA256" },
  PROXMOX_MCP_HTTP_HOST: { values: ["a b", "http://127.0.0.1", "192.0.2.1.1:80"], env: HTTP },
  PROXMOX_MCP_HTTP_PORT: { values: ["65536", "http"], env: HTTP },
  PROXMOX_MCP_HTTP_PATH: { values: ["mcp", "/", "/a b", "/a/../b", "/healthz", "/.well-known/x"], env: HTTP },
  PROXMOX_MCP_HTTP_PUBLIC_BASE_URL: {
    values: [
      "mcp.example.net",
      "http://mcp.example.net",
      "https://a:b@mcp.example.net",
      "https://mcp.example.net/?a=1",
    ],
    env: HTTP,
  },
  PROXMOX_MCP_HTTP_TLS_CERT_FILE: {
    values: ["/nowhere/cert.pem", BIN],
    env: { ...HTTP, PROXMOX_MCP_HTTP_TLS_KEY_FILE: "/nowhere/key.pem" },
  },
  PROXMOX_MCP_HTTP_TLS_KEY_FILE: { values: ["/nowhere/key.pem"], env: HTTP, says: "CERT_FILE is not set" },
  PROXMOX_MCP_HTTP_ALLOWED_HOSTS: { values: ["a,,b", "a:80", "http://a", "a b"], env: HTTP },
  PROXMOX_MCP_HTTP_ALLOWED_ORIGINS: { values: ["*", "chat.example.net", "https://a/b", "null"], env: HTTP },
  PROXMOX_MCP_HTTP_MAX_BODY_KIB: { values: ["63", "4MB"], env: HTTP },
  PROXMOX_MCP_HTTP_REQUESTS_PER_MINUTE: { values: ["0", "many"], env: HTTP },
  PROXMOX_MCP_HTTP_MAX_REQUESTS: { values: ["0"], env: HTTP },
  PROXMOX_MCP_HTTP_MAX_STREAMS: { values: ["0"], env: HTTP },
  PROXMOX_MCP_HTTP_METRICS_PORT: { values: ["65536", "yes"], env: HTTP },
  PROXMOX_MCP_HTTP_DRAIN_SECONDS: { values: ["0", "601"], env: HTTP },
  PROXMOX_MCP_OIDC_ISSUER: {
    values: ["id.example.net", "http://id.example.net", "https://id.example.net/?realm=x"],
    env: HTTP,
  },
  PROXMOX_MCP_OIDC_AUDIENCE: { values: ["a,,b"], env: HTTP },
  PROXMOX_MCP_OIDC_GROUPS_CLAIM: { values: [" "], env: HTTP },
  PROXMOX_MCP_OIDC_JWKS_URL: { values: ["/keys", "http://id.example.net/keys"], env: HTTP },
  PROXMOX_DEFAULT_NODE: { values: [" "] },
  PROXMOX_DEFAULT_BRIDGE: { values: [" "] },
  PROXMOX_DEFAULT_VM_STORAGE: { values: [" "] },
  PROXMOX_DEFAULT_SNIPPET_STORAGE: { values: [" "] },
};

describe("a wrong value is refused with exit code 78:", () => {
  test("every variable is in the table", () => {
    expect(Object.keys(WRONG).sort()).toEqual(Object.keys(ALL_VARIABLES).sort());
  });

  test.each(Object.entries(WRONG))("%s", async (name, { values, env = {}, says = "" }) => {
    const answers = await Promise.all(values.map((value) => start({ ...env, [name]: value })));
    answers.forEach((answer, index) => {
      expect([values[index], answer.code]).toEqual([values[index], 78]);
      expectRefusal(answer, name, says);
      expect(answer.stderr).not.toContain(TOKEN.PROXMOX_API_TOKEN_SECRET);
      expect(answer.stderr).not.toContain("root:pw");
    });
  });

  test.each(Object.keys(TOKEN))("a token without its %s", async (name) => {
    const { [name as keyof typeof TOKEN]: _, ...rest } = TOKEN;
    expectRefusal(await start(rest as Record<string, string>), name, "is not set");
  });

  const both = (name: string) => ({ [name]: "5ecre7-0f-mine", [`${name}_FILE`]: "/dev/null" });
  test.each<[string, Record<string, string>, string, string]>([
    ["a backend that is not named", { PROXMOX_MCP_SECRET_FILE_PATH: "/x" }, "PROXMOX_MCP_SECRET_BACKEND", "is not set"],
    ["a file without a path", { PROXMOX_MCP_SECRET_BACKEND: "file" }, "PROXMOX_MCP_SECRET_FILE_PATH", "is not set"],
    [
      "a Vault without an address",
      { PROXMOX_MCP_SECRET_BACKEND: "vault" },
      "PROXMOX_MCP_SECRET_VAULT_ADDR",
      "is not set",
    ],
    ["a Vault without a token", { ...VAULT, VAULT_TOKEN: "" }, "VAULT_TOKEN", "PROXMOX_MCP_SECRET_VAULT_ROLE_ID"],
    [
      "a secret id without a role id",
      { ...VAULT, PROXMOX_MCP_SECRET_VAULT_SECRET_ID: "x" },
      "PROXMOX_MCP_SECRET_VAULT_ROLE_ID",
      "is not set",
    ],
    [
      "an AppRole and the variable of a token",
      { ...VAULT, PROXMOX_MCP_SECRET_VAULT_ROLE_ID: "r", PROXMOX_MCP_SECRET_VAULT_TOKEN_ENV: "VAULT_TOKEN" },
      "PROXMOX_MCP_SECRET_VAULT_TOKEN_ENV",
      "together with",
    ],
    ["a token beside a store", { ...FILE, ...TOKEN }, "PROXMOX_API_TOKEN_USER", "PROXMOX_MCP_SECRET_BACKEND is file"],
    ["an SSH key beside a store", { ...VAULT, ...SSH }, "PROXMOX_SHELL_SSH_PRIVATE_KEY", "BACKEND is vault"],
    [
      "an SSH key twice",
      { ...SSH, PROXMOX_SHELL_SSH_PRIVATE_KEY_PATH: "/x" },
      "PROXMOX_SHELL_SSH_PRIVATE_KEY",
      "together with",
    ],
    ["an SSH user alone", { PROXMOX_SHELL_SSH_USERNAME: "root" }, "PROXMOX_SHELL_SSH_PRIVATE_KEY", "is not set"],
    [
      "HTTP without a sign-in",
      { PROXMOX_MCP_MODE: "http" },
      "PROXMOX_MCP_OIDC_ISSUER",
      "--dangerously-allow-anonymous",
    ],
    ["HTTP beside stdio without one", { PROXMOX_MCP_MODE: "both" }, "PROXMOX_MCP_OIDC_ISSUER", "is not set"],
    [
      "an audience without an issuer",
      { PROXMOX_MCP_MODE: "http", PROXMOX_MCP_OIDC_AUDIENCE: "a" },
      "PROXMOX_MCP_OIDC_ISSUER",
      "though PROXMOX_MCP_OIDC_AUDIENCE is",
    ],
    [
      "an issuer, and nobody to sign in",
      { ...HTTP, PROXMOX_MCP_AUTH_MODE: "none" },
      "PROXMOX_MCP_AUTH_MODE",
      "is none",
    ],
    [
      "identities where nobody signs in",
      { PROXMOX_MCP_IDENTITIES_FILE: "/x" },
      "PROXMOX_MCP_IDENTITIES_FILE",
      "signs in",
    ],
    [
      "identities without a store",
      { ...HTTP, PROXMOX_MCP_IDENTITIES_FILE: "/x" },
      "PROXMOX_MCP_IDENTITIES_FILE",
      "is env",
    ],
    [
      "an address for all without a name",
      { ...HTTP, PROXMOX_MCP_HTTP_HOST: "0.0.0.0" },
      "PROXMOX_MCP_HTTP_PUBLIC_BASE_URL",
      "is not set",
    ],
    [
      "an address that is not this machine's",
      { ...HTTP, PROXMOX_MCP_HTTP_HOST: "192.0.2.1", PROXMOX_MCP_HTTP_PUBLIC_BASE_URL: "https://mcp.example.net" },
      "PROXMOX_MCP_HTTP_HOST",
      "EADDRNOTAVAIL",
    ],
    ["a secret beside its file", both("PROXMOX_API_TOKEN_SECRET"), "PROXMOX_API_TOKEN_SECRET", "together with"],
    [
      "replicas without a key that they share",
      { ...TOKEN, PROXMOX_MCP_REDIS_URL: "redis://:wrong-horse@127.0.0.1:6379" },
      "PROXMOX_MCP_REDIS_URL",
      "PROXMOX_MCP_STATE_KEY is not",
    ],
    ["a key beside its file", both("PROXMOX_MCP_STATE_KEY"), "PROXMOX_MCP_STATE_KEY", "together with"],
    [
      "a secret's file that is not there",
      { ...TOKEN, PROXMOX_API_TOKEN_SECRET: "", PROXMOX_API_TOKEN_SECRET_FILE: "/nowhere/secret" },
      "PROXMOX_API_TOKEN_SECRET_FILE",
      "cannot be read (ENOENT)",
    ],
    [
      "a secret's file that is empty",
      { ...TOKEN, PROXMOX_API_TOKEN_SECRET: "", PROXMOX_API_TOKEN_SECRET_FILE: "/dev/null" },
      "PROXMOX_API_TOKEN_SECRET_FILE",
      "is empty",
    ],
    [
      "a key's file with something else in it",
      { PROXMOX_MCP_STATE_KEY_FILE: "/etc/hostname" },
      "PROXMOX_MCP_STATE_KEY_FILE",
      "content is not a key of 32 bytes",
    ],
  ])("%s", async (_, env, setting, says) => {
    const answer = await start(env);
    expectRefusal(answer, setting, says);
    expect(answer.stderr).not.toContain("5ecre7");
  });

  test.each([
    ["an issuer", HTTP, "PROXMOX_MCP_OIDC_ISSUER is set"],
    [
      "an address for all",
      {
        PROXMOX_MCP_MODE: "http",
        PROXMOX_MCP_HTTP_HOST: "0.0.0.0",
        PROXMOX_MCP_HTTP_PUBLIC_BASE_URL: "https://mcp.example.net",
      },
      "PROXMOX_MCP_HTTP_HOST is 0.0.0.0",
    ],
  ] as [string, Record<string, string>, string][])("anonymous callers beside %s", async (_, env, says) => {
    const answer = await start(env, ["serve", "--dangerously-allow-anonymous-loopback"]);
    expectRefusal(answer, "--dangerously-allow-anonymous-loopback", says);
  });

  test("a clusters file beside a host", async () => {
    expectRefusal(
      await start({ PROXMOX_HOST: "pve1", PROXMOX_MCP_CLUSTERS_FILE: "/nowhere" }),
      "PROXMOX_MCP_CLUSTERS_FILE",
      "PROXMOX_HOST",
    );
  });
});

describe("the clusters file", () => {
  const good = { name: "one", host: "pve1", token: { user: "root", id: "mcp", secret: "5ecre7-0f-mine" } };
  const token = (more: object) => ({ ...good, token: { user: "root", id: "mcp", ...more } });

  test.each<[string, unknown, string]>([
    ["no clusters", {}, "clusters"],
    ["none of them", { clusters: [] }, "clusters"],
    ["an unknown key", { clusters: [good], cluster: 1 }, "cluster"],
    ["an unknown key of a cluster", { clusters: [{ ...good, hosts: [] }] }, "hosts"],
    ["a bad name", { clusters: [{ ...good, name: "Prod 1" }] }, "clusters[0].name"],
    ["a name twice", { clusters: [good, good] }, "twice"],
    ["no host", { clusters: [{ name: "one", token: good.token }] }, "clusters[0].host"],
    ["a bad host", { clusters: [{ ...good, host: "http://pve1" }] }, "clusters[0]"],
    ["a bad port", { clusters: [{ ...good, port: 70_000 }] }, "clusters[0].port"],
    ["a bad pin", { clusters: [{ ...good, fingerprint: "AA" }] }, "SHA-256"],
    ["a CA file that is not there", { clusters: [{ ...good, caFile: "/nowhere/ca.pem" }] }, "caFile"],
    ["no secret", { clusters: [token({})] }, "exactly one of"],
    ["no token", { clusters: [{ name: "one", host: "pve1" }] }, "clusters[0] (one): token.user is missing"],
    ["a token without an id", { clusters: [{ ...good, token: { user: "root", secret: "x" } }] }, "token.id is missing"],
    [
      "a stored secret, and no store",
      { clusters: [{ ...good, token: { secretName: "one/token" } }] },
      "secretName needs",
    ],
    ["two secrets", { clusters: [token({ secret: "a", secretEnv: "B" })] }, "exactly one of"],
    ["a variable that is not set", { clusters: [token({ secretEnv: "NOT_SET_AT_ALL" })] }, "NOT_SET_AT_ALL"],
    ["a secret file that is not there", { clusters: [token({ secretFile: "/nowhere/secret" })] }, "secretFile"],
    ["a secret file that is empty", { clusters: [token({ secretFile: "/dev/null" })] }, "secretFile"],
    ["a timeout out of range", { clusters: [{ ...good, requestTimeoutMs: 5 }] }, "requestTimeoutMs"],
    ["an unknown default", { clusters: [{ ...good, defaults: { nod: "pve1" } }] }, "clusters[0].defaults"],
  ])("with %s is refused with the place of the fault", async (_, content, says) => {
    const path = join(directory, `${says.replace(/\W/g, "")}${Math.random()}.json`);
    await writeFile(path, JSON.stringify(content));
    const answer = await start({ PROXMOX_MCP_CLUSTERS_FILE: path });
    expectRefusal(answer, "PROXMOX_MCP_CLUSTERS_FILE", says);
    expect(answer.stderr).not.toContain("5ecre7-0f-mine");
  });

  test("that is right starts a server", async () => {
    const path = join(directory, "good.json");
    await writeFile(
      path,
      JSON.stringify({ clusters: [good, { ...good, name: "two", host: ["pve1:8006", "https://pve2"] }] }),
    );
    expect(await start({ PROXMOX_MCP_CLUSTERS_FILE: path })).toEqual({ code: 0, stdout: "", stderr: "" });
  });
});

describe("what is forgiven", () => {
  test.each([
    {},
    { PROXMOX_HOST: "" },
    { PROXMOX_HOST: "https://pve1:8006/api2/json" },
    { PROXMOX_HOST: "pve1, pve2:443 ,[fd00::1]:8006,fd00::2" },
    { ...TOKEN, PROXMOX_API_TOKEN_USER: "root@pam" },
    { PROXMOX_TLS_FINGERPRINT: `sha256:${"ab".repeat(32)}` },
    { PROXMOX_TLS_REJECT_UNAUTHORIZED: "FALSE" },
  ])("%o", async (env) => {
    expect(await start(env as Record<string, string>)).toEqual({ code: 0, stdout: "", stderr: "" });
  });
});
