import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { configOf, run, send } from "./qemu-steps.ts";
import { call, finish, until } from "./support.ts";

let lab: Lab;

beforeAll(async () => {
  lab = await startLab({
    seed: "medium",
    taskMs: 4,
    taskVisibleMs: 0,
    authDelayMs: 0,
    haMs: 5,
    agentMs: 1,
    workers: 8,
  });
});
afterAll(() => lab.close());

describe("cloning", () => {
  it.each([
    ["/100/clone", "newid=101", "unable to create VM 101: config file already exists"],
    ["/100/clone", "newid=700&full=0", "Linked clone feature is not supported for 'local-lvm:vm-100-disk-0' (scsi0)"],
    ["/100/clone", "newid=700&target=nowhere", "no such cluster node 'nowhere'"],
    ["/100/clone", "newid=700&target=pve2", "can't clone VM to node 'pve2' (VM uses local storage)"],
    ["/100/clone", "newid=700&snapname=none", "snapshot 'none' does not exist"],
    ["/102/clone", "newid=700&target=pve2&storage=local-lvm", "can't clone to non-shared storage 'local-lvm'"],
    ["/104/clone", "newid=700&storage=nfs&full=0", "parameter 'storage' not allowed for linked clones"],
    ["/105/clone", "newid=700", "VM is locked (backup)"],
    ["/104/template", "", "you can't convert a template to a template"],
    ["/100/template", "", "you can't convert a VM to template if VM is running"],
  ])("%s with %s is refused", async (path, body, reason) => {
    const answer = await send(lab, `POST ${path}`, body);
    expect([answer.status, answer.reason]).toEqual([500, reason]);
  });

  it("gives a full clone its own identity and disks, locked meanwhile", async () => {
    const source = await configOf(lab, 100);
    // Long enough to be seen at work by a slow machine.
    const { pace } = lab.state;
    const { taskMs } = pace;
    pace.taskMs = 250;
    const { data } = await send(lab, "POST /100/clone", "newid=701&name=copy&storage=nfs&format=qcow2");
    pace.taskMs = taskMs;
    expect((await configOf(lab, 701)).lock).toBe("clone");
    expect((await finish(lab, data)).exitstatus).toBe("OK");
    const clone = await configOf(lab, 701);
    expect(clone).toMatchObject({ name: "copy", cores: source.cores, tags: source.tags });
    expect(clone.scsi0).toMatch(/^nfs:701\/vm-701-disk-0\.qcow2,size=\d+G$/);
    for (const key of ["net0", "smbios1", "vmgenid"]) expect(clone[key], key).not.toBe(source[key]);
    expect(clone.lock).toBeUndefined();
  });

  it("puts a clone of shared disks on another node", async () => {
    expect(await run(lab, "POST /102/clone", "newid=702&target=pve2&full=1")).toBe("OK");
    expect(lab.state.guests.get(702)).toMatchObject({ node: "pve2" });
  });

  it("links clones to a template, which then has to stay", async () => {
    expect(await run(lab, "POST /104/clone", "newid=703")).toBe("OK");
    expect((await configOf(lab, 703)).name).toBe("Copy-of-VM-debian-13-template");
    expect(await run(lab, "DELETE /104")).toBe(
      "base volume 'local-lvm:base-104-disk-0' is still in use by linked cloned",
    );
    expect(await run(lab, "DELETE /703")).toBe("OK");
    expect(await run(lab, "POST /104/status/start")).toBe("you can't start a vm if it's a template");
  });
});

