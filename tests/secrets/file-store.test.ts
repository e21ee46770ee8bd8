import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  readlinkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openFileStore } from "../../src/secrets/file/file-store.ts";
import { ABSENT, type SecretName, SecretStoreError } from "../../src/secrets/index.ts";
import { OTHER, SSH, TOKEN } from "./samples.ts";

const KEY = randomBytes(32);
const AMS: SecretName<"token"> = { cluster: "ams", kind: "token" };

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "secrets-"));
  path = join(folder, "secrets.json");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (key?: Buffer, lockWaitMs = 200) =>
  openFileStore({ backend: "file", path, ...(key ? { key } : {}) }, { lockWaitMs });
/** The error that an action rejects with. */
const fault = async (action: Promise<unknown>): Promise<SecretStoreError> => {
  const error = await action.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(SecretStoreError);
  return error as SecretStoreError;
};

describe.each<[string, Buffer | undefined]>([
  ["plain", undefined],
  ["encrypted", KEY],
])("%s", (_, key) => {
  test("secrets of clusters and nodes stand beside each other, and come back as they were", async () => {
    const store = open(key);
    expect(await store.list()).toEqual([]);
    expect(await store.read(AMS)).toBeUndefined();
    const names = [
      [AMS, TOKEN],
      [{ cluster: "ams", kind: "token", node: "pve1" }, OTHER],
      [{ cluster: "ber", kind: "token" }, OTHER],
      [{ cluster: "ams", kind: "ssh" }, SSH],
      [
        { cluster: "ams", kind: "ssh", node: "pve1" },
        { ...SSH, username: "one" },
      ],
      [
        { cluster: "ams", kind: "ssh", node: "pve2" },
        { ...SSH, username: "two" },
      ],
    ] as const;
    for (const [name, value] of names) await store.write(name as SecretName, value);
    for (const [name, value] of names) expect((await open(key).read(name as SecretName))?.value).toEqual(value);
    expect(await store.list()).toHaveLength(names.length);
    expect(await store.remove({ cluster: "ams", kind: "ssh", node: "pve1" })).toBe(true);
    expect(await store.remove({ cluster: "ams", kind: "ssh", node: "pve1" })).toBe(false);
    expect(await store.list()).toHaveLength(names.length - 1);
    expect((await store.read({ cluster: "ams", kind: "ssh", node: "pve2" }))?.value.username).toBe("two");
  });

  test("nothing is written over what somebody else wrote", async () => {
    const store = open(key);
    const first = await store.write(AMS, TOKEN, { expect: ABSENT });
    expect((await store.read(AMS))?.version).toBe(first);
    expect((await fault(store.write(AMS, OTHER, { expect: ABSENT }))).code).toBe("secret-conflict");
    const second = await store.write(AMS, OTHER, { expect: first! });
    expect(second).not.toBe(first);
    expect((await fault(store.write(AMS, TOKEN, { expect: first! }))).code).toBe("secret-conflict");
    expect((await fault(store.remove(AMS, { expect: first! }))).code).toBe("secret-conflict");
    expect((await store.read(AMS))?.value).toEqual(OTHER);
    expect(await store.remove(AMS, { expect: second! })).toBe(true);
  });

  test("the file is for its owner alone, and nothing else is left beside it", async () => {
    const umask = process.umask(0);
    try {
      await open(key).write(AMS, TOKEN);
      await open(key).write(AMS, OTHER);
    } finally {
      process.umask(umask);
    }
    expect(statSync(path).mode & 0o7777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["secrets.json"]);
    expect(readFileSync(path, "utf8").includes(OTHER.secret)).toBe(key === undefined);
  });

  test.each<[string, (text: string) => string]>([
    ["cut off", (text) => text.slice(0, -20)],
    ["cut off to nothing", () => ""],
    ["no JSON", () => "secrets\n"],
    ["another JSON file", () => '{"clusters": []}'],
    ["of a later version", (text) => text.replace('"version": 1', '"version": 2')],
    ["with a member that does not belong", (text) => text.replace("{", '{"x": 1,')],
    ["with a name that is none", () => '{"format":"proxmox-mcp-secrets","version":1,"secrets":{"../x":{}}}'],
  ])("a file that is %s is refused and never overwritten", async (_, change) => {
    await open(key).write(AMS, TOKEN);
    const bad = change(readFileSync(path, "utf8"));
    writeFileSync(path, bad);
    const store = open(key);
    for (const action of [
      () => store.read(AMS),
      () => store.list(),
      () => store.write(AMS, OTHER),
      () => store.remove(AMS),
      () => store.rekey(undefined),
    ]) {
      const { code, message, next } = await fault(action());
      expect(code).toBe("secret-file-altered");
      expect(message).toContain(path);
      expect(next).toBeTruthy();
      expect(message + next).not.toContain(TOKEN.secret);
    }
    expect(readFileSync(path, "utf8")).toBe(bad);
    expect(readdirSync(folder)).toEqual(["secrets.json"]);
  });
});

