import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Fault, type Lab, startLab } from "../../src/lab/index.ts";
import { call, finish, wire } from "./support.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ taskMs: 20, taskVisibleMs: 0 });
});
afterEach(() => lab.faults.clear());
afterAll(() => lab.close());

const START = "/nodes/pve1/qemu/102/status/start";
const CONFIG = "/nodes/pve1/qemu/102/config";

describe("faults", () => {
  it.each<[Fault, number, string, boolean]>([
    [{ status: 401 }, 401, "Authentication failed!", false],
    [
      { status: 403, reason: "Permission check failed (/, Sys.Audit)" },
      403,
      "Permission check failed (/, Sys.Audit)",
      true,
    ],
    [{ status: 500, reason: "got timeout" }, 500, "got timeout", true],
    [{ status: 595 }, 595, "Connection timed out", false],
    [{ status: 596 }, 596, "Broken pipe", false],
    [{ status: 599 }, 599, "Too many redirections", false],
  ])("answer with %j", async (fault, status, reason, hasBody) => {
    lab.faults.add(fault);
    const answer = await wire(lab, "GET", "/version");
    expect([answer.status, answer.reason, answer.body !== ""]).toEqual([status, reason, hasBody]);
  });

  it("hit what they match, as often as they should", async () => {
    lab.faults.add({ match: { method: "GET", path: /^\/version$/g }, times: 2, status: 500 });
    const seen: number[] = [];
    seen.push((await wire(lab, "GET", "/nodes")).status);
    for (let i = 0; i < 3; i += 1) seen.push((await wire(lab, "GET", "/version")).status);
    expect(seen).toEqual([200, 500, 500, 200]);
  });

  it("can be switched off", async () => {
    const off = lab.faults.add({ status: 500 });
    expect((await wire(lab, "GET", "/version")).status).toBe(500);
    off();
    expect((await wire(lab, "GET", "/version")).status).toBe(200);
  });

  it("delay", async () => {
    lab.faults.add({ delayMs: 60 });
    const since = Date.now();
    expect((await wire(lab, "GET", "/version")).status).toBe(200);
    expect(Date.now() - since).toBeGreaterThanOrEqual(58);
  });

  it("hang", async () => {
    lab.faults.add({ hang: true });
    const answer = wire(lab, "GET", "/version").then(
      () => "answered",
      () => "closed",
    );
    expect(await Promise.race([answer, new Promise((resolve) => setTimeout(() => resolve("waiting"), 100))])).toBe(
      "waiting",
    );
  });

  it("cut before the work: nothing was done", async () => {
    lab.faults.add({ cutBeforeWork: true, times: 1 });
    await expect(wire(lab, "PUT", CONFIG, { body: "description=never" })).rejects.toThrow("closed");
    expect((await call(lab, "GET", CONFIG)).data.description).toBeUndefined();
  });

  it("cut before the answer: it was done all the same", async () => {
    lab.faults.add({ match: { method: "PUT" }, cutBeforeAnswer: true });
    await expect(wire(lab, "PUT", CONFIG, { body: "description=done" })).rejects.toThrow("closed");
    expect((await call(lab, "GET", CONFIG)).data.description).toBe("done");
  });

  it("give up on a request that goes on behind", async () => {
    lab.faults.add({
      match: { method: "PUT" },
      status: 596,
      reason: "Connection timed out",
      afterWork: true,
      times: 1,
    });
    expect(await call(lab, "PUT", CONFIG, { body: "description=behind" })).toMatchObject({ status: 596 });
    expect((await call(lab, "GET", CONFIG)).data.description).toBe("behind");
  });

  it("leave a task behind an answer that was cut", async () => {
    lab.faults.add({ match: { method: "POST" }, cutBeforeAnswer: true, times: 1 });
    await expect(wire(lab, "POST", START)).rejects.toThrow("closed");
    const { data } = await call(lab, "GET", "/nodes/pve1/tasks?source=all&vmid=102");
    expect(data[0].type).toBe("qmstart");
    await finish(lab, data[0].upid);
    await finish(lab, (await call(lab, "POST", "/nodes/pve1/qemu/102/status/stop")).data);
  });

  it.each([
    ["WARNINGS: 3", "running", "TASK WARNINGS: 3"],
    ["got timeout", "stopped", "TASK ERROR: got timeout"],
    ["unexpected status", "stopped", "no content"],
  ])("end a task with %s", async (taskOutcome, status, lastLine) => {
    lab.faults.add({ match: { path: /\/status\/start$/ }, taskOutcome });
    const { exitstatus, log } = await finish(lab, (await call(lab, "POST", START)).data);
    expect([exitstatus, log.at(-1)]).toEqual([taskOutcome, lastLine]);
    expect((await call(lab, "GET", "/nodes/pve1/qemu/102/status/current")).data.status).toBe(status);
    await finish(lab, (await call(lab, "POST", "/nodes/pve1/qemu/102/status/stop")).data);
  });

  it("turn numbers into texts and texts into numbers", async () => {
    lab.faults.add({ wrongTypes: true });
    const { data } = await call(lab, "GET", CONFIG);
    expect([typeof data.memory, typeof data.cores]).toEqual(["number", "string"]);
    expect((await call(lab, "GET", "/cluster/nextid")).data).toBe(105);
  });
});

describe("the request log", () => {
  it("holds what reached the host, decoded", async () => {
    lab.requests.length = 0;
    await wire(lab, "PUT", `${CONFIG}?tags=a%3Bb`, { body: "description=x%20y" });
    await wire(lab, "GET", "/nosuch");
    expect(lab.requests).toEqual([
      {
        seq: 1,
        time: expect.any(Number),
        method: "PUT",
        path: CONFIG,
        params: { description: "x y", tags: "a;b" },
        operation: "PUT /nodes/{node}/qemu/{vmid}/config",
        token: "root@pam!lab",
        status: 200,
      },
      expect.objectContaining({ seq: 2, method: "GET", path: "/nosuch", status: 501 }),
    ]);
  });
});
