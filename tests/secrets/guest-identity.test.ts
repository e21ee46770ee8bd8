import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { GuestEntry } from "../../src/config/guest-entry.ts";
import { type Credentials, guestIdentity, openCredentials, openSecretStore } from "../../src/secrets/index.ts";

const folder = mkdtempSync(join(tmpdir(), "guest-identity-"));
const key = (word: string) =>
  `-----BEGIN OPENSSH PRIVATE KEY-----\n${Buffer.from(word).toString("base64")}\n-----END OPENSSH PRIVATE KEY-----\n`;
const PIN = `SHA256:${"A".repeat(43)}`;
const OTHER = `SHA256:${"B".repeat(43)}`;
const ENTRY: GuestEntry = {
  place: "guests[0] (vmid 101)",
  by: { vmid: 101 },
  os: "linux",
  port: 22,
  hostKeys: [PIN],
  sudo: false,
};

const secrets = { backend: "file", path: join(folder, "secrets.json") } as const;
const kept: string[] = [];
let credentials: Credentials;
const of = (more: Partial<GuestEntry>) => guestIdentity(credentials, "default", { ...ENTRY, ...more });

beforeAll(async () => {
  chmodSync(folder, 0o700);
  const store = await openSecretStore({ secrets, clusters: [] });
  const identity = (word: string) => ({ username: word, privateKey: key(word), expectedHostKeys: [OTHER] });
  await store.write({ cluster: "default", kind: "ssh" }, identity("nodes"));
  await store.write({ cluster: "default", kind: "ssh", node: "web" }, identity("web"));
  await store.close();
  const config = { secrets, clusters: [], secretTexts: [] };
  credentials = await openCredentials(config, { note: () => {}, keep: (text) => void kept.push(text) });
});
afterAll(async () => {
  await credentials?.close();
  rmSync(folder, { recursive: true, force: true });
});

test("the cluster's own identity logs in where none is named, and only the entry's host keys count", async () => {
  expect(await of({})).toEqual({ username: "nodes", privateKey: key("nodes"), expectedHostKeys: [PIN] });
  expect(await of({ username: "debian" })).toMatchObject({ username: "debian", privateKey: key("nodes") });
});

test("a secret that is named is the one, with its host keys, and never another in its place", async () => {
  expect(await of({ key: { secret: "default/ssh/web" } })).toEqual({
    username: "web",
    privateKey: key("web"),
    expectedHostKeys: [OTHER, PIN],
  });
  expect(kept).toContain(key("web"));
  await expect(of({ key: { secret: "default/ssh/none" } })).rejects.toMatchObject({ code: "secret-missing" });
});

test("a key file has to be its owner's alone, and a key", async () => {
  const path = join(folder, "key");
  writeFileSync(path, key("file"), { mode: 0o600 });
  expect(await of({ key: { path, passphrase: "word" } })).toEqual({
    username: "root",
    privateKey: key("file"),
    passphrase: "word",
    expectedHostKeys: [PIN],
  });
  expect(await of({ key: { path }, os: "windows" })).toMatchObject({ username: "Administrator" });
  chmodSync(path, 0o644);
  await expect(of({ key: { path } })).rejects.toMatchObject({ code: "secret-file-mode" });
  writeFileSync(path, "ssh-ed25519 AAAA");
  chmodSync(path, 0o600);
  await expect(of({ key: { path } })).rejects.toMatchObject({
    code: "secret-malformed",
    message: expect.stringMatching(/keyFile of guests\[0\].*is a public key/),
  });
});
