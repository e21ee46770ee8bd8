import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { keepSecret } from "../../src/access/index.ts";
import { createArtifacts } from "../../src/artifacts/index.ts";
import { type ArtifactStore, openStore } from "../../src/artifacts/store.ts";

const HOUR = 3_600_000;

let directory: string;
let time: number;
let store: ArtifactStore;
const open = (maxBytes = 1000) => openStore(join(directory, "artifacts"), { maxBytes, keepMs: HOUR }, () => time);

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "artifacts-"));
  time = 1_000_000;
  store = open();
});
afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true, force: true });
});

const idOf = ({ uri }: { uri: string }) => uri.replace("proxmox://artifacts/", "");
const text = (data: string) => ({ name: "a.txt", mimeType: "text/plain", data });
const files = (): string[] =>
  existsSync(join(directory, "artifacts"))
    ? readdirSync(join(directory, "artifacts"), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name)
    : [];

test("what is put is given back, with its size and hash, and only to whom it belongs", async () => {
  const reference = store.put("me", { name: "a.log", mimeType: "text/plain", data: "grüße\n", cluster: "home" });
  expect(reference).toMatchObject({
    uri: expect.stringMatching(/^proxmox:\/\/artifacts\/[\w-]{16}$/),
    mimeType: "text/plain",
    size: 8,
    sha256: "b8fb07e729d2c238732229327c1b0669dcb8a15705340409cbbed2a6995898e2",
    hint: "kept for 60 minutes",
  });
  expect(await store.read("me", idOf(reference))).toMatchObject({ text: "grüße\n", cluster: "home", name: "a.log" });
  expect(await store.read("other", idOf(reference))).toBeUndefined();
  expect(store.list("other")).toEqual([]);
  expect(store.list("me")).toHaveLength(1);
  expect(await store.read("me", "../../state.key")).toBeUndefined();
});

test.each<[string, Uint8Array]>([
  ["none", new Uint8Array()],
  ["all of them", Uint8Array.from({ length: 256 }, (_, index) => index)],
  ["a part of a larger buffer", new Uint8Array([9, 1, 2, 9]).subarray(1, 3)],
])("bytes come back as they were: %s", async (_, data) => {
  const reference = store.put("me", { name: "a.bin", mimeType: "application/octet-stream", data });
  const found = await store.read("me", idOf(reference));
  expect(found).toMatchObject({ bytes: Buffer.from(data), size: data.length });
});

test("invisible characters are taken out of texts and JSON, and secrets out of everything", async () => {
  keepSecret("5ecret-of-artifacts-ü");
  const read = async (data: string | object | Uint8Array) => {
    const found = (await store.read("me", idOf(store.put("me", { name: "x", mimeType: "text/plain", data }))))!;
    return "text" in found ? found.text : found.bytes.toString("utf8");
  };
  expect(await read("a\u200bb 5ecret-of-artifacts-ü")).toBe("ab [redacted]");
  expect(JSON.parse(await read({ k: "a\u202eb", l: ["5ecret-of-artifacts-ü"] }))).toEqual({
    k: "ab",
    l: ["[redacted]"],
  });
  expect(await read(Buffer.from("a\u200bb 5ecret-of-artifacts-ü!"))).toBe("a\u200bb [redacted]!");
});

test("the folder and its files are for their owner alone, and gone when the store closes", () => {
  store.put("me", text("x"));
  const [folder] = readdirSync(join(directory, "artifacts"));
  const [file] = readdirSync(join(directory, "artifacts", folder!));
  if (process.platform !== "win32") {
    expect(statSync(join(directory, "artifacts", folder!)).mode & 0o777).toBe(0o700);
    expect(statSync(join(directory, "artifacts", folder!, file!)).mode & 0o777).toBe(0o600);
  }
  store.close();
  expect(readdirSync(join(directory, "artifacts"))).toEqual([]);
});

test("one is gone after its time, file and all", async () => {
  const first = store.put("me", text("first"));
  time += HOUR / 2;
  const second = store.put("me", text("second"));
  time += HOUR / 2;
  expect(await store.read("me", idOf(first))).toBeUndefined();
  expect(await store.read("me", idOf(second))).toMatchObject({ text: "second" });
  expect(files()).toEqual([idOf(second)]);
});

test("the oldest make room for a new one", () => {
  const put = (size: number) => idOf(store.put("me", text("x".repeat(size))));
  const [, second, third] = [put(400), put(401), put(301)];
  expect(files().sort()).toEqual([second, third].sort());
  const fourth = put(1000);
  expect(files()).toEqual([fourth]);
});

describe("what cannot be kept is refused and says why:", () => {
  test("more than all may have together", () => {
    expect(() => store.put("me", text("x".repeat(1001)))).toThrow(/1001 bytes.*1000/);
    expect(files()).toEqual([]);
  });

  test.each<[string, string | Uint8Array]>([
    ["text", "\n".repeat(5 * 2 ** 20)],
    ["bytes", new Uint8Array(7 * 2 ** 20)],
  ])("%s that no message can carry", (_, data) => {
    store.close();
    store = open(2 ** 30);
    expect(() => store.put("me", { name: "x", mimeType: "text/plain", data })).toThrow(/one message/);
  });

  test("a state directory that cannot be written", () => {
    writeFileSync(join(directory, "file"), "");
    const blocked = openStore(join(directory, "file", "artifacts"), { maxBytes: 1000, keepMs: HOUR });
    expect(() => blocked.put("me", text("x"))).toThrow(/could not be kept in .*ENOTDIR/);
  });
});

describe("left-overs", () => {
  const leave = (name: string, ageMs = 0) => {
    const path = join(directory, "artifacts", name);
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, "left"), "x");
    const when = (Date.now() - ageMs) / 1000;
    utimesSync(path, when, when);
    return name;
  };
  const rest = () => readdirSync(join(directory, "artifacts"));

  test("of processes that are gone are swept, those of living ones and of other machines are not", async () => {
    store.put("me", text("x"));
    const [own] = rest();
    const machine = own!.split("-")[0];
    const end = "0123456789ab";
    leave(`${machine}-4194999-${end}`);
    leave(`${machine}-${process.pid}-${end}`);
    leave(`ffffffff-1-${end}`, 49 * HOUR);
    const others = [
      leave(`${machine}-${process.ppid}-${end}`),
      leave(`ffffffff-1-${end.replace("0", "1")}`),
      leave("mine"),
    ];
    const artifacts = createArtifacts(directory, { maxBytes: 1000, keepMs: HOUR });
    await artifacts.tidy();
    expect(rest().sort()).toEqual([own, ...others].sort());
  });

  test("are looked for without making anything", async () => {
    await createArtifacts(join(directory, "nothing"), { maxBytes: 1000, keepMs: HOUR }).tidy();
    expect(existsSync(join(directory, "nothing"))).toBe(false);
  });
});

test("one caller's artifacts make no room for another's, until all together are too much", () => {
  const mine = store.put("me", text("m".repeat(300)));
  for (let index = 0; index < 5; index++) store.put("you", text("y".repeat(400)));
  expect(store.list("you")).toHaveLength(2);
  expect(store.list("me").map(({ id }) => id)).toEqual([idOf(mine)]);
  for (let index = 0; index < 18; index++) store.put(`guest${index}`, text("g".repeat(1000)));
  // Those who have the most went first.
  expect(store.list("me")).toHaveLength(1);
  expect(files().length).toBeLessThanOrEqual(18);
});