test.each(["iv", "tag", "data"] as const)("an encrypted file with another %s is refused", async (member) => {
  await open(KEY).write(AMS, TOKEN);
  const file = JSON.parse(readFileSync(path, "utf8"));
  const bytes = Buffer.from(file[member], "base64");
  bytes[0]! ^= 1;
  writeFileSync(path, JSON.stringify({ ...file, [member]: bytes.toString("base64") }));
  expect(await fault(open(KEY).read(AMS))).toMatchObject({
    code: "secret-file-altered",
    message: expect.stringContaining("was altered"),
  });
  writeFileSync(path, JSON.stringify({ ...file, tag: file.tag.slice(0, 8) }));
  expect((await fault(open(KEY).read(AMS))).code).toBe("secret-file-altered");
});

test.each<[string, Buffer | undefined, Buffer | undefined, RegExp]>([
  ["no key", KEY, undefined, /is encrypted/],
  ["another key", KEY, randomBytes(32), /another key/],
  ["a key for a plain file", undefined, KEY, /is not encrypted, though PROXMOX_MCP_SECRET_FILE_KEY is set/],
])("with %s the file is refused", async (_, written, read, says) => {
  await open(written).write(AMS, TOKEN);
  const before = readFileSync(path, "utf8");
  for (const action of [() => open(read).read(AMS), () => open(read).write(AMS, OTHER)]) {
    expect(await fault(action())).toMatchObject({ code: "secret-file-key", message: expect.stringMatching(says) });
  }
  expect(readFileSync(path, "utf8")).toBe(before);
});

test("the key can be changed, given and taken away", async () => {
  const store = open();
  await store.write(AMS, TOKEN);
  await store.rekey(KEY);
  expect(readFileSync(path, "utf8")).not.toContain(TOKEN.secret);
  expect((await store.read(AMS))?.value).toEqual(TOKEN);
  expect((await open(KEY).read(AMS))?.value).toEqual(TOKEN);
  await store.rekey(undefined);
  expect((await open().read(AMS))?.value).toEqual(TOKEN);
});

test("a file written by hand is taken, with what people write differently", async () => {
  const secrets = {
    "ams/token": { user: "mcp@pve", id: "server", secret: TOKEN.secret, expire: "1900000000", note: "made by hand" },
    "ams/ssh": { username: "root", privateKey: SSH.privateKey, expectedHostKeys: SSH.expectedHostKeys[0] },
  };
  writeFileSync(path, JSON.stringify({ format: "proxmox-mcp-secrets", version: 1, secrets }), { mode: 0o600 });
  expect((await open().read(AMS))?.value).toEqual({ ...TOKEN, expire: 1_900_000_000 });
  expect((await open().read({ cluster: "ams", kind: "ssh" }))?.value.expectedHostKeys).toEqual(SSH.expectedHostKeys);
});

