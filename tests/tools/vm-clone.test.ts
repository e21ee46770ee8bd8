import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { openLabSession, type Session } from "../support/session.ts";
import { makeTemplate } from "../support/templates.ts";
import { requestsOf, writesOf } from "./rows.ts";

let session: Session & { lab: Lab };
let lab: Lab;

beforeAll(async () => {
  session = await openLabSession({ seed: "medium", taskMs: 20 });
  lab = session.lab;
  makeTemplate(lab, 102);
});
afterAll(() => session?.close());
afterEach(() => lab.faults.clear());

type Args = Record<string, unknown>;
const TOOL = "proxmox_vm_clone";
const clone = (args: Args) => session.call(TOOL, args);
const guest = (vmid: number) => lab.state.guests.get(vmid);

/** Makes the next answer a fresh one: a write drops what was cached. */
const refresh = () =>
  session.call("proxmox_api_call", {
    method: "PUT",
    path: "/nodes/pve1/qemu/100/config",
    params: { description: "front end" },
  });

async function planned(args: Args) {
  const writes = writesOf(lab).length;
  const { data, error } = await clone({ ...args, dryRun: true });
  expect(error).toBeUndefined();
  expect(writesOf(lab)).toHaveLength(writes);
  return { params: data.plan.requests[0].params as Args, warnings: (data.plan.warnings ?? []) as string[], data };
}

async function refused(args: Args) {
  const writes = writesOf(lab).length;
  const { error, text } = await clone(args);
  expect(writesOf(lab)).toHaveLength(writes);
  return { error, text };
}

describe("a clone", () => {
  test("of a template is a linked one, under a free VMID", async () => {
    const { data, error } = await clone({ vmid: "build01", name: "child" });
    expect(error).toBeUndefined();
    expect(data).toMatchObject({
      cluster: "default",
      vmid: expect.any(Number),
      name: "child",
      node: "pve1",
      full: false,
      source: { vmid: 102, name: "build01", node: "pve1" },
      job: { type: "qmclone", state: "ok" },
    });
    expect(guest(data.vmid)).toMatchObject({ node: "pve1", config: { name: "child" } });
    expect(guest(data.vmid)!.config.scsi0).toContain("base-102-disk-0");
    expect(data).not.toHaveProperty("warnings");
    // The new one is known at once.
    expect((await session.call("proxmox_vm_get", { vmid: "child" })).data.vmid).toBe(data.vmid);
  });

  test("of an ordinary VM is a full one, and of a running one as after a power cut", async () => {
    const { data, error } = await clone({
      vmid: 100,
      newid: 950,
      storage: "nfs",
      pool: "lab",
      config: { format: "raw" },
    });
    expect(error).toBeUndefined();
    expect(data).toMatchObject({
      vmid: 950,
      name: "Copy-of-VM-web01",
      full: true,
      warnings: ["The source is running: the clone's disks are as after a power cut."],
    });
    expect(guest(950)!.config.scsi0).toMatch(/^nfs:950\/vm-950-disk-0\.raw/);
    expect(lab.state.pools.get("lab")!.guests.has(950)).toBe(true);
  });

  test("goes to another node when all of its storages are shared", async () => {
    const { data, error } = await clone({ vmid: 102, newid: 951, target: "pve3", full: true, storage: "nfs" });
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ node: "pve3", source: { node: "pve1" }, job: { node: "pve1" } });
    expect(guest(951)!.node).toBe("pve3");
  });

  test("of a snapshot takes what the VM was", async () => {
    const { params } = await planned({ vmid: "snapped", snapname: "before-upgrade" });
    expect(params).toMatchObject({ node: "pve3", snapname: "before-upgrade", full: true });
    const { requests } = await requestsOf(lab, () => planned({ vmid: "snapped", snapname: "before-upgrade" }));
    expect(requests).toContain("GET /nodes/pve3/qemu/114/feature");
  });

  test.each([
    [{ vmid: 102 }, { full: false }],
    [{ vmid: 102, full: true }, { full: true }],
    [
      { vmid: 102, storage: "local-lvm" },
      { full: true, storage: "local-lvm" },
    ],
    [
      { vmid: 102, config: { format: "raw" } },
      { full: true, format: "raw" },
    ],
    [{ vmid: 101 }, { full: true }],
    [{ vmid: 104 }, { full: false }],
    [
      { vmid: 101, target: "pve1", config: { description: "x" } },
      { full: true, description: "x" },
    ],
  ])("%o is sent as %o", async (args, params) => {
    const plan = await planned(args);
    expect(plan.params).toMatchObject(params);
    expect(plan.params).not.toHaveProperty("target");
    expect(plan.data.full).toBe(params.full);
  });
});

