import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { openLabSession, type Session } from "../support/session.ts";
import { objects, requestsOf, writesOf } from "./rows.ts";

const TASK_MS = 60;
/** Longer than any test. */
const FOREVER = 3_600_000;

let session: Session & { lab: Lab };
let lab: Lab;

beforeAll(async () => {
  session = await openLabSession({ seed: "medium", taskMs: TASK_MS });
  lab = session.lab;
});
afterEach(() => {
  lab.faults.clear();
  for (const task of [...lab.state.tasks.all()]) lab.state.tasks.cancel(task);
  for (const guest of lab.state.guests.values()) if (guest.vmid !== 105) delete guest.config.lock;
});
afterAll(() => session?.close());

const call = (method: string, path: string, params: Record<string, unknown> = {}) =>
  session.call("proxmox_api_call", { method, path, params, waitSeconds: 0 });

/** Starts a task that ends only when it is stopped. */
async function endless(begin: () => ReturnType<typeof call>): Promise<{ id: string; upid: string }> {
  lab.state.pace.taskMs = FOREVER;
  lab.state.pace.taskVisibleMs = 0;
  const { data, error } = await begin();
  lab.state.pace.taskMs = TASK_MS;
  expect(error).toBeUndefined();
  return data.job;
}

const reboot = () => endless(() => session.call("proxmox_vm_action", { vmid: 100, action: "reboot", waitSeconds: 0 }));
const cancel = (id: string, more: Record<string, unknown> = {}) => session.call("job_cancel", { id, ...more });

/** Puts a task of this token on record that ended half an hour ago, and gives its job id. */
async function pastJob(exitstatus: string): Promise<{ id: string; upid: string }> {
  const { upid } = lab.state.tasks.record(
    { node: "pve2", type: "qmstart", id: "777", user: "root@pam", tokenid: "lab" },
    Date.now() - 1_800_000,
    5,
    exitstatus,
    ["one", "two"],
  );
  const ids = objects(await session.call("job_list")).map(({ job }) => String(job));
  return { id: ids.find((id) => id.includes(upid))!, upid };
}

