import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { loadStateKey } from "../../src/access/index.ts";
import { createJobs } from "../../src/jobs/index.ts";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { BIN, type Era, labEnvironment, openSession, type Session, type ToolOutcome } from "../support/session.ts";
import { pause, requestsOf, writesOf } from "./rows.ts";

let lab: Lab;
let stateHome: string;

beforeAll(async () => {
  lab = await startLab({ seed: "medium", authDelayMs: 0, taskMs: 60, taskVisibleMs: 0 });
  stateHome = await mkdtemp(join(tmpdir(), "proxmox-mcp-progress-"));
});
afterEach(() => {
  for (const task of [...lab.state.tasks.all()]) lab.state.tasks.cancel(task);
});
afterAll(async () => {
  await lab?.close();
  await rm(stateHome, { recursive: true, force: true });
});

/** Starts a task that ends when the test says so. */
async function start(session: Session): Promise<{ id: string; upid: string }> {
  lab.state.pace.taskMs = 3_600_000;
  const { data } = await session.call("proxmox_vm_action", { vmid: 100, action: "reboot", waitSeconds: 0 });
  lab.state.pace.taskMs = 60;
  return data.job;
}

const end = (upid: string) => lab.state.tasks.cancel(lab.state.tasks.get(upid)!);

/** Polls of the task's log that have reached the lab. */
const looks = () => lab.requests.filter(({ path }) => path.endsWith("/log")).length;

/** Waits for a job while these lines are written, one after each look at the log. */
async function watch(session: Session, lines: readonly string[]): Promise<ToolOutcome> {
  const { id, upid } = await start(session);
  const waiting = session.call("job_wait", { id, waitSeconds: 600 });
  for (const line of lines) {
    const seen = looks();
    lab.state.tasks.get(upid)!.log.push(line);
    await expect.poll(looks, { interval: 20 }).toBeGreaterThan(seen);
  }
  end(upid);
  return waiting;
}

describe.each<Era>(["2026-07-28", "2025"])("progress in the era of %s", (era) => {
  let session: Session;
  beforeAll(async () => {
    session = await openSession(labEnvironment(lab), { era });
  });
  afterAll(() => session?.close());

  test("is the last line of the log, and a percentage where it has one; it only ever grows", async () => {
    const lines = [
      "starting",
      "INFO:  34% (1.1 GiB of 3.2 GiB) in 9s, read: 375.0 MiB/s, write: 371.1 MiB/s",
      "INFO:  71% (2.3 GiB of 3.2 GiB) in 12s, read: 375.0 MiB/s, write: 371.1 MiB/s",
      // The next disk begins anew.
      "INFO:   2% (0.1 GiB of 3.2 GiB) in 13s, read: 375.0 MiB/s, write: 371.1 MiB/s",
    ];
    const { steps, progress } = await watch(session, lines);
    for (const line of lines) expect(progress).toContain(line);
    const of = (line: string) => steps.find(({ message }) => message === line)!;
    expect(of(lines[0]!)).not.toHaveProperty("total");
    expect(of(lines[1]!)).toMatchObject({ progress: 34, total: 100 });
    expect(of(lines[2]!)).toMatchObject({ progress: 71, total: 100 });
    expect(of(lines[3]!)).not.toHaveProperty("total");
    const counts = steps.map((step) => step.progress);
    for (let i = 1; i < counts.length; i += 1) expect(counts[i]).toBeGreaterThan(counts[i - 1]!);
  });

  test("of a client that cancels ends, and so do the looks; the task goes on", async () => {
    const { id, upid } = await start(session);
    const abort = new AbortController();
    const waiting = session
      .call("job_wait", { id, waitSeconds: 600 }, { signal: abort.signal })
      .catch(() => "cancelled");
    const seen = looks();
    await expect.poll(looks, { interval: 20 }).toBeGreaterThan(seen);
    const writes = writesOf(lab).length;
    abort.abort();
    expect(await waiting).toBe("cancelled");
    // What was under way when the news arrived may still come.
    await session.call("proxmox_node_list");
    const after = lab.requests.length;
    await pause(3000);
    expect(lab.requests.length).toBe(after);
    expect(writesOf(lab)).toHaveLength(writes);
    expect(lab.state.tasks.get(upid)!.endtime).toBeUndefined();
    expect((await session.call("job_get", { id })).data.job.state).toBe("running");
    // Only this stops it.
    expect((await session.call("job_cancel", { id })).data).toMatchObject({ outcome: "stopped" });
    expect(lab.state.tasks.get(upid)!.exitstatus).toBe("received interrupt");
  });
});

test("nothing is told of a call after its answer", async () => {
  const session = await openSession(labEnvironment(lab), { stateHome });
  const { id, upid } = await start(session);
  await session.close();
  const child = spawn(process.execPath, [BIN], {
    env: { PATH: process.env.PATH ?? "", XDG_STATE_HOME: stateHome, ...labEnvironment(lab) },
    stdio: ["pipe", "pipe", "ignore"],
  });
  const heard: { id?: number; method?: string }[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => heard.push(JSON.parse(line)));
  const say = (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  const clientInfo = { name: "plain", version: "0" };
  say({ id: 1, method: "initialize", params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo } });
  say({ method: "notifications/initialized" });
  const params = { name: "job_wait", arguments: { id, waitSeconds: 600 }, _meta: { progressToken: "mine" } };
  say({ id: 2, method: "tools/call", params });
  await expect.poll(() => heard.filter(({ method }) => method === "notifications/progress").length).toBeGreaterThan(3);
  end(upid);
  await expect.poll(() => heard.some((one) => one.id === 2)).toBe(true);
  // More than the longest pause between two looks so far.
  await pause(3000);
  expect(heard.findIndex((one) => one.id === 2)).toBe(heard.length - 1);
  child.stdin.end();
  await once(child, "exit");
});

describe("a server that was killed", () => {
  test("leaves its jobs to the next one with the same state", async () => {
    const first = await openSession(labEnvironment(lab), { stateHome });
    const { id, upid } = await start(first);
    await first.kill();
    await first.close();
    expect(lab.state.tasks.get(upid)!.endtime).toBeUndefined();

    const second = await openSession(labEnvironment(lab), { stateHome });
    expect((await second.call("job_get", { id })).data.job).toMatchObject({ id, upid, state: "running" });
    lab.state.tasks.get(upid)!.log.push("still at it");
    expect((await second.call("job_logs", { id })).data).toMatchObject({ state: "running", lines: ["still at it"] });

    // The same key, made for somebody else, and the same caller under another key.
    const key = loadStateKey(join(stateHome, "proxmox-mcp"));
    const handle = { cluster: "default", upid };
    expect(createJobs(key).idOf(handle, "local")).toBe(id);
    const others = await mkdtemp(join(tmpdir(), "proxmox-mcp-progress-"));
    const forged = [
      createJobs(key).idOf(handle, "somebody"),
      createJobs(loadStateKey(others)).idOf(handle, "local"),
      `${id}A`,
      id.replace(/#.*/, ""),
    ];
    await rm(others, { recursive: true });
    for (const one of forged) {
      for (const tool of ["job_get", "job_wait", "job_logs", "job_cancel"]) {
        const { result, requests } = await requestsOf(lab, () => second.call(tool, { id: one }));
        expect([tool, one, result.error?.code]).toEqual([tool, one, "unknown-job"]);
        expect(requests).toEqual([]);
      }
    }
    expect((await second.call("job_cancel", { id })).data).toMatchObject({ outcome: "stopped" });
    await second.close();
  });
});
