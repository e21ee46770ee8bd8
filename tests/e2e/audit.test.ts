import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StringDecoder } from "node:string_decoder";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ChainedLine, chainsIn, filesOf, linesOf, parseLine } from "../../src/access/audit/index.ts";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { BIN, labEnvironment, openSession, type Session } from "../support/session.ts";
import { pause, writesOf } from "../tools/rows.ts";

let lab: Lab;
let stateHome: string;
let sessions: Session[];
beforeAll(async () => {
  lab = await startLab({ seed: "small", authDelayMs: 0, taskMs: 40 });
});
afterAll(() => lab?.close());
beforeEach(async () => {
  stateHome = await mkdtemp(join(tmpdir(), "proxmox-mcp-audit-"));
  sessions = [];
});
afterEach(async () => {
  lab.faults.clear();
  await Promise.all(sessions.map((session) => session.close()));
  await rm(stateHome, { recursive: true, force: true });
});

const directory = () => join(stateHome, "proxmox-mcp");

async function server(env: Record<string, string> = {}): Promise<Session> {
  const session = await openSession({ ...labEnvironment(lab), ...env }, { stateHome });
  sessions.push(session);
  return session;
}

const CONFIG = "/nodes/pve1/qemu/102/config";
const api = (session: Session, method: string, path: string, params: Record<string, unknown> = {}) =>
  session.call("proxmox_api_call", { method, path, params });
const change = (session: Session, description: string) => api(session, "PUT", CONFIG, { description });

/** Lines of all chains. */
async function lines(): Promise<ChainedLine[]> {
  const all: ChainedLine[] = [];
  for (const chain of chainsIn(directory())) {
    for await (const { bytes } of linesOf(filesOf(directory(), chain))) all.push(parseLine(bytes.toString())!);
  }
  return all;
}

/** A command of the bin, without any configured host. */
function admin(...args: string[]): Promise<{ code: number | null; out: string; error: string }> {
  return adminWith({}, ...args);
}

