import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { isHandedOut } from "../support/leaks/handed-out.ts";
import { Search } from "../support/leaks/search.ts";
import { tellEnvironment, tellValues } from "../support/leaks/sources.ts";

const FIXTURES = join(import.meta.dirname, "..", "fixtures", "leaks");
const VITEST = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
const KEY = `-----BEGIN OPENSSH PRIVATE KEY-----\n${"b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW"}\n${"QyNTUxOQAAACBOne/+line/of/a/key+".padEnd(70, "x")}\nAAAEBN=\n-----END OPENSSH PRIVATE KEY-----\n`;

interface FileResult {
  name: string;
  status: string;
  message: string;
}

test("a run in which programs write secrets fails, and says in what and of which kind", { timeout: 120_000 }, () => {
  // Not as a part of this very run.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_OPTIONS)/.test(name)));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [VITEST, "run", "--config", join(FIXTURES, "vitest.config.ts")],
    {
      encoding: "utf8",
      env,
    },
  );
  expect(status, stderr).toBe(1);
  const { testResults } = JSON.parse(stdout) as { testResults: FileResult[] };
  const said = Object.fromEntries(
    testResults.map(({ name, status: its, message }) => [name.replace(/.*[\\/]/, ""), { its, message }]),
  );
  expect(said["clean.test.ts"]).toMatchObject({ its: "passed" });
  expect(Object.keys(said)).toHaveLength(5);
  for (const [file, kind, place] of [
    ["environment.test.ts", "PROXMOX_API_TOKEN_SECRET", "stderr of node"],
    ["key-line.test.ts", "PROXMOX_SHELL_SSH_PRIVATE_KEY", "stdout of node: line 1"],
    ["state.test.ts", "argument password", "audit.jsonl"],
    ["late.test.ts", "API token root@pam!lab", "stdout of node"],
  ] as const) {
    expect(said[file], file).toMatchObject({ its: "failed" });
    expect(said[file]!.message).toContain(kind);
    expect(said[file]!.message).toContain(place);
  }
  // The report itself must not tell it either.
  expect(stdout).not.toMatch(/canary|Y2FuYXJ5|000000000002|000000000005|can.{1,4}ary/);
});

describe("the search", () => {
  const SECRET = 'pa"ss\\wörd/+ ?';
  const search = new Search();
  search.add("password", SECRET);
  search.add("key", KEY);
  search.add("also a password", SECRET);
  const kinds = (text: string) => search.find(Buffer.from(text)).map(({ kinds: all }) => [...all].join());

  test.each<[string, string]>([
    ["plain", `x${SECRET}`],
    ["in JSON", JSON.stringify({ text: SECRET })],
    ["in JSON in JSON", JSON.stringify({ text: JSON.stringify({ text: SECRET }) })],
    ["percent-encoded", `?a=${encodeURIComponent(SECRET)}&b`],
    ...["", "u", "u:", "u: "].map((before): [string, string] => [
      `in base64 after ${before.length} bytes`,
      Buffer.from(`${before}${SECRET}\n`).toString("base64"),
    ]),
    ["in base64url", Buffer.from(`user:${SECRET}\n`).toString("base64url")],
  ])("finds it %s", (_, text) => {
    expect(new Set(kinds(`${"filler ".repeat(50)}${text} rest`))).toEqual(new Set(["password,also a password"]));
  });

  test("finds a line of a key, and not what all keys have in common, nor their short ends", () => {
    const lines = KEY.split("\n");
    expect(kinds(`sed: ${lines[2]}`)).toEqual(["key"]);
    expect(kinds(KEY.replaceAll("\n", "\r\n"))).toContain("key");
    expect(kinds([lines[0], lines[1], lines[3], lines[4]].join("\n"))).toEqual([]);
  });

  test("takes a mask for no secret", () => {
    const masks = new Search();
    masks.add("argument cipassword", "**********");
    expect(masks.find(Buffer.from("cipassword: **********"))).toEqual([]);
  });

  test("finds nothing where there is nothing, and every place where there is", () => {
    expect(kinds("pa ss wörd".repeat(1000))).toEqual([]);
    expect(search.find(Buffer.from(`${SECRET}-${SECRET}`)).map(({ at }) => at)).toEqual([
      0,
      Buffer.byteLength(SECRET) + 1,
    ]);
  });

  test("takes one pass, however many secrets there are", () => {
    const many = new Search();
    for (let index = 0; index < 5000; index++) many.add("many", `secret-${index}-${(index * 7919).toString(36)}`);
    const text = Buffer.from(
      `${"no such thing in here, but words of all kinds ".repeat(20_000)}secret-4999-${(4999 * 7919).toString(36)}`,
    );
    expect(many.find(text)).toHaveLength(1);
  });
});