describe("what cannot be cloned so is refused", () => {
  test("onto another node, with the two calls that get it there", async () => {
    const { error } = await refused({ vmid: 104, name: "far", target: "pve2" });
    expect(error).toMatchObject({
      code: "clone-target",
      message: expect.stringContaining("only pve1 has: scsi0 on local-lvm"),
      next: expect.stringMatching(/full clone on pve1 .*migration to pve2/),
      data: {
        steps: [
          { tool: TOOL, arguments: { vmid: 104, full: true, name: "far" } },
          {
            tool: "proxmox_api_call",
            arguments: {
              method: "POST",
              path: "/nodes/pve1/qemu/NEWID/migrate",
              params: { target: "pve2", "with-local-disks": 1 },
            },
          },
        ],
      },
    });
    // The way out is one.
    const [first, second] = error!.data!.steps as { tool: string; arguments: Args }[];
    const made = await session.call(first!.tool, first!.arguments);
    expect(made.error).toBeUndefined();
    const path = String(second!.arguments.path).replace("NEWID", String(made.data.vmid));
    const moved = await session.call(second!.tool, { ...second!.arguments, path });
    expect(moved.error).toBeUndefined();
    expect(guest(made.data.vmid)!.node).toBe("pve2");
  });

  test.each([
    [
      { vmid: 102, target: "pve2", full: true, storage: "local-lvm" },
      "clone-target",
      /storage local-lvm is not shared/,
    ],
    [{ vmid: 101, target: "pve2" }, "clone-target", /ide2 on local/],
    [{ vmid: 102, target: "pve9" }, "unknown-node", /pve1/],
    [
      { vmid: 102, full: false, storage: "nfs" },
      "invalid-argument",
      /stays on its source's storage.*Leave storage out/,
    ],
    [{ vmid: 102, full: false, config: { format: "raw" } }, "invalid-argument", /Leave config.format out/],
    [{ vmid: 101, full: false }, "invalid-argument", /templates and snapshots only.*convert_to_template/],
    [
      { vmid: 114, full: false, snapname: "before-upgrade" },
      "invalid-argument",
      /no linked clones of snapshots.*full clone/,
    ],
    [{ vmid: 114, snapname: "gone" }, "not-found", /gone/],
    [{ vmid: 102, storage: "local", full: true }, "unfit-storage", /does not take images.*local-lvm, nfs/],
    [{ vmid: 102, storage: "nsf" }, "unknown-storage", /Did you mean "nfs"/],
    [{ vmid: "db-locked" }, "guest-not-ready", /locked \(backup\).*Wait for the task/],
    [{ vmid: 102, newid: 103 }, "invalid-argument", /newid is taken: container 103 \(dns01\)/],
    [{ vmid: "twin" }, "ambiguous-guest", /115/],
    [{ vmid: 99_999 }, "unknown-guest", /proxmox_vm_list/],
    [{ vmid: "dns01" }, "wrong-guest-kind", /proxmox_lxc/],
    [{ vmid: 102, config: { storage: "nfs" } }, "invalid-argument", /Give it as storage/],
    [{ vmid: 102, config: { formt: "raw" }, full: true }, "invalid-parameters", /formt/],
    [{ vmid: 102, name: "not a name" }, "invalid-parameters", /name/],
    [{ vmid: 102, target_node: "pve2" }, "invalid-arguments", /target/],
  ])("%o: %s", async (args, code, says) => {
    const { error, text } = await refused(args);
    expect(error?.code).toBe(code);
    expect(text).toMatch(says);
  });

  test("onto a node that does not reach the storage", async () => {
    lab.state.storages.get("nfs")!.inactiveOn.add("pve2");
    await refresh();
    const { error } = await refused({ vmid: 102, target: "pve2" });
    lab.state.storages.get("nfs")!.inactiveOn.clear();
    await refresh();
    expect(error?.message).toContain("storage nfs is not active on pve2");
  });

  test("onto a node that is offline", async () => {
    const off = lab.faults.add({ fault: "node-down", node: "pve3" });
    await refresh();
    const { error } = await refused({ vmid: 102, target: "pve3" });
    off();
    await refresh();
    expect(error?.code).toBe("node-offline");
  });
});

