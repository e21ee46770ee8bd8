import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { openLabSession, type Session } from "../support/session.ts";
import { ANSWER_LIMIT, objects, requestsOf } from "./rows.ts";

let session: Session & { lab: Lab };
let lab: Lab;

beforeAll(async () => {
  session = await openLabSession({ seed: "medium", taskMs: 60 });
  lab = session.lab;
});
afterAll(() => session?.close());

const numbered = (count: number) => Array.from({ length: count }, (_, i) => `line ${i}`);

/** Puts a task of this token with that log on record, and gives its job id. */
async function past(log: string[], exitstatus = "OK"): Promise<{ id: string; upid: string }> {
  const { upid } = lab.state.tasks.record(
    { node: "pve2", type: "vzdump", id: "", user: "root@pam", tokenid: "lab" },
    Date.now() - 1_800_000,
    5,
    exitstatus,
    log,
  );
  const ids = objects(await session.call("job_list")).map(({ job }) => String(job));
  return { id: ids.find((id) => id.includes(upid))!, upid };
}

const logs = (id: string, more: Record<string, unknown> = {}) => session.call("job_logs", { id, ...more });

describe("a job's log", () => {
  test("begins with its last lines and pages back to the first, each line once", async () => {
    const { id } = await past(numbered(119));
    const first = await logs(id);
    expect(first.data).toMatchObject({
      cluster: "default",
      state: "ok",
      exitstatus: "OK",
      total: 120,
      start: 70,
      before: 70,
    });
    expect(first.data.lines).toHaveLength(50);
    expect(first.data.lines.at(-1)).toBe("TASK OK");
    const { data: second } = await logs(id, { before: first.data.before });
    expect(second).toMatchObject({ total: 120, start: 20, before: 20 });
    const { data: third } = await logs(id, { before: second.before });
    expect(third).toMatchObject({ total: 120, start: 0 });
    expect(third).not.toHaveProperty("before");
    expect([...third.lines, ...second.lines, ...first.data.lines]).toEqual([...numbered(119), "TASK OK"]);
    expect(JSON.parse(first.text)).toEqual(first.data);
  });

  test("is given in pages of the asked size", async () => {
    const { id } = await past(numbered(119));
    expect((await logs(id, { limit: 3 })).data).toMatchObject({
      start: 117,
      lines: ["line 117", "line 118", "TASK OK"],
    });
    expect((await logs(id, { limit: 500 })).data).toMatchObject({ start: 0, total: 120 });
    expect((await logs(id, { limit: 10, before: 4 })).data).toMatchObject({ start: 0, lines: numbered(4) });
    expect((await logs(id, { before: 0 })).data).toMatchObject({ start: 0, lines: [] });
  });

  test("stays within the budget, and what was left out is on the next page", async () => {
    const long = Array.from({ length: 200 }, (_, i) => `${i} ${"x".repeat(600)}`);
    const { id } = await past(long);
    const seen: string[] = [];
    let before: number | undefined;
    do {
      const page = await logs(id, { limit: 500, ...(before === undefined ? {} : { before }) });
      expect(page.text.length).toBeLessThan(ANSWER_LIMIT);
      expect(page.data.lines.length).toBeGreaterThan(0);
      seen.unshift(...page.data.lines);
      before = page.data.before;
    } while (before !== undefined);
    expect(seen).toEqual([...long, "TASK OK"]);
  });

  test("cuts a line that is too long, and says so", async () => {
    const { id } = await past(["y".repeat(50_000)]);
    const { data } = await logs(id);
    expect(data.lines[0].length).toBeLessThan(2100);
    expect(data.lines[0]).toMatch(/… \[cut: 50000 characters\]$/);
  });

  test("of a running job grows", async () => {
    lab.state.pace.taskMs = 3_600_000;
    lab.state.pace.taskVisibleMs = 0;
    const { data } = await session.call("proxmox_vm_action", { vmid: 100, action: "reboot", waitSeconds: 0 });
    lab.state.pace.taskMs = 60;
    const task = lab.state.tasks.get(data.job.upid)!;
    expect((await logs(data.job.id)).data).toMatchObject({ state: "running", total: 0, lines: [] });
    task.log.push("one", "two");
    expect((await logs(data.job.id)).data).toMatchObject({ state: "running", total: 2, lines: ["one", "two"] });
    lab.state.tasks.cancel(task);
    expect((await logs(data.job.id)).data).toMatchObject({
      state: "failed",
      exitstatus: "received interrupt",
      total: 3,
    });
  });

  test.each([
    ["some error", "failed"],
    ["unexpected status", "unknown"],
  ])("of a task that ended with %o is shown with that, and is no error", async (exitstatus, state) => {
    const { id } = await past(["one"], exitstatus);
    const { data, error } = await logs(id);
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ state, exitstatus });
    expect(data.lines[0]).toBe("one");
  });

  test("of a task that vanished is none: unknown, never OK", async () => {
    const { id, upid } = await past(["one"]);
    lab.state.tasks.forget(upid);
    const { error } = await logs(id);
    expect(error).toMatchObject({
      code: "task-unknown",
      message: expect.stringContaining("its record is gone"),
      data: { state: "unknown", total: 0, lines: [] },
    });
    expect(error!.data).not.toHaveProperty("exitstatus");
  });

  test("whose node does not answer is an error of that", async () => {
    const { id } = await past(["one"]);
    lab.faults.add({ match: { path: /\/log$/ }, status: 595 });
    const { error } = await logs(id);
    lab.faults.clear();
    expect(error).toMatchObject({ code: "node-unreachable" });
  });

  test("costs three requests, and two for an older page", async () => {
    const { id } = await past(numbered(119));
    expect((await requestsOf(lab, () => logs(id))).requests).toHaveLength(3);
    expect((await requestsOf(lab, () => logs(id, { before: 70 }))).requests).toHaveLength(2);
  });

  test.each([
    [{ limit: 0 }, "limit"],
    [{ limit: 501 }, "limit"],
    [{ before: -1 }, "before"],
    [{ cursor: "x" }, "cursor"],
  ])("%j is refused", async (args, field) => {
    const { error } = await logs("x", args);
    expect(error).toMatchObject({ code: "invalid-arguments", data: { errors: { [field]: expect.any(String) } } });
  });

  test("of a forged id is refused without a request", async () => {
    const { id } = await past(["one"]);
    const { result, requests } = await requestsOf(lab, () => logs(id.replace("pve2", "pve1")));
    expect(result.error).toMatchObject({ code: "unknown-job" });
    expect(requests).toEqual([]);
  });
});
