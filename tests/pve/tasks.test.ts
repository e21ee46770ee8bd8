import { describe, expect, test } from "vitest";
import { InvalidParametersError, NotFoundError } from "../../src/pve/errors.ts";
import { clusterTasks, exitState } from "../../src/pve/tasks.ts";
import { parseUpid } from "../../src/pve/upid.ts";
import type { Answer, Params, Send } from "../../src/schema/operation.ts";
import { CALLER } from "./test-server.ts";

const START = 0x6b02ebd7;
const UPID = "UPID:pve2:000001C4:0005A267:6B02EBD7:qmstart:100:root@pam!mcp:";

describe("UPIDs", () => {
  test.each([
    [
      UPID,
      { node: "pve2", pid: 452, pstart: 369255, starttime: START, type: "qmstart", id: "100", user: "root@pam!mcp" },
    ],
    ["UPID:pve1:00000001:105A26700:6B02EBD7:vzdump::root@pam:", { pstart: 0x105a26700, type: "vzdump", id: "" }],
    ["UPID:pve1:00000001:00000001:6B02EBD7:imgdel:100@local-lvm:a.b@pve:", { id: "100@local-lvm", user: "a.b@pve" }],
    ["UPID:pve1:00000001:00000001:6b02ebd7:qmmove:100-scsi0>200-scsi1:root@pam:", { id: "100-scsi0>200-scsi1" }],
  ])("%s", (text, expected) => {
    expect(parseUpid(text)).toMatchObject({ upid: text, ...expected });
  });

  test.each([
    "",
    "OK",
    null,
    100,
    UPID.slice(0, -1),
    `${UPID}x`,
    "UPID:pve1:1C4:0005A267:6B02EBD7:qmstart:100:root@pam:",
    "UPID:pve1:000001C4:0005A267:6B02EBD7::100:root@pam:",
    "UPID:pve1:000001C4:0005A267:6B02EBD7:qmstart:100:root@pam:\nx",
  ])("not a UPID: %j", (text) => {
    expect(parseUpid(text)).toBeUndefined();
  });
});

describe("exit statuses", () => {
  test.each([
    ["OK", "ok"],
    ["WARNINGS: 1", "warnings"],
    ["WARNINGS: 12", "warnings"],
    ["job errors", "failed"],
    ["can't lock file '/var/lock/qemu-server/lock-100.conf' - got timeout", "failed"],
    ["unexpected status", "unknown"],
    ["unable to get last line from task log '/var/log/pve/tasks/…'", "unknown"],
    ["", "unknown"],
  ])("%j is %s", (text, state) => {
    expect(exitState(text)).toBe(state);
  });
});

type Reply = Answer | Error;

/** Tasks over scripted answers: the last status answer repeats; log lines are those given. */
function scripted(statuses: readonly Reply[], { log = [] as string[], ageMs = 0 } = {}) {
  const calls: { operation: string; params: Params }[] = [];
  let next = 0;
  const send: Send = async <T>(operation: string, params: object = {}) => {
    calls.push({ operation, params: params as Params });
    if (operation.endsWith("/log")) {
      const { start, limit } = params as { start: number; limit: number };
      const lines = log.slice(start, start + limit);
      const rows = lines.length > 0 ? lines.map((t, i) => ({ n: start + i + 1, t })) : [{ n: 1, t: "no content" }];
      return { data: rows, total: log.length } as Answer<T>;
    }
    const reply = statuses[Math.min(next++, statuses.length - 1)]!;
    if (reply instanceof Error) throw reply;
    return reply as Answer<T>;
  };
  return { tasks: clusterTasks({ send: () => send, serverNow: () => START * 1000 + ageMs }), calls };
}

const context = { cluster: "test", operation: "GET /nodes/{node}/tasks/{upid}/status" } as const;
const running: Reply = { data: { status: "running" } };
const stopped = (exitstatus?: string): Reply => ({ data: { status: "stopped", exitstatus } });
const missing = new NotFoundError(context, 400, "no such task");

