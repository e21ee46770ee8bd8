import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { labEnvironment, openSession, type Session } from "../support/session.ts";
import { objects, pause, requestsOf, writesOf } from "./rows.ts";

const TASK_MS = 60;

let lab: Lab;
let stateHome: string;
let session: Session;

beforeAll(async () => {
  lab = await startLab({ seed: "medium", authDelayMs: 0, taskMs: TASK_MS, haMs: 1500 });
  stateHome = await mkdtemp(join(tmpdir(), "proxmox-mcp-jobs-"));
  session = await openSession(labEnvironment(lab), { stateHome });
});
afterEach(() => {
  lab.state.pace.taskMs = TASK_MS;
  lab.faults.clear();
});
afterAll(async () => {
  await session?.close();
  await lab?.close();
  await rm(stateHome, { recursive: true, force: true });
});

/** Stopped VMs without a peculiarity, to be started one after the other. */
const idle = (): number => {
  const guest = [...lab.state.guests.values()].find(
    ({ vmid, type, running, config }) => vmid >= 120 && type === "qemu" && !running && !config.lock,
  );
  return guest!.vmid;
};

const start = (vmid: number | string, more: Record<string, unknown> = {}) =>
  session.call("proxmox_vm_action", { vmid, action: "start", ...more });

/** Puts a task of this token on record that ended some time ago, and gives its job id. */
const pastJob = async (exitstatus: string, minutesAgo: number, log: string[] = []) => {
  const task = lab.state.tasks.record(
    { node: "pve2", type: "qmstart", id: "777", user: "root@pam", tokenid: "lab" },
    Date.now() - minutesAgo * 60_000,
    5,
    exitstatus,
    log,
  );
  const rows = objects(await session.call("job_list"));
  const id = rows.map(({ job }) => String(job)).find((job) => job.includes(task.upid));
  return { id: id!, upid: task.upid };
};

describe("an action", () => {
  test("waits for its task, with progress, and tells its outcome", async () => {
    lab.state.pace.taskMs = 700;
    const vmid = idle();
    const { data, error, progress } = await start(vmid);
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ vmid, action: "start", job: { state: "ok", exitstatus: "OK", type: "qmstart" } });
    expect(progress.length).toBeGreaterThan(1);
    expect(lab.state.guests.get(vmid)!.running).toBe(true);
    const seen = progress.length;
    await pause(400);
    expect(progress).toHaveLength(seen);
  });

  test("hands back a running job when it is not to wait, which job_wait finishes", async () => {
    lab.state.pace.taskMs = 2000;
    const vmid = idle();
    const { data, error } = await start(vmid, { waitSeconds: 0 });
    expect(error).toBeUndefined();
    expect(data.job).toMatchObject({ state: "running", id: expect.stringContaining("default/UPID:") });
    expect(lab.state.guests.get(vmid)!.running).toBe(false);
    expect((await session.call("job_get", { id: data.job.id })).data.job.state).toBe("running");
    const short = await session.call("job_wait", { id: data.job.id, waitSeconds: 0 });
    expect(short.error).toBeUndefined();
    expect(short.data.job.state).toBe("running");
    const waited = await session.call("job_wait", { id: data.job.id });
    expect(waited.data).toMatchObject({ cluster: "default", job: { id: data.job.id, state: "ok" } });
    expect(waited.progress.length).toBeGreaterThan(0);
    expect(lab.state.guests.get(vmid)!.running).toBe(true);
    expect(objects(await session.call("job_list"))).toContainEqual(
      expect.objectContaining({ job: data.job.id, state: "ok" }),
    );
  });

  test.each([
    ["some error text", "failed", "task-failed"],
    ["unexpected status", "unknown", "task-unknown"],
  ])("whose task ends %o is an error: %s", async (taskOutcome, state, code) => {
    lab.faults.add({ match: { method: "POST" }, taskOutcome });
    const { error, text } = await start(idle());
    expect(error).toMatchObject({
      code,
      message: expect.stringContaining(taskOutcome),
      next: expect.any(String),
      data: { job: { state, exitstatus: taskOutcome, log: expect.any(Array) } },
    });
    expect(text).toContain(taskOutcome);
    const id = (error!.data!.job as { id: string }).id;
    for (const tool of ["job_get", "job_wait"]) {
      expect((await session.call(tool, { id })).error).toMatchObject({ code, data: { job: { state } } });
    }
  });

  test("whose task failed shows the tail of its log", async () => {
    const { error, text } = await start("legacy-app");
    expect(error).toMatchObject({ code: "task-failed", data: { vmid: 101, job: { state: "failed" } } });
    expect((error!.data!.job as { log: string[] }).log.at(-1)).toContain("TASK ERROR: volume 'local:iso/missing.iso'");
    expect(text).toContain("missing.iso");
  });

  test("whose task ends with warnings has succeeded, with them", async () => {
    const { data, error } = await start("with-warnings");
    expect(error).toBeUndefined();
    expect(data.job).toMatchObject({ state: "warnings", exitstatus: "WARNINGS: 1" });
    expect(data.job.log.join("\n")).toContain("WARN: iothread");
  });

  test("that is refused before a task starts is told by its reason", async () => {
    const { error } = await start("db-locked");
    expect(error).toMatchObject({ message: expect.stringContaining("locked (backup)") });
    const { error: running } = await session.call("proxmox_lxc_action", { vmid: "dns01", action: "start" });
    expect(running?.message).toContain("already running");
  });

  test("as a dry run sends nothing that changes anything, and says what it would send", async () => {
    const vmid = idle();
    const before = writesOf(lab).length;
    const { data } = await start(vmid, { dryRun: true });
    expect(data.plan).toMatchObject({
      requests: [{ operation: "POST /nodes/{node}/qemu/{vmid}/status/start", params: { vmid } }],
      class: "mutate",
      allowed: true,
    });
    expect(data).not.toHaveProperty("job");
    const stop = await session.call("proxmox_vm_action", { vmid: 100, action: "stop", dryRun: true });
    expect(stop.data.plan).toMatchObject({ class: "destructive", allowed: true, confirm: "web01" });
    expect(writesOf(lab)).toHaveLength(before);
  });

  test("takes the time that a guest may need to shut down", async () => {
    const { data } = await session.call("proxmox_vm_action", {
      vmid: "changed",
      action: "shutdown",
      timeoutSeconds: 77,
      dryRun: true,
    });
    expect(data.plan.requests[0].params).toMatchObject({ timeout: 77 });
    const { error } = await session.call("proxmox_vm_action", { vmid: "changed", action: "start", timeoutSeconds: 77 });
    expect(error).toMatchObject({ code: "invalid-argument", message: "timeoutSeconds does nothing for start." });
  });

  test("that cannot be watched still hands back its job, and was sent once", async () => {
    const vmid = idle();
    lab.faults.add({ match: { path: /\/tasks\/.*\/status$/ }, status: 403, reason: "Permission check failed" });
    const { result, requests } = await requestsOf(lab, () => start(vmid));
    lab.faults.clear();
    expect(result.error).toMatchObject({
      code: "permission-denied",
      next: expect.stringContaining("Do not start it again"),
    });
    const { id, state } = result.error!.data!.job as { id: string; state: string };
    expect(state).toBe("unknown");
    expect(requests.filter((request) => request.startsWith("POST "))).toHaveLength(1);
    expect((await session.call("job_wait", { id })).data.job.state).toBe("ok");
  });
});