test("what a process is given is known by its name", () => {
  const told: [string, string][] = [];
  tellEnvironment(
    {
      PATH: "/usr/bin",
      PROXMOX_HOST: "pve1",
      PROXMOX_API_TOKEN_ID: "mcp",
      PROXMOX_API_TOKEN_SECRET: "s1",
      PROXMOX_SHELL_SSH_PRIVATE_KEY: "s2",
      PROXMOX_SHELL_SSH_PASSPHRASE: "s3",
      PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY: "SHA256:x",
      PROXMOX_SSH_PASSWORD: "s4",
      PROXMOX_BOOTSTRAP_SSH_PASSWORD: "s5",
      PROXMOX_MCP_STATE_KEY: "s6",
      PROXMOX_MCP_SECRET_BACKEND: "vault",
      PROXMOX_MCP_SECRET_FILE_PATH: "/x",
      PROXMOX_MCP_SECRET_FILE_KEY: "s7",
      PROXMOX_MCP_SECRET_VAULT_ADDR: "http://vault",
      PROXMOX_MCP_SECRET_VAULT_PATH: "secret/x",
      PROXMOX_MCP_SECRET_VAULT_TOKEN_ENV: "OTHER",
      PROXMOX_MCP_SECRET_VAULT_SECRET_ID: "s8",
      VAULT_TOKEN: "s9",
      PROXMOX_MCP_REDIS_URL: "redis://user:s%3A10@127.0.0.1/0",
    },
    (_, secret) => told.push(["", secret]),
  );
  expect(told.map(([, secret]) => secret).sort()).toEqual(
    ["s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s:10"].sort(),
  );
});

test("secrets in arguments of calls and in files of clusters are known at any depth", () => {
  const told: string[] = [];
  tellValues(
    {
      cluster: "a",
      params: { password: "p1", cipassword: "p2", list: [{ "hmac-secret": "p3" }], name: "n" },
      token: { secret: "p4" },
    },
    "argument",
    (kind, secret) => told.push(`${kind}: ${secret}`),
  );
  expect(told).toEqual([
    "argument password: p1",
    "argument cipassword: p2",
    "argument hmac-secret: p3",
    "argument secret: p4",
  ]);
});

test("a ticket may be in the answer of the call that asked for it, and nowhere else", () => {
  const calls = new Map([
    ["1", "proxmox_console_ticket"],
    ["2", "proxmox_api_call"],
    ["3", "proxmox_vm_get"],
  ]);
  const ticket = { kinds: new Set(["answer ticket of POST /nodes/{node}/termproxy"]), secret: "x", at: 0, length: 1 };
  const token = { ...ticket, kinds: new Set(["API token root@pam!lab"]) };
  const answer = (id: number, operation?: string) =>
    JSON.stringify({ id, result: { structuredContent: { operation } } });
  expect(isHandedOut(ticket, answer(1), calls)).toBe(true);
  expect(isHandedOut(ticket, answer(2, "POST /nodes/{node}/termproxy"), calls)).toBe(true);
  expect(isHandedOut(ticket, answer(2, "GET /version"), calls)).toBe(false);
  expect(isHandedOut(ticket, answer(3), calls)).toBe(false);
  expect(isHandedOut(ticket, answer(1), undefined)).toBe(false);
  expect(isHandedOut(ticket, "not JSON", calls)).toBe(false);
  expect(isHandedOut(token, answer(1), calls)).toBe(false);
  expect(isHandedOut(token, answer(2, "POST /nodes/{node}/termproxy"), calls)).toBe(false);
});