describe("a task's state", () => {
  test("is asked for on the node that the UPID names", async () => {
    const { tasks, calls } = scripted([stopped("OK")]);
    expect(await tasks.status(CALLER, UPID)).toEqual({
      upid: UPID,
      node: "pve2",
      type: "qmstart",
      id: "100",
      user: "root@pam!mcp",
      starttime: START,
      state: "ok",
      exitstatus: "OK",
    });
    expect(calls).toEqual([
      { operation: "GET /nodes/{node}/tasks/{upid}/status", params: { node: "pve2", upid: UPID } },
    ]);
  });

  test.each<[string, Reply, number, string]>([
    ["running", running, 0, "running"],
    ["stopped without words", stopped(), 0, "unknown"],
    ["not visible yet", missing, 3000, "running"],
    ["cleaned up", missing, 20_000, "unknown"],
    ["an answer of no shape", { data: null }, 0, "unknown"],
  ])("%s", async (_, reply, ageMs, state) => {
    expect((await scripted([reply], { ageMs }).tasks.status(CALLER, UPID)).state).toBe(state);
  });

  test("another refusal is passed on", async () => {
    const refusal = new InvalidParametersError(context, { upid: "unable to parse worker upid" });
    await expect(scripted([refusal]).tasks.status(CALLER, UPID)).rejects.toBe(refusal);
  });

  test("a text that is no UPID is not sent", async () => {
    const { tasks, calls } = scripted([running]);
    await expect(tasks.status(CALLER, "OK")).rejects.toMatchObject({ code: "invalid-upid" });
    await expect(tasks.wait(CALLER, "OK", { waitMs: 10 })).rejects.toMatchObject({ code: "invalid-upid" });
    expect(calls).toEqual([]);
  });
});

describe("waiting", () => {
  test("polls until the end, through the time in which it is not visible", async () => {
    const { tasks, calls } = scripted([missing, running, stopped("WARNINGS: 1")]);
    expect((await tasks.wait(CALLER, UPID, { waitMs: 5000 })).state).toBe("warnings");
    expect(calls.length).toBe(3);
  });

  test("answers with what was seen last when the time is over", async () => {
    const { tasks, calls } = scripted([running]);
    const began = performance.now();
    expect((await tasks.wait(CALLER, UPID, { waitMs: 300 })).state).toBe("running");
    expect(performance.now() - began).toBeLessThan(1500);
    expect(calls.length).toBe(3);
  });

  test("a task that was cleaned up is unknown at once", async () => {
    const { tasks, calls } = scripted([missing], { ageMs: 3_600_000 });
    expect((await tasks.wait(CALLER, UPID, { waitMs: 5000 })).state).toBe("unknown");
    expect(calls.length).toBe(1);
  });

  test("tells the newest line of the log", async () => {
    const { tasks } = scripted([running, running, running, stopped("OK")], { log: ["one", "two", "three"] });
    const seen: (readonly string[])[] = [];
    await tasks.wait(CALLER, UPID, { waitMs: 5000, onProgress: (lines) => seen.push(lines) });
    expect(seen).toEqual([[], [], ["one", "two", "three"]]);
  });

  test("tells the newest line of a log that grows faster than it is read", async () => {
    const log = Array.from({ length: 170 }, (_, i) => `line ${i}`);
    const { tasks } = scripted([running, running, running, stopped("OK")], { log });
    const seen: (string | undefined)[] = [];
    await tasks.wait(CALLER, UPID, { waitMs: 5000, onProgress: (lines) => seen.push(lines.at(-1)) });
    expect(seen.at(-1)).toBe("line 169");
  });

  test("ends with the caller's abort", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 30);
    const { tasks } = scripted([running]);
    await expect(tasks.wait(CALLER, UPID, { waitMs: 60_000, signal: controller.signal })).rejects.toThrow(/abort/i);
  });
});

describe("a task's log", () => {
  const lines = Array.from({ length: 120 }, (_, i) => `line ${i}`);

  test.each([
    [{}, { start: 70, total: 120 }, "line 70", "line 119", 50],
    [{ limit: 10 }, { start: 110, total: 120 }, "line 110", "line 119", 10],
    [{ start: 5, limit: 2 }, { start: 5, total: 120 }, "line 5", "line 6", 2],
    [{ limit: 500 }, { start: 0, total: 120 }, "line 0", "line 119", 120],
  ])("%j", async (options, expected, first, last, count) => {
    const log = await scripted([], { log: lines }).tasks.log(CALLER, UPID, options);
    expect(log).toMatchObject(expected);
    expect([log.lines[0], log.lines.at(-1), log.lines.length]).toEqual([first, last, count]);
  });

  test.each(["no content", "unable to open file - No such file or directory"])(
    "%s: no lines, none in all",
    async (t) => {
      const send: Send = async <T>() => ({ data: [{ n: 1, t }], total: 1 }) as Answer<T>;
      const tasks = clusterTasks({ send: () => send, serverNow: () => START * 1000 });
      expect(await tasks.log(CALLER, UPID)).toEqual({ lines: [], start: 0, total: 0 });
    },
  );

  test("an empty one has no lines", async () => {
    expect(await scripted([]).tasks.log(CALLER, UPID)).toEqual({ lines: [], start: 0, total: 0 });
  });
});