describe("cancelling a job", () => {
  test("stops its task and waits for the end", async () => {
    const { id, upid } = await reboot();
    const { result, requests } = await requestsOf(lab, () => cancel(id));
    expect(result.error).toBeUndefined();
    expect(result.data).toMatchObject({
      cluster: "default",
      outcome: "stopped",
      job: {
        id,
        state: "failed",
        exitstatus: "received interrupt",
        log: [expect.stringContaining("received interrupt")],
      },
    });
    for (const key of ["locked", "mayRemain", "incomplete", "next"]) expect(result.data).not.toHaveProperty(key);
    expect(requests.filter((request) => !request.startsWith("GET "))).toEqual([`DELETE /nodes/pve1/tasks/${upid}`]);
    expect(lab.state.tasks.get(upid)!.endtime).toBeDefined();
  });

  test("that is killed later waits for that, or says that it still runs", async () => {
    lab.faults.add({ fault: "task-stubborn", ms: 1500 });
    const { id } = await reboot();
    const short = await cancel(id, { waitSeconds: 0 });
    expect(short.error).toBeUndefined();
    expect(short.data).toMatchObject({
      outcome: "running",
      job: { state: "running" },
      next: expect.stringContaining("killed"),
    });
    const { data, error } = await cancel(id);
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ outcome: "stopped", job: { state: "unknown", exitstatus: "unexpected status" } });
  });

  test("as a dry run stops nothing", async () => {
    const { id, upid } = await reboot();
    const before = writesOf(lab).length;
    const { data } = await cancel(id, { dryRun: true });
    expect(data.plan).toMatchObject({
      requests: [{ operation: "DELETE /nodes/{node}/tasks/{upid}", params: { node: "pve1", upid } }],
      class: "mutate",
      allowed: true,
    });
    expect(data).not.toHaveProperty("outcome");
    expect(writesOf(lab)).toHaveLength(before);
    expect(lab.state.tasks.get(upid)!.endtime).toBeUndefined();
  });

  test("tells the lock of the guest, and the command that takes it away", async () => {
    const { id } = await endless(() => call("POST", "/nodes/pve1/vzdump", { vmid: "100", storage: "local" }));
    const { data, error } = await cancel(id);
    expect(error).toBeUndefined();
    expect(data).toMatchObject({
      outcome: "stopped",
      job: { type: "vzdump" },
      locked: [{ vmid: 100, name: "web01", type: "qemu", node: "pve1", lock: "backup", unlock: "qm unlock 100" }],
      mayRemain: expect.stringContaining("archive"),
      next: expect.stringContaining("proxmox_task_list"),
    });
    expect(data.locked[0]).not.toHaveProperty("maybeOther");
    expect(JSON.parse(JSON.stringify(data))).toEqual(data);
  });

  test("tells a container's lock", async () => {
    lab.faults.add({ fault: "task-leaves-lock", lock: "snapshot" });
    const dns = [...lab.state.guests.values()].find(({ config }) => config.hostname === "dns01")!;
    const { id } = await endless(() =>
      session.call("proxmox_lxc_action", { vmid: dns.vmid, action: "reboot", waitSeconds: 0 }),
    );
    const { data } = await cancel(id);
    expect(data.locked).toMatchObject([{ type: "lxc", lock: "snapshot", unlock: `pct unlock ${dns.vmid}` }]);
  });

  test("tells a half-made guest, which the UPID does not name", async () => {
    const { id } = await endless(() => call("POST", "/nodes/pve1/qemu/100/clone", { newid: 901, full: true }));
    const { data } = await cancel(id);
    expect(data).toMatchObject({
      outcome: "stopped",
      job: { type: "qmclone" },
      mayRemain: expect.stringContaining("half made"),
    });
    expect(data.locked).toMatchObject([{ vmid: 901, lock: "clone", maybeOther: true, unlock: "qm unlock 901" }]);
    lab.state.remove(lab.state.guests.get(901)!);
  });

  test("of several guests tells all of them that carry its kind of lock", async () => {
    const { id, upid } = await endless(() => call("POST", "/nodes/pve1/vzdump", { vmid: "100,102", storage: "local" }));
    expect(upid).toContain(":vzdump::");
    const { data } = await cancel(id);
    expect(data.locked).toMatchObject([
      { vmid: 100, lock: "backup", maybeOther: true },
      { vmid: 105, name: "db-locked", lock: "backup", maybeOther: true },
    ]);
  });

  test("says what it could not look at", async () => {
    const { id } = await reboot();
    lab.faults.add({ match: { path: /\/cluster\/resources$/ }, status: 500, reason: "no" });
    const { data, error } = await cancel(id);
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ outcome: "stopped", incomplete: [{ part: "locks", reason: expect.any(String) }] });
  });

  test("whose guest cannot be read tells the lock that the cluster knows, or that it does not know", async () => {
    const { id } = await reboot();
    lab.faults.add({ match: { path: /\/qemu\/100\/config$/ }, status: 403, reason: "Permission check failed" });
    const { data } = await cancel(id);
    expect(data).toMatchObject({ outcome: "stopped", incomplete: [{ part: "lock of 100" }] });
  });
});

