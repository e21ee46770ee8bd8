import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { formatUpid, parseUpid } from "../../src/lab/upid.ts";
import { call, finish, until } from "./support.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ seed: "medium", authDelayMs: 10, taskMs: 40, taskVisibleMs: 20, haMs: 120 });
});
afterAll(() => lab.close());

function place(vmid: number): string {
  const guest = lab.state.guests.get(vmid)!;
  return `/nodes/${guest.node}/${guest.type}/${vmid}`;
}

async function act(vmid: number, action: string, body?: string) {
  return call(lab, "POST", `${place(vmid)}/status/${action}`, body === undefined ? {} : { body });
}

async function statusOf(vmid: number): Promise<string> {
  return (await call(lab, "GET", `${place(vmid)}/status/current`)).data.status;
}

describe("UPIDs", () => {
  it.each([
    "UPID:pve1:000001C4:0005A267:6B02EBD7:qmcreate:100:root@pam!lab:",
    "UPID:pve1:000000DF:00059EF1:6B02EBCE:imgcopy::root@pam:",
    "UPID:node-2:000000DA:123456789:6B02EBCD:imgdel:100@d1:root@pam!lab:",
    "UPID:pve1:000000DA:12345678:6B02EBCD:qmmove:100-scsi0>200-scsi1:a.b@pve:",
  ])("survive reading and writing: %s", (upid) => {
    expect(formatUpid(parseUpid(upid)!)).toBe(upid);
  });

  it.each(["garbage", "UPID:pve1:1:2:3:x:1:root@pam:", "UPID:pve1:00000001:00000001:00000001:x:1:root@pam"])(
    "are told from other text: %s",
    (text) => {
      expect(parseUpid(text)).toBeUndefined();
    },
  );
});

describe("power", () => {
  it("starts and stops a VM", async () => {
    const started = await act(102, "start");
    expect(started.data).toMatch(/^UPID:pve1:[0-9A-F]{8}:[0-9A-F]{8,9}:[0-9A-F]{8}:qmstart:102:root@pam!lab:$/);
    expect(await finish(lab, started.data)).toEqual({ exitstatus: "OK", log: ["TASK OK"] });
    expect(await statusOf(102)).toBe("running");
    const again = await act(102, "start");
    expect((await finish(lab, again.data)).exitstatus).toBe("VM 102 already running");
    expect((await finish(lab, (await act(102, "stop")).data)).exitstatus).toBe("OK");
    expect(await statusOf(102)).toBe("stopped");
    expect((await finish(lab, (await act(102, "stop")).data)).exitstatus).toBe("OK");
  });

  it.each([
    ["a missing image", 101, "volume 'local:iso/missing.iso' does not exist"],
    ["a template", 104, "you can't start a vm if it's a template"],
    ["a lock", 105, "VM is locked (backup)"],
    ["a locked container", 118, "CT is locked (snapshot)"],
  ])("fails to start with %s", async (_, vmid, exitstatus) => {
    expect(await finish(lab, (await act(vmid, "start")).data)).toEqual({
      exitstatus,
      log: [`TASK ERROR: ${exitstatus}`],
    });
    expect(await statusOf(vmid)).toBe("stopped");
  });

  it("starts with warnings", async () => {
    const { exitstatus, log } = await finish(lab, (await act(111, "start")).data);
    expect([exitstatus, log.at(-1)]).toEqual(["WARNINGS: 1", "TASK WARNINGS: 1"]);
    expect(await statusOf(111)).toBe("running");
  });

  it("cannot shut down a guest that does not listen, unless it is forced", async () => {
    expect((await finish(lab, (await act(110, "shutdown")).data)).exitstatus).toBe(
      "VM quit/powerdown failed - got timeout",
    );
    expect(await statusOf(110)).toBe("running");
    expect((await finish(lab, (await act(110, "shutdown", "forceStop=1")).data)).exitstatus).toBe("OK");
    expect(await statusOf(110)).toBe("stopped");
  });

  it.each([
    ["a running container", 103, "start", "CT 103 already running"],
    ["a running container", 103, "resume", "CT 103 already running"],
    ["a stopped container", 112, "stop", "CT 112 not running"],
    ["a stopped container", 112, "shutdown", "CT 112 not running"],
    ["a stopped VM", 101, "reboot", "VM 101 not running"],
    ["a stopped VM", 101, "reset", "VM 101 not running"],
    ["a stopped VM", 101, "suspend", "VM 101 not running"],
  ])("refuses %s (%i) to %s at once", async (_, vmid, action, reason) => {
    expect(await act(vmid, action)).toMatchObject({ status: 500, reason });
  });

  it("pauses and resumes", async () => {
    await finish(lab, (await act(115, "suspend")).data);
    const paused = await call(lab, "GET", `${place(115)}/status/current`);
    expect([paused.data.status, paused.data.qmpstatus]).toEqual(["running", "paused"]);
    await finish(lab, (await act(115, "resume")).data);
    expect((await call(lab, "GET", `${place(115)}/status/current`)).data.qmpstatus).toBe("running");
  });

  it("hands an HA guest to its manager: the task ends first, the state follows", async () => {
    const { data } = await act(106, "start");
    expect(data).toContain(":hastart:106:");
    expect((await finish(lab, data)).exitstatus).toBe("OK");
    expect(await statusOf(106)).toBe("stopped");
    await until(async () => (await statusOf(106)) === "running");
    const ha = await call(lab, "GET", "/cluster/ha/status/current");
    expect(ha.data).toContainEqual(
      expect.objectContaining({ sid: "vm:106", state: "started", request_state: "started" }),
    );
    await finish(lab, (await act(106, "stop")).data);
    await until(async () => (await statusOf(106)) === "stopped");
  });

  it("does nothing with skiplock for a token", async () => {
    expect(await act(105, "start", "skiplock=1")).toMatchObject({
      status: 400,
      errors: { skiplock: "Only root may use this option." },
    });
  });
});

