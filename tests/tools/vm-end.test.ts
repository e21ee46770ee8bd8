import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { openLabSession, type Session } from "../support/session.ts";
import { makeTemplate } from "../support/templates.ts";
import { writesOf } from "./rows.ts";

let session: Session & { lab: Lab };
let lab: Lab;

beforeAll(async () => {
  session = await openLabSession({ seed: "medium", taskMs: 20 });
  lab = session.lab;
});
afterAll(() => session?.close());
afterEach(() => lab.faults.clear());

type Args = Record<string, unknown>;

const guest = (vmid: number) => lab.state.guests.get(vmid);
const api = (method: string, path: string, params: Args = {}) =>
  session.call("proxmox_api_call", { method, path, params });

/** The plan that a call is answered with, and what carrying it out gives. */
async function confirmed(tool: string, args: Args) {
  const writes = writesOf(lab).length;
  const { error } = await session.call(tool, args);
  expect(error?.code).toBe("confirmation-required");
  expect(writesOf(lab)).toHaveLength(writes);
  const { planId, confirm, ...plan } = error!.data!.plan as Args;
  return { plan: { confirm, ...plan } as Args, result: await session.call(tool, { ...args, planId, confirm }) };
}

/** Calls and expects a refusal without a write. */
async function refused(tool: string, args: Args) {
  const writes = writesOf(lab).length;
  const { error } = await session.call(tool, args);
  expect(writesOf(lab)).toHaveLength(writes);
  return error;
}

const obstacles = (error: { data?: Args } | undefined) => error?.data?.obstacles;

/** A stopped VM of the crowd, with nothing special about it. */
const anyStopped = () =>
  [...lab.state.guests.values()].find(
    ({ type, running, vmid, config }) =>
      type === "qemu" && !running && vmid > 120 && config.template !== 1 && !lab.state.ha.has(`vm:${vmid}`),
  )!;

/** Gives such a VM a name. */
function prepare(name: string): number {
  const it = anyStopped();
  it.config.name = name;
  lab.state.touch(it);
  return it.vmid;
}