describe("disks", () => {
  it.each([
    ["PUT /701/resize", "disk=scsi0&size=1G", "shrinking disks is not supported"],
    ["PUT /701/resize", "disk=scsi9&size=%2B1G", "disk 'scsi9' does not exist"],
  ])("%s with %s fails in its task", async (operation, body, exitstatus) => {
    expect(await run(lab, operation, body)).toBe(exitstatus);
  });

  it("grow by a plus or to a size", async () => {
    await run(lab, "PUT /701/resize", "disk=scsi0&size=100G");
    await run(lab, "PUT /701/resize", "disk=scsi0&size=%2B512M");
    expect((await configOf(lab, 701)).scsi0).toBe("nfs:701/vm-701-disk-0.qcow2,size=102912M");
  });

  it("move to another storage, or to another VM", async () => {
    expect((await send(lab, "POST /701/move_disk", "disk=scsi7&storage=nfs")).reason).toBe(
      "disk 'scsi7' does not exist",
    );
    expect((await send(lab, "POST /701/move_disk", "disk=scsi0&storage=nfs")).reason).toBe(
      "you can't move to the same storage with same format",
    );
    expect(await run(lab, "POST /701/move_disk", "disk=scsi0&storage=local-lvm")).toBe("OK");
    expect(await configOf(lab, 701)).toMatchObject({
      scsi0: "local-lvm:vm-701-disk-0,size=102912M",
      unused0: "nfs:701/vm-701-disk-0.qcow2",
    });
    const { data } = await send(lab, "POST /701/move_disk", "disk=unused0&target-vmid=102&target-disk=scsi3");
    expect(data).toContain(":qmmove:701-unused0>102-scsi3:");
    expect((await finish(lab, data)).exitstatus).toBe("OK");
    expect((await configOf(lab, 102)).scsi3).toMatch(/^nfs:102\/vm-102-disk-1\.qcow2/);
  });
});

describe("snapshots", () => {
  it("are taken, listed, described, rolled back to and removed", async () => {
    expect((await send(lab, "POST /102/snapshot", "snapname=current")).reason).toBe(
      "unable to use snapshot name 'current' (reserved name)",
    );
    expect(await run(lab, "POST /102/snapshot", "snapname=one&description=first")).toBe("OK");
    expect(await run(lab, "POST /102/snapshot", "snapname=one")).toBe("snapshot name 'one' already used");
    await send(lab, "PUT /102/config", "memory=1536&delete=scsi3");
    expect(await run(lab, "POST /102/snapshot", "snapname=two")).toBe("OK");
    expect((await send(lab, "GET /102/snapshot")).data).toMatchObject([
      { name: "one", description: "first", vmstate: 0 },
      { name: "two", description: "", parent: "one" },
      { name: "current", parent: "two", running: 0 },
    ]);
    const kept = await send(lab, "PUT /102/unlink", "idlist=unused0&force=1");
    expect(kept.reason).toMatch(/^unable to delete 'nfs:102\/vm-102-disk-1.qcow2' - volume is still in use/);
    expect(await run(lab, "POST /102/snapshot/one/rollback")).toBe("OK");
    const config = await configOf(lab, 102);
    expect(config).toMatchObject({ parent: "one" });
    expect(config.memory).not.toBe("1536");
    expect(config.scsi3).toMatch(/^nfs:/);
    expect(await run(lab, "POST /102/snapshot/none/rollback")).toBe("snapshot 'none' does not exist");
    expect(await run(lab, "DELETE /102/snapshot/one")).toBe("OK");
    expect((await send(lab, "GET /102/snapshot")).data).toMatchObject([{ name: "two" }, { name: "current" }]);
    expect((await send(lab, "GET /102/snapshot/two/config")).data).toMatchObject({ memory: "1536" });
  });

  it("hold the memory of a running VM", async () => {
    expect(await run(lab, "POST /100/snapshot", "snapname=live&vmstate=1")).toBe("OK");
    expect(lab.state.volumes.has("local-lvm:vm-100-state-live")).toBe(true);
    expect(await run(lab, "POST /100/snapshot/live/rollback")).toBe("OK");
    expect(lab.state.guests.get(100)?.running).toBe(true);
    expect(await run(lab, "DELETE /100/snapshot/live")).toBe("OK");
    expect(lab.state.volumes.has("local-lvm:vm-100-state-live")).toBe(false);
  });
});