describe("task records", () => {
  const base = "/nodes/pve1/tasks";
  // Tasks that last, so that a busy machine still sees them run.
  let quick: Lab;
  beforeAll(async () => {
    quick = lab;
    lab = await startLab({ seed: "medium", authDelayMs: 10, taskMs: 600, taskVisibleMs: 300 });
  });
  afterAll(async () => {
    await lab.close();
    lab = quick;
  });

  it("cannot be read at once", async () => {
    const { data } = await act(102, "start");
    const first = await call(lab, "GET", `${base}/${encodeURIComponent(data)}/status`);
    expect([first.status, first.errors]).toEqual([400, { upid: "no such task" }]);
    await until(async () => (await call(lab, "GET", `${base}/${data}/status`)).data?.status === "running");
    await finish(lab, data);
    await finish(lab, (await act(102, "stop")).data);
  });

  it.each([
    ["garbage", "unable to parse worker upid"],
    ["UPID:pve1:00000000:00000000:00000000:x:1:root@pam:", "no such task"],
    ["UPID:pve2:00000001:00000001:6B000000:x:1:root@pam:", "no such task"],
  ])("complain about %s", async (upid, complaint) => {
    expect(await call(lab, "GET", `${base}/${upid}/status`)).toMatchObject({
      status: 400,
      errors: { upid: complaint },
    });
  });

  it("page their log: 50 lines, a total, start and limit", async () => {
    const { data } = await call(lab, "GET", `${base}?typefilter=vzdump&statusfilter=warning`);
    const path = `${base}/${encodeURIComponent(data[0].upid)}/log`;
    const head = await call(lab, "GET", path);
    expect([head.data.length, head.total, head.data[0].n]).toEqual([50, 73, 1]);
    const tail = await call(lab, "GET", `${path}?start=70&limit=10`);
    expect(tail.data.map((line: { n: number }) => line.n)).toEqual([71, 72, 73]);
    expect(tail.data.at(-1).t).toBe("TASK WARNINGS: 1");
    expect((await call(lab, "GET", `${path}?limit=0`)).data).toHaveLength(73);
  });

  it("are listed once ended, and while running when asked", async () => {
    const { data: upid } = await act(102, "start");
    await until(async () => {
      const { data } = await call(lab, "GET", `${base}?source=active`);
      return data.some((row: { upid: string; status: string }) => row.upid === upid && row.status === "RUNNING");
    });
    const all = await call(lab, "GET", `${base}?source=all&vmid=102`);
    expect(all.data[0].upid).toBe(upid);
    await finish(lab, upid);
    const ended = await call(lab, "GET", `${base}?vmid=102&limit=1`);
    expect(ended.data[0]).toMatchObject({
      upid,
      status: "OK",
      type: "qmstart",
      id: "102",
      user: "root@pam",
      tokenid: "lab",
    });
    expect(ended.total).toBeGreaterThan(1);
    await finish(lab, (await act(102, "stop")).data);
  });

  it.each([
    ["errors=1", (row: { status: string }) => row.status !== "OK" && !row.status.startsWith("WARN")],
    ["statusfilter=ok", (row: { status: string }) => row.status === "OK"],
    ["statusfilter=warning", (row: { status: string }) => row.status.startsWith("WARNINGS: ")],
    ["statusfilter=unknown", (row: { status: string }) => row.status === "unexpected status"],
    ["typefilter=vzdump", (row: { type: string }) => row.type === "vzdump"],
    ["until=1", () => false],
  ])("are filtered by %s", async (filter, fits) => {
    const { data } = await call(lab, "GET", `${base}?limit=500&${filter}`);
    expect(data.every(fits)).toBe(true);
    expect(data.length > 0).toBe(filter !== "until=1");
  });

  it("can be cancelled", async () => {
    const { data: upid } = await act(102, "start");
    await until(async () => (await call(lab, "GET", `${base}/${upid}/status`)).status === 200);
    expect(await call(lab, "DELETE", `${base}/${encodeURIComponent(upid)}`)).toMatchObject({ status: 200, data: null });
    expect((await finish(lab, upid)).exitstatus).toBe("received interrupt");
    expect(await statusOf(102)).toBe("stopped");
  });

  it("can vanish", async () => {
    const { data: upid } = await act(101, "start");
    await finish(lab, upid);
    lab.state.tasks.forget(upid);
    expect(await call(lab, "GET", `${base}/${upid}/status`)).toMatchObject({
      status: 400,
      errors: { upid: "no such task" },
    });
  });

  it("are seen by others only with Sys.Audit", async () => {
    const token = lab.addToken({ user: "eve", realm: "pve", id: "t" }, { "/vms/102": ["VM.PowerMgmt", "VM.Audit"] });
    expect((await call(lab, "GET", base, { token })).data).toEqual([]);
    const own = await call(lab, "POST", "/nodes/pve1/qemu/102/status/stop", { token });
    await finish(lab, own.data);
    expect((await call(lab, "GET", base, { token })).data.map((row: { upid: string }) => row.upid)).toEqual([own.data]);
    const { data } = await call(lab, "GET", `${base}?typefilter=startall`);
    const foreign = await call(lab, "GET", `${base}/${encodeURIComponent(data[0].upid)}/log`, { token });
    expect(foreign).toMatchObject({ status: 403, reason: "Permission check failed (/nodes/pve1, Sys.Audit)" });
  });

  it("stand in the cluster's list, 25 ended ones for each node at most", async () => {
    for (let i = 0; i < 30; i += 1)
      lab.state.tasks.record({ node: "pve2", type: "aptupdate", id: "", user: "root@pam" }, Date.now(), 1, "OK", []);
    const { data } = await call(lab, "GET", "/cluster/tasks");
    const there = data.filter((row: { node: string }) => row.node === "pve2");
    expect(there).toHaveLength(25);
    expect(there[0]).toMatchObject({ type: "aptupdate", status: "OK", saved: "1", id: "" });
    expect(there[0]).not.toHaveProperty("pid");
  });
});
