import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createArtifacts } from "../../src/artifacts/index.ts";
import { startLab } from "../../src/lab/index.ts";
import { listResources, readResource } from "../../src/mcp/resources/index.ts";
import type { Reader } from "../../src/mcp/resources/kind.ts";
import { BIN, type Era, labEnvironment, openLabSession, openSession } from "../support/session.ts";
import { ANSWER_LIMIT, allPages } from "../tools/rows.ts";

const ERAS: readonly Era[] = ["2026-07-28", "2025"];

describe.each(ERAS)("over the budget, to a client of the %s era,", (era) => {
  let session: Awaited<ReturnType<typeof openLabSession>>;
  const BUDGET = 3000;
  beforeAll(async () => {
    session = await openLabSession({ seed: "small" }, { PROXMOX_MCP_OUTPUT_TOKENS: "1000" }, era);
    const guest = session.lab.state.guests.get(100)!;
    guest.config.description = `${"long\u200b notes ".repeat(3000)}${session.lab.token.secret}`;
    session.lab.state.touch(guest);
  });
  afterAll(() => session?.close());

  const read = async (uri: string) => {
    const { text, mimeType } = await session.readResource(uri);
    return { text: text!, mimeType, data: JSON.parse(text!) };
  };

  test("an answer is a head within it, and the whole is a resource", async () => {
    const { data, text, links, error } = await session.call("proxmox_vm_get", { vmid: 100 });
    expect(error).toBeUndefined();
    expect(text.length).toBeLessThanOrEqual(BUDGET);
    expect(JSON.parse(text)).toEqual(data);
    expect(data).toMatchObject({ vmid: 100, name: "web01", status: expect.any(String), digest: expect.any(String) });
    expect(data.config.description).toMatch(/^long notes .*… \[cut: \d+ characters in all\]$/);
    expect(data.artifact.hint).toMatch(/^cut: config\.description to \d+ of \d+ characters; .*kept for 60 minutes$/);
    expect(links).toEqual([
      expect.objectContaining({ type: "resource_link", uri: data.artifact.uri, mimeType: "application/json" }),
    ]);

    const whole = await read(data.artifact.uri);
    expect(whole.mimeType).toBe("application/json");
    expect(data.artifact.size).toBe(Buffer.byteLength(whole.text));
    expect(data.artifact.sha256).toBe(createHash("sha256").update(whole.text).digest("hex"));
    expect(whole.data).toMatchObject({
      vmid: 100,
      config: { description: expect.stringMatching(/notes \[redacted\]$/) },
    });
    expect(whole.text).not.toContain("\u200b");
    const listed = (await session.listResources()).find(({ uri }) => uri === data.artifact.uri);
    expect(listed).toMatchObject({ name: "proxmox_vm_get.json", size: data.artifact.size });
    expect(listed?.description).toContain(data.artifact.sha256);
  });

  test("a list pages itself within it", async () => {
    const { pages, rows } = await allPages(session, "proxmox_task_list", {});
    for (const { text, data } of pages) {
      expect(text.length).toBeLessThanOrEqual(BUDGET);
      expect(data).not.toHaveProperty("artifact");
    }
    expect(rows).toHaveLength(pages[0]!.data.total);
  });

  test("any operation's answer is paged, and the first page refers to the whole", async () => {
    const path = "/nodes/pve1/qemu/100/config";
    const { data, text } = await session.call("proxmox_api_call", { method: "GET", path });
    expect(text.length).toBeLessThanOrEqual(BUDGET);
    expect(data.shown).toMatchObject({ from: 0, unit: "characters of JSON" });
    const whole = await read(data.artifact.uri);
    expect(whole.data.data).toMatchObject({ name: "web01", description: expect.stringContaining("[redacted]") });
    const next = await session.call("proxmox_api_call", { method: "GET", path, offset: data.shown.count });
    expect(next.data).not.toHaveProperty("artifact");
    expect(JSON.stringify(whole.data.data)).toContain(next.data.data);
  });

  test("an error keeps its words, and its facts are cut", async () => {
    const params = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`unknown-${index}`, "x"]));
    const { error, text, data, links } = await session.call("proxmox_api_call", {
      method: "PUT",
      path: "/nodes/pve1/qemu/102/config",
      params,
    });
    expect(error?.code).toBe("invalid-parameters");
    expect(text.length).toBeLessThanOrEqual(BUDGET * 1.1);
    expect(text).toMatch(/^\[invalid-parameters\] /);
    expect(links).toHaveLength(1);
    expect(Object.keys((await read(data.artifact.uri)).data.error.data.errors)).toHaveLength(40);
  });

  test.each([
    "proxmox://artifacts/AAAAAAAAAAAAAAAA",
    "proxmox://artifacts/",
    "proxmox://artifacts/a/b",
    "proxmox://artifacts/%2e%2e%2fstate.key",
    "proxmox://artifacts/%zz",
    "proxmox://nothing",
    "file:///etc/passwd",
  ])("%s is not found", async (uri) => {
    await expect(session.readResource(uri)).rejects.toMatchObject({ code: -32602, data: { uri } });
  });
});