describe("every action", () => {
  test.each([
    ["proxmox_vm_action", "paused", "resume", "qmresume"],
    ["proxmox_vm_action", "agent-dead", "suspend", "qmpause"],
    ["proxmox_vm_action", "web01", "reboot", "qmreboot"],
    ["proxmox_vm_action", "no-agent", "shutdown", "qmshutdown"],
    ["proxmox_lxc_action", "dns01", "reboot", "vzreboot"],
    ["proxmox_lxc_action", "dns01", "shutdown", "vzshutdown"],
    ["proxmox_lxc_action", "dns01", "start", "vzstart"],
  ])("%s %s %s", async (tool, vmid, action, type) => {
    const { data, error } = await session.call(tool, { vmid, action });
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ name: vmid, action, job: { type, state: "ok" } });
  });

  test.each(["suspend", "resume"])("a container's %s fails as it does on a host, and is told so", async (action) => {
    const vmid = action === "resume" ? "ct-stopped" : "dns01";
    const { error } = await session.call("proxmox_lxc_action", { vmid, action });
    expect(error).toMatchObject({ code: "task-failed", message: expect.stringContaining("lxc-checkpoint") });
  });
});

describe("a guest that HA looks after", () => {
  test("has reached its state when the answer says so", async () => {
    const { data, error, progress } = await start("ha-stopped", { waitSeconds: 15 });
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ status: "running", job: { type: "hastart", state: "ok" } });
    expect(data).not.toHaveProperty("warning");
    expect(lab.state.guests.get(106)!.running).toBe(true);
    expect(progress.join()).toContain("waiting for HA");
  });

  test("has not reached it, and the answer says that", async () => {
    lab.state.pace.haMs = 60_000;
    const { data, error } = await session.call("proxmox_vm_action", {
      vmid: "ha-running",
      action: "shutdown",
      waitSeconds: 1,
    });
    expect(error).toBeUndefined();
    expect(data).toMatchObject({
      job: { type: "hastop", state: "ok" },
      status: "running",
      warning: expect.stringContaining("not stopped yet"),
    });
  });

  test("is not started again when it goes astray while it is waited for", async () => {
    lab.state.pace.haMs = 60_000;
    const guest = lab.state.guests.get(106)!;
    lab.state.powerOff(guest);
    lab.faults.add({
      match: { path: /\/qemu\/106\/status\/current$/ },
      status: 500,
      reason: "Configuration file 'nodes/pve1/qemu-server/106.conf' does not exist",
    });
    const known = [...lab.state.tasks.all()].length;
    const call = requestsOf(lab, () => start("ha-stopped", { waitSeconds: 3 }));
    await expect.poll(() => [...lab.state.tasks.all()].length).toBe(known + 1);
    guest.node = "pve2";
    const { result, requests } = await call;
    guest.node = "pve1";
    expect(requests.filter((request) => request.startsWith("POST "))).toHaveLength(1);
    expect(result.error).toBeUndefined();
    expect(result.data).toMatchObject({
      job: { type: "hastart" },
      warning: expect.stringContaining("could not be read"),
    });
  });
});

