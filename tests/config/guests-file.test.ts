import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type GuestEntry, guestEntryOf } from "../../src/config/guest-entry.ts";
import { readGuestsFile } from "../../src/config/guests-file.ts";

const folder = mkdtempSync(join(tmpdir(), "guests-file-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PIN = `SHA256:${"A".repeat(43)}`;
const SECRETS: Record<string, string> = { KEY_PHRASE: "correct horse" };

function read(
  content: unknown,
  { clusters = ["default"], backend = "env" as "env" | "file" | "vault" } = {},
): GuestEntry[] {
  const path = join(folder, "guests.json");
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return readGuestsFile(path, { readSecret: (name) => SECRETS[name] }, { clusters, backend });
}

test("the documented example is read, and says who is meant", () => {
  const text = readFileSync("docs/guest-ssh.md", "utf8");
  const example = /```json\n([\s\S]*?)```/.exec(text)?.[1];
  const entries = read(example, { backend: "file" });
  expect(entries.map(({ by, os }) => ({ by, os }))).toEqual([
    { by: { vmid: 101 }, os: "linux" },
    { by: { name: "win01" }, os: "windows" },
    { by: { tag: "web" }, os: "linux" },
  ]);
});

test("what is left out has its default", () => {
  expect(read({ guests: [{ vmid: 101 }] })).toEqual([
    { place: "guests[0] (vmid 101)", by: { vmid: 101 }, os: "linux", port: 22, hostKeys: [], sudo: false },
  ]);
});

test("every part arrives", () => {
  const given = {
    name: "web1",
    cluster: "ams",
    os: "linux",
    username: "mcp",
    port: 2222,
    address: "192.0.2.1",
    hostKeys: [PIN, `web1=${PIN}`],
    keyFile: "/etc/key",
    passphraseEnv: "KEY_PHRASE",
    sudo: true,
    jump: "root@pve1:2200",
  };
  expect(read({ guests: [given] }, { clusters: ["ams", "fra"] })).toEqual([
    {
      place: "guests[0] (name web1)",
      cluster: "ams",
      by: { name: "web1" },
      os: "linux",
      username: "mcp",
      port: 2222,
      address: "192.0.2.1",
      hostKeys: [PIN, `web1=${PIN}`],
      key: { path: "/etc/key", passphrase: "correct horse" },
      sudo: true,
      jump: { host: "pve1", port: 2200, username: "root" },
    },
  ]);
  expect(read({ guests: [{ vmid: 101, address: "[2001:db8::1]:2022" }] })[0]).toMatchObject({
    address: "2001:db8::1",
    port: 2022,
  });
});

test.each<[string, unknown, RegExp, object?]>([
  ["no JSON", "{", /is not JSON/],
  ["no guests", { guests: [] }, /guests/],
  ["a misspelt field", { guests: [{ vmid: 101, hostkeys: PIN }] }, /guests\[0\].*hostkeys/],
  ["a field of the wrong kind", { guests: [{ vmid: "101" }] }, /guests\[0\]\.vmid/],
  ["nobody", { guests: [{ hostKeys: PIN }] }, /guests\[0\]: needs exactly one of vmid, name and tag/],
  ["two", { guests: [{ vmid: 101, name: "x" }] }, /exactly one/],
  ["the same twice", { guests: [{ tag: "web" }, { tag: "Web" }] }, /guests\[1\]: names the same guest as guests\[0\]/],
  ["MD5", { guests: [{ vmid: 101, hostKeys: ["MD5:aa:bb"] }] }, /guests\[0\]\.hostKeys.*SHA256/],
  ["an address of many", { guests: [{ tag: "web", address: "192.0.2.1" }] }, /address beside tag/],
  ["sudo on Windows", { guests: [{ vmid: 101, os: "windows", sudo: true }] }, /sudo, which Windows/],
  ["another system", { guests: [{ vmid: 101, os: "bsd" }] }, /guests\[0\]\.os/],
  ["no port", { guests: [{ vmid: 101, port: 0 }] }, /guests\[0\]\.port/],
  ["two keys", { guests: [{ vmid: 101, keyFile: "/k", secretName: "default/ssh" }] }, /both keyFile and secretName/],
  ["a passphrase of nothing", { guests: [{ vmid: 101, passphraseEnv: "KEY_PHRASE" }] }, /without keyFile/],
  ["one not set", { guests: [{ vmid: 101, keyFile: "/k", passphraseEnv: "NONE" }] }, /NONE, which is not set/],
  ["a secret of no store", { guests: [{ vmid: 101, secretName: "default/ssh/web" }] }, /SECRET_BACKEND/],
  ["no SSH secret", { guests: [{ vmid: 101, secretName: "default/token" }] }, /default\/ssh/, { backend: "file" }],
  ["no cluster of two", { guests: [{ vmid: 101 }] }, /needs cluster/, { clusters: ["ams", "fra"] }],
  ["an unknown cluster", { guests: [{ vmid: 101, cluster: "x" }] }, /names cluster "x"; there are default/],
  ["no jump host", { guests: [{ vmid: 101, jump: "a b" }] }, /guests\[0\]\.jump/],
])("%s is refused by the place and the fault", (_, content, says, more) => {
  expect(() => read(content, more)).toThrow(
    expect.objectContaining({ code: "configuration", message: expect.stringMatching(says) }),
  );
});

describe("the entry of a guest", () => {
  const entries = read(
    {
      guests: [
        { tag: "web", cluster: "ams" },
        { name: "web1", cluster: "ams" },
        { vmid: 101, cluster: "ams" },
        { vmid: 101, cluster: "fra" },
        { tag: "prod", cluster: "ams" },
      ],
    },
    { clusters: ["ams", "fra"] },
  );
  test.each([
    ["ams", { vmid: 101, name: "web1", tags: ["web"] }, "guests[2] (vmid 101)"],
    ["ams", { vmid: 102, name: "web1", tags: ["web"] }, "guests[1] (name web1)"],
    ["ams", { vmid: 103, name: "web3", tags: ["prod", "WEB"] }, "guests[0] (tag web)"],
    ["ams", { vmid: 104, tags: ["prod"] }, "guests[4] (tag prod)"],
    ["fra", { vmid: 101, tags: ["web"] }, "guests[3] (vmid 101)"],
    ["fra", { vmid: 102, name: "web1", tags: ["web"] }, undefined],
  ])("in %s of %j", (cluster, guest, place) => {
    expect(guestEntryOf(entries, cluster, guest)?.place).toBe(place);
  });
});