test("files are gone with the server, and what a dead one left is swept by the next", async () => {
  const lab = await startLab({ seed: "small" });
  const stateHome = await mkdtemp(join(tmpdir(), "proxmox-mcp-test-"));
  const folder = join(stateHome, "proxmox-mcp", "artifacts");
  const open = () => openSession({ ...labEnvironment(lab), PROXMOX_MCP_OUTPUT_TOKENS: "1000" }, { stateHome });
  try {
    const first = await open();
    expect(existsSync(folder)).toBe(false);
    await first.call("proxmox_api_call", { method: "GET", path: "/cluster/resources" });
    const [own] = readdirSync(folder);
    expect(readdirSync(join(folder, own!))).toHaveLength(1);
    await first.close();
    await expect.poll(() => readdirSync(folder)).toEqual([]);

    const left = join(folder, own!.replace(/-\d+-/, "-4194999-"));
    mkdirSync(left);
    writeFileSync(join(left, "x"), "left");
    const second = await open();
    await second.call("proxmox_capabilities");
    await expect.poll(() => readdirSync(folder)).toEqual([]);
    await second.close();
  } finally {
    await lab.close();
    await rm(stateHome, { recursive: true, force: true });
  }
});

test("the default budget is some 6,000 tokens", async () => {
  const session = await openLabSession({ seed: "small" });
  try {
    const { data, text } = await session.call("proxmox_api_call", { method: "GET", path: "/access/roles" });
    expect(data.shown).toBeUndefined();
    expect(text.length).toBeLessThan(ANSWER_LIMIT);
    expect((await session.listResources()).filter(({ uri }) => uri.includes("artifacts"))).toEqual([]);
  } finally {
    await session.close();
  }
});

test("bytes are sent as base64, and an artifact is there for its own caller alone", async () => {
  const directory = await mkdtemp(join(tmpdir(), "artifacts-"));
  const artifacts = createArtifacts(directory, { maxBytes: 1000, keepMs: 60_000 });
  const reader = (principal: string) => ({ principal, services: { artifacts } }) as unknown as Reader;
  try {
    const data = Uint8Array.from([0, 255, 10]);
    const { uri } = await artifacts.put("me", { name: "a.bin", mimeType: "application/octet-stream", data });
    expect(await readResource(reader("me"), uri)).toEqual({
      contents: [{ uri, mimeType: "application/octet-stream", blob: Buffer.from(data).toString("base64") }],
    });
    const missing = { code: -32602, message: `Resource not found: ${uri}`, data: { uri } };
    await expect(readResource(reader("you"), uri)).rejects.toMatchObject(missing);
    expect((await listResources(reader("me"), undefined)).resources.map((one) => one.uri)).toContain(uri);
    expect((await listResources(reader("you"), undefined)).resources.map((one) => one.uri)).not.toContain(uri);
  } finally {
    artifacts.close();
    await rm(directory, { recursive: true, force: true });
  }
});

test("many artifacts are listed in pages", async () => {
  const directory = await mkdtemp(join(tmpdir(), "artifacts-"));
  const artifacts = createArtifacts(directory, { maxBytes: 1000, keepMs: 60_000 });
  const reader = { principal: "me", services: { artifacts } } as unknown as Reader;
  try {
    for (let index = 0; index < 150; index++) {
      await artifacts.put("me", { name: `${index}.txt`, mimeType: "text/plain", data: "x" });
    }
    const first = await listResources(reader, undefined);
    const second = await listResources(reader, first.nextCursor);
    const names = [...first.resources, ...second.resources].map(({ name }) => name);
    expect(names).toEqual(["inventory", ...Array.from({ length: 150 }, (_, index) => `${149 - index}.txt`)]);
    expect(second.nextCursor).toBeUndefined();
    await expect(listResources(reader, "nonsense")).rejects.toMatchObject({ code: -32602 });
  } finally {
    artifacts.close();
    await rm(directory, { recursive: true, force: true });
  }
});

test.each([
  ["2024-11-05", []],
  ["2025-03-26", []],
  ["2025-06-18", ["resource_link"]],
])("a client of %s gets the contents that its revision has", async (protocolVersion, more) => {
  const lab = await startLab({ seed: "small" });
  const stateHome = await mkdtemp(join(tmpdir(), "proxmox-mcp-test-"));
  const env = {
    PATH: process.env.PATH ?? "",
    XDG_STATE_HOME: stateHome,
    ...labEnvironment(lab),
    PROXMOX_MCP_OUTPUT_TOKENS: "1000",
  };
  const child = spawn(process.execPath, [BIN], { env, stdio: ["pipe", "pipe", "pipe"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (id: number, method: string, params: object) => {
    child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`);
    return JSON.parse((await lines.next()).value as string).result;
  };
  try {
    const clientInfo = { name: "old", version: "0" };
    const hello = await ask(1, "initialize", { protocolVersion, capabilities: {}, clientInfo });
    expect(hello.protocolVersion).toBe(protocolVersion);
    const args = { method: "GET", path: "/cluster/resources" };
    const { content } = await ask(2, "tools/call", { name: "proxmox_api_call", arguments: args });
    expect(content.map(({ type }: { type: string }) => type)).toEqual(["text", ...more]);
  } finally {
    const ended = once(child, "close");
    child.stdin.end();
    await ended;
    await lab.close();
    await rm(stateHome, { recursive: true, force: true });
  }
});