describe("a job", () => {
  test("outlives the server: the same id works in a new process", async () => {
    // It runs until it is told to end, however slow this machine is.
    lab.state.pace.taskMs = 600_000;
    const { data } = await start(idle(), { waitSeconds: 0 });
    await session.close();
    session = await openSession(labEnvironment(lab), { stateHome });
    expect(objects(await session.call("job_list"))).toContainEqual(
      expect.objectContaining({ job: data.job.id, state: "running" }),
    );
    expect((await session.call("job_get", { id: data.job.id })).data.job.state).toBe("running");
    lab.state.tasks.cancel(lab.state.tasks.get(data.job.upid)!);
    const { error } = await session.call("job_wait", { id: data.job.id });
    expect(error).toMatchObject({ code: "task-failed", data: { job: { exitstatus: "received interrupt" } } });
  });

  test("id that was forged, altered or made under another key is refused", async () => {
    const { id, upid } = await pastJob("OK", 30);
    const other = await openSession(labEnvironment(lab));
    const [foreign] = objects(await other.call("job_list")).filter(({ job }) => String(job).includes(upid));
    const [handle, tag] = id.split("#") as [string, string];
    const forged = [
      handle,
      upid,
      `${handle}#`,
      `${handle}#${tag.slice(0, -1)}`,
      `${id}x`,
      `${id}-`,
      `${handle}#${tag.replace(/^./, (first) => (first === "A" ? "B" : "A"))}`,
      `${handle}#${"A".repeat(16)}`,
      `other/${upid}#${tag}`,
      `${handle.replace(":777:", ":778:")}#${tag}`,
      `${handle.replace("pve2", "pve1")}#${tag}`,
      ` ${id}`,
      String(foreign!.job),
    ];
    for (const one of forged) {
      for (const tool of ["job_get", "job_wait"]) {
        const { result, requests } = await requestsOf(lab, () => session.call(tool, { id: one }));
        expect([one, result.error?.code]).toEqual([one, "unknown-job"]);
        expect(result.error?.next).toContain("job_list");
        expect(requests).toEqual([]);
      }
    }
    expect((await other.call("job_get", { id: String(foreign!.job) })).data.job.state).toBe("ok");
    expect((await other.call("job_get", { id })).error?.code).toBe("unknown-job");
    await other.close();
  });

  test("whose record is gone is unknown, never OK", async () => {
    const { id, upid } = await pastJob("OK", 30);
    expect((await session.call("job_get", { id })).data.job.state).toBe("ok");
    lab.state.tasks.forget(upid);
    for (const tool of ["job_get", "job_wait"]) {
      const { error } = await session.call(tool, { id });
      expect(error).toMatchObject({
        code: "task-unknown",
        message: expect.stringContaining("no known outcome"),
        data: { job: { state: "unknown", log: [] } },
      });
    }
    const { data } = await session.call("proxmox_task_get", { upid });
    expect(data.state).toBe("unknown");
    expect(data).not.toHaveProperty("exitstatus");
  });

  test("of somebody else's token is not in the list", async () => {
    const task = lab.state.tasks.record(
      { node: "pve1", type: "qmstart", id: "778", user: "root@pam", tokenid: "other" },
      Date.now() - 60_000,
      5,
      "OK",
      [],
    );
    expect(JSON.stringify((await session.call("job_list")).data)).not.toContain(task.upid);
  });
});

test("a client that cancels is polled for no more", async () => {
  lab.state.pace.taskMs = 8000;
  const vmid = idle();
  const abort = new AbortController();
  const call = session.call("proxmox_vm_action", { vmid, action: "start" }, { signal: abort.signal }).catch(() => {});
  await expect.poll(() => writesOf(lab).some((request) => request.includes(`/${vmid}/status/start`))).toBe(true);
  await pause(700);
  abort.abort();
  await call;
  await pause(400);
  const after = lab.requests.length;
  await pause(2500);
  expect(lab.requests.length).toBe(after);
  lab.state.tasks.cancel([...lab.state.tasks.all()].at(-1)!);
});