async function adminWith(env: Record<string, string>, ...args: string[]) {
  const child = spawn(process.execPath, [BIN, "admin", "audit", ...args], {
    env: { PATH: process.env.PATH ?? "", XDG_STATE_HOME: stateHome, ...env },
    cwd: tmpdir(),
  });
  const out = new StringDecoder("utf8");
  let text = "";
  let error = "";
  child.stdout.on("data", (chunk: Buffer) => {
    text += out.write(chunk);
  });
  child.stderr.on("data", (chunk) => {
    error += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, out: text, error };
}

/** What a command writes that has nothing to complain of. */
async function output(...args: string[]): Promise<string> {
  const { code, out, error } = await admin(...args);
  expect([args, code, error]).toEqual([args, 0, ""]);
  return out;
}

describe("two servers that share a state directory", () => {
  test("write a line before and a line after each of 200 parallel changes, and both chains are sound", async () => {
    const [one, two] = [await server(), await server()];
    const before = writesOf(lab).length;
    const results = await Promise.all(
      Array.from({ length: 200 }, (_, number) => change(number % 2 ? one : two, `change ${number}`)),
    );
    const sent = writesOf(lab).length - before;
    const errors = results.flatMap(({ error }) => (error ? [error.code] : []));
    const all = await lines();
    const changes = all.filter(({ class: its }) => its === "mutate");
    const befores = changes.filter(({ phase }) => phase === "before");
    expect(befores).toHaveLength(200);
    expect(new Set(befores.map(({ call }) => call)).size).toBe(200);
    expect(new Set(befores.map(({ params }) => params!.description)).size).toBe(200);
    for (const { call, requestId, pid } of befores) {
      const after = changes.filter((line) => line.phase === "after" && line.call === call);
      expect(after).toMatchObject([{ requestId, pid, target: { node: "pve1", vmid: 102 } }]);
    }
    expect(sent).toBe(200);
    expect(changes.filter(({ phase, outcome }) => phase === "after" && outcome !== "ok")).toHaveLength(errors.length);
    expect(new Set(all.map(({ pid }) => pid)).size).toBe(2);
    expect(chainsIn(directory())).toEqual(["audit", "audit-2"]);
    // While the servers run and after they have ended.
    expect(await admin("verify")).toMatchObject({ code: 0, error: "" });
    await Promise.all(sessions.splice(0).map((session) => session.close()));
    const { code, out } = await admin("verify");
    expect([code, out.match(/^audit(-2)?: sound/gm)]).toEqual([0, ["audit: sound", "audit-2: sound"]]);
  });
});

describe("a server that is killed", () => {
  test("while the answer to a change is awaited leaves a line that the next one completes", async () => {
    const first = await server();
    await change(first, "before");
    const before = writesOf(lab).length;
    lab.faults.add({ match: { method: "PUT" }, hang: true, times: 1 });
    const waiting = change(first, "hangs").catch(() => {});
    await expect
      .poll(async () => (await lines()).filter(({ phase }) => phase === "before").at(-1)?.params)
      .toMatchObject({
        description: "hangs",
      });
    await expect.poll(() => writesOf(lab).length).toBe(before + 1);
    process.kill((await lines())[0]!.pid, "SIGKILL");
    await waiting;
    const second = await server();
    await change(second, "after");
    const phases = (await lines()).filter(({ class: its }) => its === "mutate").map(({ phase }) => phase);
    expect(phases).toEqual(["before", "after", "before", "lost", "before", "after"]);
    const lost = (await lines()).find(({ phase }) => phase === "lost");
    expect(lost).toMatchObject({ outcome: "unknown", operation: "PUT /nodes/{node}/qemu/{vmid}/config" });
    expect(second.stderr()).toMatch(/ended in the middle of PUT .* \(pve1 102\).*not known/);
    expect(await admin("verify")).toMatchObject({ code: 0, error: "" });
    const { out } = await admin("tail");
    expect(out).toMatch(/ lost .*PUT \/nodes\/\{node\}\/qemu\/\{vmid\}\/config +pve1 102 +unknown/);
  });

  test("by its client's leaving says itself what it does not know", async () => {
    const session = await server();
    const before = writesOf(lab).length;
    lab.faults.add({ match: { method: "PUT" }, hang: true, times: 1 });
    const waiting = change(session, "hangs").catch(() => {});
    await expect.poll(() => writesOf(lab).length).toBe(before + 1);
    await session.close();
    await waiting;
    sessions.length = 0;
    await expect
      .poll(async () => (await lines()).filter(({ class: its }) => its === "mutate").map(({ phase }) => phase))
      .toHaveLength(2);
    const end = (await lines()).filter(({ class: its }) => its === "mutate").at(-1)!;
    expect(end).toMatchObject({
      phase: expect.stringMatching(/^(lost|after)$/),
      outcome: expect.stringMatching(/unknown|error/),
    });
    expect(await admin("verify")).toMatchObject({ code: 0 });
  });
});

describe("a log that cannot be written", () => {
  test("is named once on stderr and in the capabilities, until it can be written again", async () => {
    mkdirSync(stateHome, { recursive: true });
    writeFileSync(directory(), "");
    const session = await server();
    const problem = async () => (await session.call("proxmox_capabilities")).data.server.recordProblem;
    expect(await problem()).toMatch(/EEXIST|ENOTDIR/);
    for (let attempt = 0; attempt < 3; attempt++) {
      expect((await change(session, "x")).error).toMatchObject({ code: "record-unavailable" });
    }
    expect((await api(session, "GET", CONFIG)).error).toBeUndefined();
    expect(session.stderr().match(/cannot be written/g)).toHaveLength(1);
    rmSync(directory());
    expect((await change(session, "y")).error).toBeUndefined();
    expect(await problem()).toBeUndefined();
    expect(session.stderr()).toMatch(/can be written again/);
    const of = (await lines()).filter(({ class: its }) => its === "mutate").map(({ params }) => params?.description);
    expect(of).toEqual(["y", undefined]);
    expect(await admin("verify")).toMatchObject({ code: 0 });
  });
});

describe("admin audit", () => {
  test("says so where there is no log, and makes none", async () => {
    expect(await admin("verify")).toMatchObject({ code: 0, out: expect.stringContaining("There is no audit log") });
    expect(await admin("tail")).toMatchObject({ code: 0, out: expect.stringContaining("There is no line") });
    expect(await admin("export")).toEqual({ code: 0, out: "", error: "" });
    expect(await admin("export", "--format", "csv")).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^time,.*\r\n$/),
    });
    expect(chainsIn(directory())).toEqual([]);
  });

  test("verifies, shows and exports what a server wrote", async () => {
    const session = await server();
    await change(session, '=HYPERLINK("x"), said');
    await session.call("proxmox_vm_action", { vmid: 100, action: "stop" });
    const started = await session.call("proxmox_vm_action", { vmid: 102, action: "start" });
    expect(started.error).toBeUndefined();
    await pause(150);
    const middle = new Date().toISOString();
    await pause(5);
    await change(session, "later");
    await session.close();
    sessions.length = 0;
    const all = await lines();

    const tail = (await output("tail", "-n", "3")).trimEnd().split("\n");
    expect(tail).toHaveLength(3);
    const whole = await output("tail", "-n", "100");
    expect(whole).toMatch(/ denied +local +proxmox_vm_action +destructive .* pve1 100 +confirmation-required/);
    expect(whole).toMatch(new RegExp(` after .* ok 200 \\d+ ms ${started.data.job.upid}`));

    const exported = (await output("export")).trimEnd().split("\n");
    expect(exported.map((text) => JSON.parse(text))).toEqual(all);
    const later = (await output("export", "--since", middle)).trimEnd().split("\n");
    const earlier = (await output("export", "--until", middle, "--since", "1h")).trimEnd().split("\n");
    expect([...earlier, ...later]).toEqual(exported);
    expect(later.some((text) => text.includes("later"))).toBe(true);
    expect(earlier.some((text) => text.includes('"later"'))).toBe(false);

    const csv = await output("export", "--format", "csv");
    expect(csv.split("\r\n").slice(0, -1)).toHaveLength(all.length + 1);
    expect(csv).toContain('"{""node"":""pve1"",""vmid"":102}"');
    expect(csv).not.toMatch(/,=/);

    const file = join(directory(), "audit.jsonl");
    expect((await admin("verify", "--file", file)).code).toBe(0);
    writeFileSync(file, readFileSync(file, "utf8").replace('"vmid":100', '"vmid":101'));
    const broken = await admin("verify");
    const at = all.findIndex(({ phase }) => phase === "denied") + 1;
    expect(broken).toMatchObject({ code: 1, error: "" });
    expect(broken.out.split("\n")[1]).toMatch(new RegExp(`audit\\.jsonl:${at} is not as it was written: altered`));
    expect((await admin("verify", "--file", file)).code).toBe(1);
    expect((await admin("verify", "--file", `${file}.not`)).code).toBe(1);
  });

  test("verifies with the key that the server was given", async () => {
    const env = { PROXMOX_MCP_STATE_KEY: "5a".repeat(32) };
    await change(await server(env), "x");
    expect(await adminWith(env, "verify")).toMatchObject({ code: 0, error: "" });
    expect(await admin("verify")).toMatchObject({ code: 1, out: expect.stringContaining("nothing is proven") });
    expect(await adminWith({ PROXMOX_MCP_STATE_KEY: "5b".repeat(32) }, "verify")).toMatchObject({
      code: 1,
      out: expect.stringContaining("another key"),
    });
  });

  test.each([
    [["export", "--since", "yesterday"], /2026-01-31/],
    [["export", "--format", "xml"], /jsonl, csv/],
    [["tail", "-n", "0"], /positive integer/],
    [["verfy"], /verify/],
  ])("%o is not understood", async (args, says) => {
    const { code, error, out } = await admin(...args);
    expect([code, out]).toEqual([2, ""]);
    expect(error).toMatch(says);
  });
});