describe("moving to another node", () => {
  it.each([
    ["102", "target=pve1", 400, "Parameter verification failed."],
    ["102", "target=pve9", 500, "no such cluster node 'pve9'"],
    ["102", "target=pve2&force=1", 400, "Parameter verification failed."],
    ["100", "target=pve2", 500, "can't migrate running VM without --online"],
    ["105", "target=pve2", 500, "VM is locked (backup)"],
  ])("VM %s with %s is refused", async (vmid, body, status, reason) => {
    const answer = await send(lab, `POST /${vmid}/migrate`, body);
    expect([answer.status, answer.reason]).toEqual([status, reason]);
  });

  it("needs a word for local disks while it runs", async () => {
    expect((await send(lab, "GET /100/migrate")).data).toMatchObject({
      running: 1,
      allowed_nodes: ["pve2", "pve3"],
      local_disks: [{ volid: "local-lvm:vm-100-disk-0", drivename: "scsi0", is_attached: 1, cdrom: 0 }],
    });
    expect(await run(lab, "POST /100/migrate", "target=pve2&online=1")).toBe("migration aborted");
    expect((await configOf(lab, 100)).lock).toBeUndefined();
    expect(await run(lab, "POST /100/migrate", "target=pve2&online=1&with-local-disks=1")).toBe("OK");
    expect((await send(lab, "GET /100/config")).reason).toBe(
      "Configuration file 'nodes/pve1/qemu-server/100.conf' does not exist",
    );
    const there = await call(lab, "GET", "/nodes/pve2/qemu/100/status/current");
    expect(there.data).toMatchObject({ status: "running" });
    expect(lab.state.volumes.get("local-lvm:vm-100-disk-0")?.node).toBe("pve2");
  });
});

describe("power", () => {
  it("suspends to disk, and wakes up", async () => {
    expect(await run(lab, "POST /108/status/suspend", "todisk=1")).toBe("OK");
    expect((await send(lab, "GET /108/status/current")).data).toMatchObject({ status: "stopped", lock: "suspended" });
    expect(await run(lab, "POST /108/status/resume")).toBe("OK");
    expect((await configOf(lab, 108)).vmstate).toBeUndefined();
    expect((await send(lab, "GET /108/status/current")).data).toMatchObject({ status: "running" });
  });

  it.each([
    ["POST /102/status/reset", "", "VM 102 not running"],
    ["POST /102/status/reboot", "", "VM 102 not running"],
    ["POST /102/status/resume", "", "VM 102 not running"],
    ["PUT /102/sendkey", "key=ret", "VM 102 not running"],
    ["POST /108/spiceproxy", "", "no spice port"],
  ])("%s %s is refused", async (operation, body, reason) => {
    expect((await send(lab, operation, body)).reason).toBe(reason);
  });

  it.each(["stateuri=x", "skiplock=1", "migratedfrom=pve2"])("start with %s is for root", async (body) => {
    expect((await send(lab, "POST /102/status/start", body)).errors).toEqual({
      [body.split("=")[0]!]: "Only root may use this option.",
    });
  });

  it("leaves HA-managed VMs to their manager", async () => {
    const { data } = await send(lab, "POST /106/status/start");
    expect(data).toContain(":hastart:106:");
    await until(() => lab.state.guests.get(106)?.running === true);
  });

  it("brings pending changes into force at the next start", async () => {
    await send(lab, "PUT /108/config", "memory=3072");
    expect((await send(lab, "GET /108/pending")).data).toContainEqual(
      expect.objectContaining({ key: "memory", pending: "3072" }),
    );
    await run(lab, "POST /108/status/stop");
    expect(await configOf(lab, 108)).toMatchObject({ memory: "3072" });
    expect((await send(lab, "GET /108/status/current")).data.maxmem).toBe(3072 * 1_048_576);
    await run(lab, "POST /108/status/start");
  });
});

describe("consoles", () => {
  it("come with a ticket, and a monitor answers in lines", async () => {
    const vnc = (await send(lab, "POST /108/vncproxy", "websocket=1")).data;
    expect(vnc).toMatchObject({ user: "root@pam!lab", port: expect.stringMatching(/^59\d\d$/) });
    expect(vnc.ticket.startsWith(`${vnc.password}:PVEVNC:`)).toBe(true);
    const terminal = (await send(lab, "POST /108/termproxy")).data;
    expect(Object.keys(terminal).sort()).toEqual(["port", "ticket", "upid", "user"]);
    expect((await send(lab, "POST /108/monitor", "command=info+status")).data).toBe("VM status: running\r\n");
    expect((await send(lab, "POST /102/monitor", "command=info+status")).data).toBe("ERROR: VM 102 not running\n");
    expect((await send(lab, "POST /102/dbus-vmstate", "action=start")).errors).toEqual({
      node: "VM 102 not running locally on node 'pve1'",
    });
  });
});