test.each<[string, object, RegExp]>([
  ["no secret", { user: "a", id: "b" }, /secret is missing/],
  ["a whole token as its id", { ...TOKEN, id: "mcp@pve!server" }, /id is the part after the exclamation mark only/],
  ["a line break in the secret", { ...TOKEN, secret: "hunter2\nX: y" }, /secret must be one word/],
  ["two realms", { ...TOKEN, user: "mcp@pam" }, /user names the realm "pam"/],
  ["a number for a user", { ...TOKEN, user: 7 }, /user is wrong/],
])("a token with %s is told, without its secret", async (_, value, says) => {
  const secrets = { "ams/token": value };
  writeFileSync(path, JSON.stringify({ format: "proxmox-mcp-secrets", version: 1, secrets }), { mode: 0o600 });
  const { code, message } = await fault(open().read(AMS));
  expect([code, message]).toEqual(["secret-malformed", expect.stringMatching(says)]);
  expect(message).not.toMatch(/hunter2|11111111/);
  expect((await fault(open().write(AMS, value as never))).code).toBe("secret-malformed");
});

test.each<SecretName>([
  { cluster: "../etc", kind: "token" },
  { cluster: "AMS", kind: "token" },
  { cluster: "__proto__", kind: "token" },
  { cluster: "ams", kind: "password" as never },
  { cluster: "ams", kind: "token", node: "a/b" },
  { cluster: "ams", kind: "token", node: "" },
])("%j is no name", async (name) => {
  expect((await fault(open().write(name as SecretName<"token">, TOKEN))).code).toBe("secret-name");
  expect((await fault(open().read(name))).code).toBe("secret-name");
  expect(existsSync(path)).toBe(false);
});

describe.skipIf(process.platform === "win32")("the file system", () => {
  test.each([0o640, 0o604, 0o660, 0o644, 0o620])("mode %o is refused with what to run", async (mode) => {
    await open().write(AMS, TOKEN);
    chmodSync(path, mode);
    for (const action of [() => open().read(AMS), () => open().write(AMS, OTHER)]) {
      expect(await fault(action())).toMatchObject({
        code: "secret-file-mode",
        next: expect.stringContaining(`Run chmod 600 ${path};`),
      });
    }
    chmodSync(path, 0o600);
    expect((await open().read(AMS))?.value).toEqual(TOKEN);
  });

  test("a folder that anybody can write is refused", async () => {
    await open().write(AMS, TOKEN);
    chmodSync(folder, 0o777);
    expect(await fault(open().read(AMS))).toMatchObject({
      code: "secret-file-mode",
      next: `Run chmod o-w ${folder}.`,
    });
    chmodSync(folder, 0o1777);
    expect((await open().read(AMS))?.value).toEqual(TOKEN);
  });

  test.skipIf(process.geteuid?.() !== 0)("another user's file is refused", async () => {
    await open().write(AMS, TOKEN);
    chownSync(path, 4711, 4711);
    expect(await fault(open().read(AMS))).toMatchObject({
      code: "secret-file-owner",
      message: expect.stringContaining("belongs to user 4711"),
      next: expect.stringContaining(`chown 0 ${path}`),
    });
  });

  test("a link is followed, looked at where it leads, and stays one", async () => {
    const real = join(folder, "real", "s.json");
    mkdirSync(join(folder, "real"));
    const target = openFileStore({ backend: "file", path: real });
    await target.write(AMS, TOKEN);
    symlinkSync(real, path);
    await open().write({ cluster: "ber", kind: "token" }, OTHER);
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    expect(await target.list()).toHaveLength(2);
    chmodSync(real, 0o644);
    expect((await fault(open().read(AMS))).next).toContain(real);
  });

  test("a link to nothing, a folder and a pipe are refused", async () => {
    symlinkSync(join(folder, "nothing"), path);
    for (const action of [() => open().read(AMS), () => open().write(AMS, TOKEN)]) {
      expect((await fault(action())).message).toContain("is a link to a file that is not there");
    }
    rmSync(path);
    mkdirSync(path);
    expect((await fault(open().read(AMS))).code).toBe("secret-file-kind");
    rmSync(path, { recursive: true });
    const made = spawn("mkfifo", [path]);
    await once(made, "close");
    expect((await fault(open().read(AMS))).code).toBe("secret-file-kind");
  });

  test("a folder that is not there is made for its owner alone", async () => {
    path = join(folder, "deep", "er", "secrets.json");
    await open().write(AMS, TOKEN);
    expect(statSync(join(folder, "deep", "er")).mode & 0o777).toBe(0o700);
  });

  test("a folder in which nothing can be made is told, and nothing is lost", async () => {
    path = "/proc/self/secrets.json";
    expect((await fault(open().write(AMS, TOKEN))).code).toBe("secret-file-unwritable");
  });

  test("what a killed writer left is cleared away", async () => {
    await open().write(AMS, TOKEN);
    writeFileSync(`${path}.0123456789ab.draft`, "half", { mode: 0o600 });
    expect((await open().read(AMS))?.value).toEqual(TOKEN);
    await open().write(AMS, OTHER);
    expect(readdirSync(folder)).toEqual(["secrets.json"]);
  });
});