describe("proxmox_vm_destroy", () => {
  const tool = "proxmox_vm_destroy";

  test("destroys a stopped VM after confirmation by name, and says what goes with it", async () => {
    const { plan, result } = await confirmed(tool, { vmid: "with-warnings" });
    expect(plan).toMatchObject({
      class: "destructive",
      confirm: "with-warnings",
      requests: [{ operation: "DELETE /nodes/{node}/qemu/{vmid}", params: { node: "pve1", vmid: 111 } }],
    });
    expect((plan.consequences as string[]).join(" ")).toMatch(/volumes are destroyed: scsi0 local-lvm:vm-111-disk-0/);
    expect(plan).not.toHaveProperty("warnings");
    expect(result.data).toMatchObject({
      vmid: 111,
      name: "with-warnings",
      node: "pve1",
      job: { type: "qmdestroy", state: "ok" },
    });
    expect(guest(111)).toBeUndefined();
    expect(lab.state.volumes.has("local-lvm:vm-111-disk-0")).toBe(false);
    // What was known of it is forgotten.
    expect((await session.call("proxmox_vm_get", { vmid: 111 })).error?.code).toBe("unknown-guest");
  });

  test("dryRun gives the plan and sends nothing", async () => {
    const writes = writesOf(lab).length;
    const { data, error } = await session.call(tool, { vmid: 101, dryRun: true, purge: true });
    expect(error).toBeUndefined();
    expect(data.plan).toMatchObject({
      class: "destructive",
      requests: [{ params: { node: "pve1", vmid: 101, purge: true } }],
      privileges: { needs: expect.stringContaining("VM.Allocate") },
    });
    expect(writesOf(lab)).toHaveLength(writes);
    expect(guest(101)).toBeDefined();
  });

  test.each([
    [{ vmid: 100 }, ["running"], /is running.*proxmox_vm_action shutdown/],
    [{ vmid: "paused" }, ["running"], /shutdown/],
    [{ vmid: "precious" }, ["protected"], /is protected.*proxmox_vm_update_config/],
    [{ vmid: "db-locked" }, ["locked"], /is locked \(backup\).*qm unlock/],
    [{ vmid: "ha-stopped" }, ["ha-managed"], /managed by HA.*Set purge/],
    [{ vmid: "ha-running" }, ["running", "ha-managed"], /is running; it is managed by HA/],
    [{ vmid: "ha-running", purge: true }, ["running"], /is running/],
  ])("%o is refused with the way out", async (args, reasons, says) => {
    const error = await refused(tool, args);
    expect(error?.code).toBe("guest-not-ready");
    expect(obstacles(error)).toEqual(reasons);
    expect(`${error?.message} ${error?.next}`).toMatch(says);
  });

  test("takes an HA-managed one out of HA when purge is set", async () => {
    const vmid = 106;
    expect(lab.state.ha.has(`vm:${vmid}`)).toBe(true);
    const { result } = await confirmed(tool, { vmid, purge: true });
    expect(result.error).toBeUndefined();
    expect(guest(vmid)).toBeUndefined();
    expect(lab.state.ha.has(`vm:${vmid}`)).toBe(false);
  });

  test("refuses a replicated one, unless purge is set", async () => {
    lab.state.datacenter.replication.jobs.set("102-0", { type: "local", guest: 102, target: "pve2", jobnum: 0 });
    const error = await refused(tool, { vmid: 102 });
    expect(obstacles(error)).toEqual(["replicated"]);
    expect(error?.message).toContain("replicated to pve2");
    expect((await session.call(tool, { vmid: 102, purge: true, dryRun: true })).error).toBeUndefined();
    lab.faults.add({ match: { method: "GET", path: /^\/cluster\/replication$/ }, status: 500, reason: "no luck" });
    const { data } = await session.call(tool, { vmid: 102, dryRun: true });
    expect(data.plan.warnings.join(" ")).toMatch(/replicated could not be read .*no luck/);
    lab.state.datacenter.replication.jobs.delete("102-0");
  });

  test("refuses a template with linked clones, and lets it go without them", async () => {
    makeTemplate(lab, 102);
    await api("POST", "/nodes/pve1/qemu/102/clone", { newid: 900, full: 0, name: "child" });
    const error = await refused(tool, { vmid: 102 });
    expect(obstacles(error)).toEqual(["linked-clones"]);
    expect(error?.message).toContain("linked clones (900 (child))");
    expect(error?.next).toContain("move their disks");
    await confirmed(tool, { vmid: 900 });
    const { result } = await confirmed(tool, { vmid: 102 });
    expect(result.error).toBeUndefined();
    expect(guest(102)).toBeUndefined();
  });

  test("says that linked clones on LVM-thin cannot be looked up", async () => {
    const { data } = await session.call(tool, { vmid: 104, dryRun: true });
    expect(data.plan.warnings).toEqual([expect.stringMatching(/^Linked clones on local-lvm cannot be looked up/)]);
  });

  test("tells of disks that nothing names, and takes them along only when asked", async () => {
    const volid = "local-lvm:vm-101-disk-7";
    lab.state.volumes.set(volid, {
      volid,
      storage: "local-lvm",
      node: "pve1",
      content: "images",
      format: "raw",
      size: 1024,
      vmid: 101,
      ctime: 0,
    });
    const left = await session.call(tool, { vmid: 101, dryRun: true });
    expect(left.data.plan.warnings).toEqual([
      `Left behind, as nothing names them: ${volid}. A later VM 101 would find them; destroyUnreferencedDisks removes them.`,
    ]);
    lab.state.backups.jobs.set("nightly", { schedule: "02:30", vmid: "100,101", enabled: 1 });
    const { plan, result } = await confirmed(tool, { vmid: 101, destroyUnreferencedDisks: true });
    expect(plan.warnings).toEqual([
      `Destroyed as well, as they carry its number and nothing names them: ${volid}.`,
      "Backup jobs go on naming it, unless purge is set: nightly.",
    ]);
    expect(result.error).toBeUndefined();
    expect(lab.state.volumes.has(volid)).toBe(false);
  });

  test("says where it could not look", async () => {
    lab.faults.add({ match: { path: /storage\/nfs\/content$/ }, status: 500, reason: "got timeout" });
    const { data } = await session.call(tool, { vmid: anyStopped().vmid, dryRun: true });
    expect(data.plan.warnings).toEqual([
      expect.stringMatching(/^Not looked through for further disks: nfs .*got timeout/),
    ]);
  });

  test("reports a task that fails, with its log", async () => {
    const { vmid } = anyStopped();
    lab.faults.add({ match: { method: "DELETE", path: /\/qemu\/\d+$/ }, taskOutcome: "storage is not online" });
    const { result } = await confirmed(tool, { vmid });
    expect(result.error).toMatchObject({
      code: "task-failed",
      message: expect.stringContaining("storage is not online"),
      data: { vmid, job: { state: "failed", exitstatus: "storage is not online" } },
    });
    expect(guest(vmid)).toBeDefined();
  });

  test.each([
    [{ vmid: "twin" }, "ambiguous-guest"],
    [{ vmid: 99_999 }, "unknown-guest"],
    [{ vmid: "dns01" }, "wrong-guest-kind"],
    [{ vmid: 104, skiplock: true }, "invalid-arguments"],
    [{ vmid: 104, purge: "yes" }, "invalid-arguments"],
  ])("%o is refused: %s", async (args, code) => {
    expect((await refused(tool, args))?.code).toBe(code);
  });
});

