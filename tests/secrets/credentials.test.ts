import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadConfig } from "../../src/config/index.ts";
import { openFileStore } from "../../src/secrets/file/file-store.ts";
import { type Credentials, openCredentials, openSecretStore } from "../../src/secrets/index.ts";
import { OTHER, SSH, TOKEN } from "./samples.ts";

let folder: string;
let path: string;
let kept: string[];
const listener = { note: () => {}, keep: (secret: string) => void kept.push(secret) };
const never = async () => {
  throw new Error("nothing is to be swapped");
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "credentials-"));
  path = join(folder, "secrets.json");
  kept = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the environment as a store", () => {
  const key = () => join(folder, "id_ed25519");
  const env = () => ({
    PROXMOX_HOST: "pve1",
    PROXMOX_API_TOKEN_USER: "mcp@pve",
    PROXMOX_API_TOKEN_ID: TOKEN.id,
    PROXMOX_API_TOKEN_SECRET: TOKEN.secret,
    PROXMOX_SHELL_SSH_USERNAME: SSH.username,
    PROXMOX_SHELL_SSH_PRIVATE_KEY_PATH: key(),
    PROXMOX_SHELL_SSH_PRIVATE_KEY_PASSPHRASE: SSH.passphrase!,
    PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY: SSH.expectedHostKeys[0]!,
  });
  const open = async () => openSecretStore(await loadConfig(env()));

  test("holds the token and the SSH identity of its clusters, and takes nothing", async () => {
    writeFileSync(key(), SSH.privateKey, { mode: 0o600 });
    const store = await open();
    expect(await store.list()).toEqual([
      { cluster: "default", kind: "ssh" },
      { cluster: "default", kind: "token" },
    ]);
    expect((await store.read({ cluster: "default", kind: "token" }))?.value).toEqual(TOKEN);
    expect((await store.read({ cluster: "default", kind: "ssh" }))?.value).toEqual(SSH);
    expect(await store.read({ cluster: "other", kind: "token" })).toBeUndefined();
    await expect(store.write({ cluster: "default", kind: "token" }, OTHER)).rejects.toMatchObject({
      code: "secret-read-only",
    });
    await expect(store.remove({ cluster: "default", kind: "token" })).rejects.toMatchObject({
      code: "secret-read-only",
    });
  });

  test.each<[string, () => void, object]>([
    ["is not there", () => {}, { code: "secret-file-unreadable" }],
    [
      "others can read",
      () => {
        writeFileSync(key(), SSH.privateKey);
        chmodSync(key(), 0o644);
      },
      { code: "secret-file-mode", next: expect.stringContaining("chmod 600") },
    ],
    ["is none", () => writeFileSync(key(), "ssh-ed25519 AAAA", { mode: 0o600 }), { code: "secret-malformed" }],
  ])("a key file that %s is an error of whoever needs it", async (_, prepare, error) => {
    prepare();
    const store = await open();
    await expect(store.read({ cluster: "default", kind: "ssh" })).rejects.toMatchObject(error);
    expect((await store.read({ cluster: "default", kind: "token" }))?.value).toEqual(TOKEN);
  });
});

describe("SSH identities of a running server", () => {
  const config = () =>
    loadConfig({
      PROXMOX_HOST: "pve1",
      PROXMOX_MCP_SECRET_BACKEND: "file",
      PROXMOX_MCP_SECRET_FILE_PATH: path,
    });
  const store = () => openFileStore({ backend: "file", path });
  const reload = async (credentials: Credentials) => credentials.reload(await config(), async () => "unchanged");

  test("are the node's, else the cluster's, and are masked", async () => {
    await store().write({ cluster: "default", kind: "ssh" }, SSH);
    await store().write({ cluster: "default", kind: "ssh", node: "pve2" }, { ...SSH, username: "two" });
    const credentials = await openCredentials(await config(), listener);
    expect((await credentials.ssh("default", "pve1"))?.username).toBe("root");
    expect((await credentials.ssh("default", "pve2"))?.username).toBe("two");
    expect(await credentials.ssh("other")).toBeUndefined();
    for (const text of [SSH.privateKey, SSH.passphrase!]) expect(kept).toContain(text);
  });

  test("that come later are found without a reload, and changed ones with it", async () => {
    const credentials = await openCredentials(await config(), listener);
    expect(await credentials.ssh("default", "pve1")).toBeUndefined();
    await store().write({ cluster: "default", kind: "ssh" }, SSH);
    expect((await credentials.ssh("default", "pve1"))?.username).toBe("root");
    await store().write({ cluster: "default", kind: "ssh", node: "pve1" }, { ...SSH, username: "one" });
    expect((await credentials.ssh("default", "pve1"))?.username).toBe("root");
    await reload(credentials);
    expect((await credentials.ssh("default", "pve1"))?.username).toBe("one");
  });

  test("stay in use when what replaces them is malformed, while a good token goes on", async () => {
    await store().write({ cluster: "default", kind: "ssh" }, SSH);
    const credentials = await openCredentials(await config(), listener);
    await credentials.ssh("default");
    const secrets = { "default/ssh": { ...SSH, privateKey: "none" }, "default/token": OTHER };
    writeFileSync(path, JSON.stringify({ format: "proxmox-mcp-secrets", version: 1, secrets }), { mode: 0o600 });
    const swapped: string[] = [];
    const said = await credentials.reload(await config(), async (cluster, token) => {
      swapped.push(`${cluster} ${token.id}`);
      return "swapped";
    });
    expect(swapped).toEqual(["default other"]);
    expect(said).toEqual([
      "cluster default now uses the new token of mcp@pve!other",
      expect.stringContaining("cluster default keeps its old SSH identity. The secret default/ssh"),
    ]);
    expect((await credentials.ssh("default"))?.privateKey).toBe(SSH.privateKey);
  });

  test("of a cluster that is configured no more are left, and so is its token", async () => {
    await store().write({ cluster: "default", kind: "token" }, TOKEN);
    const credentials = await openCredentials(await config(), listener);
    const fresh = { ...(await config()), clusters: [] };
    expect(await credentials.reload(fresh, never)).toEqual([
      expect.stringContaining("cluster default is configured no more"),
    ]);
    expect((await credentials.token("default")).id).toBe(TOKEN.id);
  });
});