describe("a job that is not to be cancelled any more", () => {
  test.each([
    ["OK", "ok"],
    ["WARNINGS: 2", "warnings"],
    ["some error", "failed"],
    ["unexpected status", "unknown"],
  ])("ended with %s: said so, nothing sent", async (exitstatus, state) => {
    const { id } = await pastJob(exitstatus);
    const before = writesOf(lab).length;
    const { data, error } = await cancel(id);
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ outcome: "already-ended", job: { id, state, exitstatus } });
    expect(writesOf(lab)).toHaveLength(before);
  });

  test("vanished: unknown, never OK", async () => {
    const { id, upid } = await pastJob("OK");
    lab.state.tasks.forget(upid);
    const before = writesOf(lab).length;
    const { error } = await cancel(id);
    expect(error).toMatchObject({
      code: "task-unknown",
      message: expect.stringMatching(/its record is gone\. Nothing was sent\.$/),
      data: { job: { state: "unknown" } },
    });
    expect(error!.data).not.toHaveProperty("outcome");
    expect(writesOf(lab)).toHaveLength(before);
  });

  test("vanishes while it is stopped: unknown", async () => {
    lab.faults.add({ fault: "task-vanishes" });
    // A minute old: without a record it is gone, and not one that cannot be seen yet.
    lab.state.tasks.skewMs.set("pve1", -60_000);
    const { id, upid } = await reboot();
    lab.state.tasks.skewMs.clear();
    const before = writesOf(lab).length;
    const { error } = await cancel(id);
    expect(writesOf(lab).slice(before)).toEqual([`DELETE /nodes/pve1/tasks/${upid}`]);
    expect(error).toMatchObject({ code: "task-unknown", data: { job: { state: "unknown" } } });
    expect(error!.message).not.toContain("Nothing was sent");
  });

  test("ended well before it could be stopped", async () => {
    const { id, upid } = await reboot();
    const task = lab.state.tasks.get(upid)!;
    const before = () => Object.assign(task, { endtime: task.starttime + 1, exitstatus: "OK" });
    lab.faults.add({ match: { method: "DELETE" }, data: null, before });
    const { data, error } = await cancel(id);
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ outcome: "ended-first", job: { state: "ok" } });
    expect(data).not.toHaveProperty("locked");
  });
});

test("a task that is not visible yet is stopped once it is", async () => {
  lab.faults.add({ fault: "task-late", ms: 700 });
  const { id } = await reboot();
  const { data, error } = await cancel(id);
  expect(error).toBeUndefined();
  expect(data).toMatchObject({ outcome: "stopped", job: { state: "failed" } });
});

test("a task that cannot be seen for all the time that there is ends in an error", async () => {
  lab.faults.add({ match: { method: "DELETE" }, status: 400, reason: "no such task" });
  const { id } = await reboot();
  expect((await cancel(id, { waitSeconds: 1 })).error).toMatchObject({ code: "not-found" });
});

test("an order whose answer was lost is judged by the task", async () => {
  const { id } = await reboot();
  lab.faults.add({ match: { method: "DELETE" }, cutBeforeAnswer: true });
  const { data, error } = await cancel(id);
  expect(error).toBeUndefined();
  expect(data).toMatchObject({ outcome: "stopped", warnings: [expect.stringContaining("sent once")] });
});

test("a refusal is passed on, and the task goes on", async () => {
  const { id, upid } = await reboot();
  lab.faults.add({
    match: { method: "DELETE" },
    status: 403,
    reason: "Permission check failed (/nodes/pve1, Sys.Modify)",
  });
  const { error } = await cancel(id);
  expect(error).toMatchObject({ code: "permission-denied", message: expect.stringContaining("Sys.Modify") });
  expect(lab.state.tasks.get(upid)!.endtime).toBeUndefined();
});

test("a task that cannot be watched any more was told to stop all the same", async () => {
  const { id, upid } = await reboot();
  lab.faults.add({ match: { path: /\/status$/ }, skip: 1, status: 403, reason: "Permission check failed" });
  const { error } = await cancel(id);
  lab.faults.clear();
  expect(error).toMatchObject({
    code: "permission-denied",
    message: expect.stringContaining("It was told to stop."),
    next: expect.stringContaining("job_get"),
    data: { job: { id, state: "unknown" } },
  });
  expect(error!.message).not.toContain("was started");
  expect(lab.state.tasks.get(upid)!.exitstatus).toBe("received interrupt");
});

test.each([{}, { id: 7 }, { id: "default/UPID:pve1:x#y" }, { id: "x", force: true }])("%j is refused", async (args) => {
  const { result, requests } = await requestsOf(lab, () => session.call("job_cancel", args));
  expect(result.error?.code).toMatch(/^(invalid-arguments|unknown-job)$/);
  expect(requests).toEqual([]);
});