describe("two writers", () => {
  test("in one process take turns, and nothing is lost", async () => {
    const names = Array.from(
      { length: 12 },
      (_, index): SecretName<"token"> => ({ cluster: `c${index}`, kind: "token" }),
    );
    await Promise.all(names.map((name) => open(KEY, 60_000).write(name, TOKEN)));
    expect(await open(KEY).list()).toHaveLength(12);
  });

  test("in several processes take turns, and nothing is lost", async () => {
    const script = `
      import { openFileStore } from ${JSON.stringify(fileURLToPath(new URL("../../src/secrets/file/file-store.ts", import.meta.url)))};
      const store = openFileStore({ backend: "file", path: process.argv[1] }, { lockWaitMs: 60000 });
      for (let n = 0; n < 5; n++) await store.write({ cluster: process.argv[2] + n, kind: "token" }, ${JSON.stringify(TOKEN)});
    `;
    const children = ["a", "b"].map((letter) =>
      spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script, path, letter], {
        stdio: "inherit",
      }),
    );
    const codes = await Promise.all(children.map(async (child) => (await once(child, "close"))[0]));
    expect(codes).toEqual([0, 0]);
    expect(await open().list()).toHaveLength(10);
    expect(readdirSync(folder)).toEqual(["secrets.json"]);
  });

  test("a lock that is held is told with its holder; a dead one's is taken away", async () => {
    await open().write(AMS, TOKEN);
    const held = (pid: number, scope: string) =>
      writeFileSync(`${path}.lock`, JSON.stringify({ pid, scope, nonce: "x" }));
    held(4711, "another machine");
    expect(await fault(open().write(AMS, OTHER))).toMatchObject({
      code: "secret-file-locked",
      message: expect.stringContaining("process 4711 elsewhere"),
      next: expect.stringContaining(`rm -f ${path}.lock`),
    });
    expect((await open().read(AMS))?.value).toEqual(TOKEN);
    writeFileSync(`${path}.lock`, "");
    expect((await fault(open().write(AMS, OTHER))).code).toBe("secret-file-locked");
    const child = spawn(process.execPath, ["-e", ""]);
    await once(child, "close");
    held(child.pid!, scopeOfThisMachine());
    await open().write(AMS, OTHER);
    expect((await open().read(AMS))?.value).toEqual(OTHER);
    expect(readdirSync(folder)).toEqual(["secrets.json"]);
  });
});

/** As the lock writes it. */
function scopeOfThisMachine(): string {
  return existsSync("/proc/self/ns/pid") ? `${hostname()} ${readlinkSync("/proc/self/ns/pid")}` : hostname();
}