describe("proxmox_vm_convert_to_template", () => {
  const tool = "proxmox_vm_convert_to_template";

  test("converts a stopped VM after confirmation, and looks whether it is a template now", async () => {
    const name = "convertible";
    const { plan, result } = await confirmed(tool, { vmid: prepare(name) });
    expect(plan).toMatchObject({
      class: "destructive",
      confirm: name,
      warnings: ["This cannot be undone; a full clone of the template is the way back to a VM."],
    });
    expect(result.data).toMatchObject({ name, template: true, job: { type: "qmtemplate", state: "ok" } });
    // Once more is as good as once.
    const writes = writesOf(lab).length;
    const again = await session.call(tool, { vmid: name });
    expect(again.data).toMatchObject({ template: true, warnings: [expect.stringContaining("already")] });
    expect(writesOf(lab)).toHaveLength(writes);
  });

  test.each([
    [{ vmid: 100 }, ["running"], /shutdown/],
    [{ vmid: "db-locked" }, ["locked"], /Wait for the task/],
    [{ vmid: "snapped" }, ["running", "snapshots"], /after-upgrade, before-upgrade.*DELETE \/nodes\/pve3\/qemu\/114/],
  ])("%o is refused with the way out", async (args, reasons, says) => {
    const error = await refused(tool, args);
    expect(error?.code).toBe("guest-not-ready");
    expect(obstacles(error)).toEqual(reasons);
    expect(`${error?.message} ${error?.next}`).toMatch(says);
  });

  test("dryRun gives the plan and sends nothing", async () => {
    const vmid = prepare("planned");
    const writes = writesOf(lab).length;
    const { data } = await session.call(tool, { vmid, dryRun: true });
    expect(data.plan).toMatchObject({
      requests: [{ operation: "POST /nodes/{node}/qemu/{vmid}/template", params: { vmid } }],
    });
    expect(data).not.toHaveProperty("template");
    expect(writesOf(lab)).toHaveLength(writes);
  });

  test("warns of HA, which would start it", async () => {
    const vmid = prepare("ha-kept");
    lab.state.ha.set(`vm:${vmid}`, { sid: `vm:${vmid}`, type: "vm", request: "stopped", state: "stopped" });
    const { data } = await session.call(tool, { vmid, dryRun: true });
    lab.state.ha.delete(`vm:${vmid}`);
    expect(data.plan.warnings.join(" ")).toContain("take it out of HA");
  });

  test("reports a task that fails, and one that missed its goal", async () => {
    const vmid = prepare("unlucky");
    const off = lab.faults.add({ match: { method: "POST", path: /\/template$/ }, taskOutcome: "no space left" });
    const failed = await confirmed(tool, { vmid });
    expect(failed.result.error).toMatchObject({
      code: "task-failed",
      message: expect.stringContaining("no space left"),
    });
    off();
    lab.faults.add({ fault: "task-misses-goal", match: { method: "POST", path: /\/template$/ } });
    const { result } = await confirmed(tool, { vmid });
    expect(result.error).toBeUndefined();
    expect(result.data).toMatchObject({ template: false, warnings: [expect.stringContaining("is no template")] });
  });

  test.each([
    [{ vmid: "twin" }, "ambiguous-guest"],
    [{ vmid: 103 }, "wrong-guest-kind"],
    [{ vmid: 104, disk: "scsi0" }, "invalid-arguments"],
  ])("%o is refused: %s", async (args, code) => {
    expect((await refused(tool, args))?.code).toBe(code);
  });
});
