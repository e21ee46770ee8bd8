import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import ssh2 from "ssh2";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { BIN, labEnvironment } from "../support/session.ts";
import { pause } from "../tools/rows.ts";

let stateHome: string;
let lab: Lab;
beforeAll(async () => {
  stateHome = await mkdtemp(join(tmpdir(), "proxmox-mcp-commands-"));
  lab = await startLab({ seed: "small", authDelayMs: 0, taskMs: 600 });
});
afterAll(async () => {
  await lab?.close();
  await rm(stateHome, { recursive: true, force: true });
});

interface Message {
  id?: number;
  method?: string;
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape that it looks at
  result?: any;
  params?: Record<string, unknown>;
}

/** The bin as a child, spoken to in lines. */
function run(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [BIN, ...args], {
    env: { PATH: process.env.PATH ?? "", XDG_STATE_HOME: stateHome, ...env },
    cwd: tmpdir(),
  });
  const lines: string[] = [];
  let stderr = "";
  createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const ended = once(child, "close").then(([code, signal]) => ({ code, signal }));
  return {
    child,
    lines,
    messages: () => lines.map((line) => JSON.parse(line) as Message),
    stderr: () => stderr,
    ended,
    say: (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`),
  };
}

const HELLO = {
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "lines", version: "0" } },
};

describe("the server", () => {
  test("writes nothing but protocol to stdout, and no progress after the answer", async () => {
    const server = run([], labEnvironment(lab));
    server.say(HELLO);
    await expect.poll(() => server.lines.length).toBe(1);
    server.say({ method: "notifications/initialized" });
    server.say({
      id: 2,
      method: "tools/call",
      params: {
        name: "proxmox_vm_action",
        arguments: { vmid: 102, action: "start" },
        _meta: { progressToken: "p" },
      },
    });
    await expect.poll(() => server.messages().some(({ id }) => id === 2), { timeout: 10_000 }).toBe(true);
    await pause(500);
    server.child.stdin.end();
    expect(await server.ended).toEqual({ code: 0, signal: null });
    const messages = server.messages();
    const progress = messages.filter(({ method }) => method === "notifications/progress");
    expect(progress.length).toBeGreaterThan(0);
    const steps = progress.map(({ params }) => params!.progress as number);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(new Set(steps).size).toBe(steps.length);
    expect(messages.at(-1)).toMatchObject({ id: 2, result: { structuredContent: { job: { state: "ok" } } } });
    expect(server.stderr()).toBe("");
  });

  test("sends no progress to a client that asked for none", async () => {
    lab.state.powerOff(lab.state.guests.get(102)!);
    const server = run([], labEnvironment(lab));
    server.say(HELLO);
    server.say({ method: "notifications/initialized" });
    server.say({
      id: 2,
      method: "tools/call",
      params: { name: "proxmox_vm_action", arguments: { vmid: 102, action: "start" } },
    });
    await expect.poll(() => server.messages().some(({ id }) => id === 2), { timeout: 10_000 }).toBe(true);
    expect(server.messages().filter(({ method }) => method !== undefined)).toEqual([]);
    server.child.kill("SIGTERM");
    expect((await server.ended).code).toBe(0);
  });

  test.each(["SIGTERM", "SIGINT"] as const)("ends with 0 on %s", async (signal) => {
    const server = run(["serve"]);
    server.say(HELLO);
    await expect.poll(() => server.lines.length).toBe(1);
    server.child.kill(signal);
    expect(await server.ended).toEqual({ code: 0, signal: null });
  });

  test("ends with 0 when its input ends, also while a call waits", async () => {
    const server = run([], { ...labEnvironment(lab) });
    lab.faults.add({ hang: true });
    server.say(HELLO);
    server.say({ method: "notifications/initialized" });
    server.say({ id: 2, method: "tools/call", params: { name: "proxmox_vm_list", arguments: {} } });
    await expect.poll(() => lab.requests.at(-1)?.path).toBe("/cluster/resources");
    server.child.stdin.end();
    const began = Date.now();
    expect(await server.ended).toEqual({ code: 0, signal: null });
    expect(Date.now() - began).toBeLessThan(10_000);
    lab.faults.clear();
  });

  test("writes nothing to its state directory before it is needed", async () => {
    const home = await mkdtemp(join(tmpdir(), "proxmox-mcp-idle-"));
    const server = run([], { XDG_STATE_HOME: home });
    server.say(HELLO);
    await expect.poll(() => server.lines.length).toBe(1);
    server.child.stdin.end();
    await server.ended;
    expect(await readdir(home)).toEqual([]);
    await rm(home, { recursive: true });
  });
});

describe("lab", () => {
  test("serves SSH when it is told to, from the built bundle", async () => {
    const child = run(["lab", "--ssh"]);
    await expect.poll(() => child.lines.length, { timeout: 15_000 }).toBe(1);
    const { ssh } = JSON.parse(child.lines[0]!);
    expect(ssh).toMatchObject({
      user: "root",
      privateKey: expect.stringContaining("PRIVATE KEY"),
      nodes: { pve1: { hostKey: expect.stringMatching(/^SHA256:[A-Za-z0-9+/]{43}$/), knownHosts: expect.any(String) } },
    });
    const { host, port } = ssh.nodes.pve1;
    const client = new ssh2.Client();
    const out = await new Promise<string>((resolve, reject) => {
      client.on("error", reject).on("ready", () =>
        client.exec("qm status 100", (error, channel) => {
          if (error) reject(error);
          else channel.on("data", (chunk: Buffer) => resolve(chunk.toString("utf8")));
        }),
      );
      client.connect({ host, port, username: ssh.user, privateKey: ssh.privateKey });
    });
    client.end();
    expect(out).toBe("status: running\n");
    child.child.kill("SIGTERM");
    expect((await child.ended).code).toBe(0);
  });

  test("says in one line of JSON how it is reached, and ends cleanly on SIGTERM", async () => {
    const child = run(["lab", "--port", "0", "--seed", "medium"]);
    await expect.poll(() => child.lines.length, { timeout: 15_000 }).toBe(1);
    const said = JSON.parse(child.lines[0]!);
    expect(said).toEqual({
      host: "127.0.0.1",
      port: expect.any(Number),
      fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
      token: { user: "root", realm: "pam", id: "lab", secret: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      nodes: 3,
      guests: 100,
    });
    expect(said.port).toBeGreaterThan(0);
    const { token } = said;
    const server = run([], {
      PROXMOX_HOST: `${said.host}:${said.port}`,
      PROXMOX_TLS_FINGERPRINT: said.fingerprint,
      PROXMOX_API_TOKEN_USER: token.user,
      PROXMOX_API_TOKEN_REALM: token.realm,
      PROXMOX_API_TOKEN_ID: token.id,
      PROXMOX_API_TOKEN_SECRET: token.secret,
    });
    server.say(HELLO);
    server.say({ method: "notifications/initialized" });
    server.say({ id: 2, method: "tools/call", params: { name: "proxmox_inventory_overview", arguments: {} } });
    await expect.poll(() => server.messages().some(({ id }) => id === 2), { timeout: 10_000 }).toBe(true);
    const [one] = server.messages().find(({ id }) => id === 2)!.result.structuredContent.clusters;
    expect(one.vms.total + one.containers.total).toBe(100);
    server.child.stdin.end();
    await server.ended;
    child.child.kill("SIGTERM");
    expect(await child.ended).toEqual({ code: 0, signal: null });
    expect(child.lines).toHaveLength(1);
    expect(child.stderr()).toBe("");
  });
});

test("demo shows its steps and ends with 0", async () => {
  const demo = run(["demo"]);
  expect(await demo.ended).toEqual({ code: 0, signal: null });
  const shown = demo.lines.join("\n");
  for (const step of [
    /^1\. start a lab/m,
    /^2\. connect over stdio/m,
    /protocol 2026-07-28, \d+ tools/,
    /^3\. proxmox_inventory_overview/m,
    /^4\. proxmox_vm_list/m,
    /^\d\. proxmox_vm_action .*action=start/m,
    /ended ok/,
    /an error, as it should be: .*missing\.iso/,
    /^All steps did what they should/m,
  ]) {
    expect(shown).toMatch(step);
  }
  expect(demo.stderr()).toBe("");
});

describe("a command line that is not right ends with 2 and says why:", () => {
  test.each([
    [["lab", "--port", "70000"], /port/i],
    [["lab", "--port", "x"], /port/i],
    [["lab", "--seed", "huge"], /small, medium, large/],
    [["lab", "--sede", "small"], /--seed/],
    [["lba"], /lab/],
    [["serve", "--verbose"], /--verbose/],
    [["--nothing"], /--nothing/],
    [["api", "chekc"], /check/],
    [["demo", "extra"], /argument/],
  ])("%o", async (args, says) => {
    const child = run(args);
    child.child.stdin.end();
    expect((await child.ended).code).toBe(2);
    expect(child.stderr()).toMatch(says);
    expect(child.stderr()).not.toMatch(/\n\s+at /);
    expect(child.lines).toEqual([]);
  });

  test("while help and version end with 0", async () => {
    for (const [args, says] of [
      [["--help"], /lab/],
      [["--version"], /^\d+\.\d+\.\d+/],
      [["lab", "--help"], /--seed/],
    ] as const) {
      const child = run(args);
      expect((await child.ended).code).toBe(0);
      expect(child.lines.join("\n")).toMatch(says);
    }
  });
});

test("what a reader no longer wants ends quietly", async () => {
  const child = spawn(process.execPath, [BIN, "admin", "--help"], { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  let complained = "";
  child.stderr.on("data", (chunk: Buffer) => {
    complained += chunk.toString();
  });
  expect((await once(child, "close"))[0]).toBe(0);
  expect(complained).toBe("");
});