describe("what a person should know", () => {
  test("is which cloud-init values come along, and which addresses both would have", async () => {
    const config = guest(102)!.config;
    Object.assign(config, {
      ciuser: "ops",
      ipconfig0: "ip=10.0.0.5/24,gw=10.0.0.1",
      ipconfig1: "ip=dhcp",
      sshkeys: "x",
    });
    lab.state.touch(guest(102)!);
    const { warnings } = await planned({ vmid: 102 });
    expect(warnings).toEqual([
      expect.stringMatching(/cloud-init values \(ciuser, ipconfig0, ipconfig1, sshkeys\).*before its first start/),
      "ipconfig0 ip=10.0.0.5/24,gw=10.0.0.1 would then be the address of both.",
    ]);
    const { data } = await clone({ vmid: 102, newid: 952 });
    expect(data.warnings).toEqual(warnings);
    for (const key of ["ciuser", "ipconfig0", "ipconfig1", "sshkeys"]) delete config[key];
    lab.state.touch(guest(102)!);
  });

  test("is who has that name already", async () => {
    const { warnings } = await planned({ vmid: 102, name: "twin" });
    expect(warnings).toEqual(["twin is also the name of 115, 116."]);
  });
});

describe("a clone that goes wrong", () => {
  test("is an error with the log, and says that nothing is left", async () => {
    const disk = lab.state.volumes.get("local-lvm:vm-101-disk-0")!;
    lab.state.volumes.delete(disk.volid);
    const { error } = await clone({ vmid: 101, newid: 960 });
    lab.state.volumes.set(disk.volid, disk);
    expect(error?.code).toBe("task-failed");
    expect(error?.next).toMatch(/^Nothing is left of VM 960\./);
    expect(error?.data).toMatchObject({ vmid: 960, job: { state: "failed", log: expect.any(Array) } });
    expect(guest(960)).toBeUndefined();
  });

  test("says what is left where something is", async () => {
    lab.faults.add({ match: { method: "POST", path: /clone$/ }, taskOutcome: "interrupted by signal" });
    const { error } = await clone({ vmid: 102, newid: 961 });
    expect(error?.next).toMatch(
      /^A partial VM 961 is left on pve1, locked \(clone\): .*proxmox_vm_destroy once its lock/,
    );
  });

  test("is asked for again when a lock could not be had, before anything was done", async () => {
    lab.faults.add({
      match: { method: "POST", path: /clone$/ },
      status: 500,
      reason: "can't lock file '/var/lock/qemu-server/lock-962.conf' - got timeout",
      times: 1,
    });
    const { error, data } = await clone({ vmid: 102, newid: 962 });
    expect(error).toBeUndefined();
    expect(data.job.state).toBe("ok");
  });

  test("takes another VMID when somebody else was faster, and never one that was given", async () => {
    const taken = {
      match: { method: "POST", path: /clone$/ },
      status: 500,
      reason: "unable to create VM 963: config file already exists",
      times: 1,
    };
    lab.faults.add(taken);
    const { error, data } = await clone({ vmid: 102, name: "second" });
    expect(error).toBeUndefined();
    expect(guest(data.vmid)!.config.name).toBe("second");
    lab.faults.add({
      match: { method: "POST", path: /clone$/ },
      taskOutcome: "unable to open file '/etc/pve/nodes/pve1/qemu-server/963.conf' - File exists",
      times: 1,
    });
    expect((await clone({ vmid: 102, name: "third" })).data).toMatchObject({ name: "third", job: { state: "ok" } });
    lab.faults.add(taken);
    const given = await clone({ vmid: 102, newid: 963 });
    expect(given.error?.code).toBe("already-exists");
  });

  test("that does not end in time is handed back as a job", async () => {
    const { data, error } = await clone({ vmid: 100, newid: 964, waitSeconds: 0 });
    expect(error).toBeUndefined();
    expect(["running", "ok"]).toContain(data.job.state);
    await session.call("job_wait", { id: data.job.id });
  });

  test("and a plan keeps the VMID that it names", async () => {
    const { data } = await planned({ vmid: 102, name: "planned" });
    const { planId, requests } = data.plan;
    const done = await clone({ vmid: 102, name: "planned", planId });
    expect(done.error).toBeUndefined();
    expect(done.data.vmid).toBe(requests[0].params.newid);
  });
});

test("the source is cloned where it is now, though it has moved since it was looked up", async () => {
  const moving = guest(102)!;
  await refresh();
  await session.call("proxmox_vm_list");
  moving.node = "pve2";
  const { data, error } = await clone({ vmid: 102, newid: 970 });
  expect(error).toBeUndefined();
  expect(data).toMatchObject({ node: "pve2", source: { node: "pve2" } });
  moving.node = "pve1";
});
