import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { configOf, run, send } from "./qemu-steps.ts";
import { call } from "./support.ts";

let lab: Lab;

beforeAll(async () => {
  lab = await startLab({ taskMs: 4, taskVisibleMs: 0, authDelayMs: 0, workers: 8 });
});
afterAll(() => lab.close());

describe("making a VM", () => {
  it.each([
    ["vmid=100", 500, "unable to create VM 100 - VM 100 already exists on node 'pve1'"],
    ["vmid=103", 500, "unable to create VM 103 - CT 103 already exists on node 'pve1'"],
    ["vmid=300&scsi0=nosuch%3A1", 500, "storage 'nosuch' does not exist"],
    ["vmid=300&scsi0=nfs%3Aabc", 500, "unable to parse directory volume name 'abc'"],
    ["vmid=300&pool=none", 403, "Permission check failed (pool 'none' does not exist)"],
    ["vmid=300&args=-foo", 500, "only root can set 'args' config"],
    ["vmid=300&hostpci0=00%3A01.0", 500, "only root can set 'hostpci0' config for non-mapped devices"],
    ["vmid=300&scsi0=local%3A1", 400, "Parameter verification failed."],
    [
      "vmid=300&archive=local%3Abackup%2Fvzdump-qemu-1-2026_01_01-00_00_00.vma.zst&scsi0=nfs%3A1",
      400,
      "Parameter verification failed.",
    ],
  ])("with %s is refused", async (body, status, reason) => {
    const answer = await send(lab, "POST ", body);
    expect([answer.status, answer.reason]).toEqual([status, reason]);
    expect(lab.state.guests.has(300)).toBe(false);
  });

  it("tells a failure of its worker in the task, and leaves nothing behind", async () => {
    const exitstatus = await run(
      lab,
      "POST ",
      "vmid=300&scsi0=local-lvm%3A1&ide2=local%3Aiso%2Fgone.iso%2Cmedia%3Dcdrom",
    );
    expect(exitstatus).toBe("unable to create VM 300 - volume 'local:iso/gone.iso' does not exist");
    expect(lab.state.guests.has(300)).toBe(false);
    expect([...lab.state.volumes.keys()].filter((volid) => volid.includes("-300-"))).toEqual([]);
  });

  it("fills in what was not asked for", async () => {
    const body =
      "vmid=301&name=made&memory=1024&tags=b;A;b&agent=1&scsi0=nfs%3A4%2Cformat%3Dqcow2%2Cssd%3D1&net0=virtio%2Cbridge%3Dvmbr0" +
      "&ide2=local%3Aiso%2Fdebian-13.1.0-amd64-netinst.iso%2Cmedia%3Dcdrom&efidisk0=nfs%3A1%2Cefitype%3D4m&description=two%0Alines%0A";
    expect(await run(lab, "POST ", body.replaceAll(";", "%3B"))).toBe("OK");
    const config = await configOf(lab, 301);
    expect(config).toMatchObject({
      name: "made",
      memory: "1024",
      tags: "a;b",
      description: "two\nlines",
      scsi0: "nfs:301/vm-301-disk-0.qcow2,size=4G,ssd=1",
      boot: "order=scsi0;ide2;net0",
    });
    expect(config.efidisk0).toBe("nfs:301/vm-301-disk-1.raw,efitype=4m,size=528K");
    expect(config.net0).toMatch(/^virtio=BC:24:11(?::[0-9A-F]{2}){3},bridge=vmbr0$/);
    expect(config.smbios1).toMatch(/^uuid=[0-9a-f-]{36}$/);
    expect(config.vmgenid).toMatch(/^[0-9a-f-]{36}$/);
    expect(config.meta).toMatch(/^creation-qemu=[\d.]+,ctime=\d{10}$/);
    expect(config.ide2).toMatch(/^local:iso\/debian-13.1.0-amd64-netinst.iso,media=cdrom,size=\d+[KM]?$/);
    expect(config.lock).toBeUndefined();
    const row = (await send(lab, "GET ")).data.find(({ vmid }: { vmid: number }) => vmid === 301);
    expect(row).toMatchObject({ name: "made", status: "stopped", maxmem: 1_073_741_824, maxdisk: 4_294_967_296 });
  });
});

describe("changing a configuration", () => {
  it.each([
    ["delete=bogus", 400, { delete: "unknown option 'bogus'" }],
    ["delete=cores&cores=2", 400, { delete: "you can't use '-cores' and -delete cores' at the same time" }],
    [
      "revert=cores&delete=cores",
      400,
      { revert: "you can't use '-delete cores' and '-revert cores' at the same time" },
    ],
    ["skiplock=1&cores=2", 400, { skiplock: "Only root may use this option." }],
    ["", 500, "no options specified"],
    ["lock=backup", 500, "only root can set 'lock' config"],
    ["hookscript=local%3Asnippets%2Fx.pl", 400, { hookscript: "script 'local:snippets/x.pl' does not exist\n" }],
    ["vmgenid=1", 500, "only root can set 'vmgenid' config"],
    ["serial0=%2Fdev%2FttyS0", 500, "only root can modify 'serial0' config for real devices"],
    ["sshkeys=nonsense", 500, "SSH public key validation error"],
    ["boot=order%3Dscsi9", 500, "invalid bootorder: device 'scsi9' does not exist'"],
    ["digest=0000000000000000000000000000000000000000&cores=1", 500, "checksum mismatch (file change by other user?)"],
    ["memory=512&balloon=1024", 500, "balloon value too large (must be smaller than assigned memory)"],
  ])("by %s is refused", async (body, status, what) => {
    const { errors, ...answer } = await send(lab, "PUT /301/config", body);
    expect(answer.status).toBe(status);
    expect(typeof what === "string" ? answer.reason : errors).toEqual(what);
  });

  it("gives an interface without an address a new one", async () => {
    const before = await configOf(lab, 301);
    await send(lab, "PUT /301/config", "net0=virtio%2Cbridge%3Dvmbr0%2Ctag%3D7");
    const { net0 } = await configOf(lab, 301);
    expect(net0).toMatch(/^virtio=BC:24:11:.*,bridge=vmbr0,tag=7$/);
    expect(String(net0).slice(0, 24)).not.toBe(String(before.net0).slice(0, 24));
  });

  it("puts another disk in a slot and keeps the old one unused, until that is deleted", async () => {
    await send(lab, "PUT /301/config", "scsi0=nfs%3A2");
    const config = await configOf(lab, 301);
    expect([config.scsi0, config.unused0]).toEqual([
      "nfs:301/vm-301-disk-2.raw,size=2G",
      "nfs:301/vm-301-disk-0.qcow2",
    ]);
    // What has a place again is no unused one, until it is let go of anew.
    await send(lab, "PUT /301/config", "scsi5=nfs%3A301/vm-301-disk-0.qcow2");
    expect((await configOf(lab, 301)).unused0).toBeUndefined();
    await send(lab, "PUT /301/config", "delete=scsi5");
    expect((await configOf(lab, 301)).unused0).toBe("nfs:301/vm-301-disk-0.qcow2");
    await send(lab, "PUT /301/unlink", "idlist=unused0");
    expect((await configOf(lab, 301)).unused0).toBeUndefined();
    expect(lab.state.volumes.has("nfs:301/vm-301-disk-0.qcow2")).toBe(false);
  });

  it("drops a deleted drive from the boot order, and adds a new CD to it", async () => {
    await send(lab, "PUT /301/config", "delete=ide2");
    expect((await configOf(lab, 301)).boot).toBe("order=scsi0;net0");
    await send(lab, "PUT /301/config", "sata0=none%2Cmedia%3Dcdrom");
    expect((await configOf(lab, 301)).boot).toBe("order=scsi0;net0;sata0");
  });

  it("keeps a protected VM's disks", async () => {
    await send(lab, "PUT /301/config", "protection=1");
    expect((await send(lab, "PUT /301/config", "delete=scsi0")).reason).toBe(
      "can't remove drive 'scsi0' - protection mode enabled",
    );
    expect((await send(lab, "DELETE /301")).reason).toBe("can't remove VM 301 - protection mode enabled");
    await send(lab, "PUT /301/config", "protection=0");
  });

  it("applies to a running VM what it can take, and keeps the rest pending", async () => {
    await send(lab, "PUT /100/config", "cores=1&name=web02&memory=2048&delete=onboot");
    const rows = new Map<string, Record<string, unknown>>();
    for (const row of (await send(lab, "GET /100/pending")).data) rows.set(row.key, row);
    expect(rows.get("name")).toEqual({ key: "name", value: "web02" });
    expect(rows.get("onboot")).toBeUndefined();
    expect((await configOf(lab, 100)).name).toBe("web02");
    await send(lab, "PUT /100/config", "delete=ostype");
    expect((await send(lab, "GET /100/pending")).data).toContainEqual({ key: "ostype", value: "l26", delete: 1 });
    await send(lab, "PUT /100/config", "revert=ostype");
    expect((await send(lab, "GET /100/pending")).data).toContainEqual({ key: "ostype", value: "l26" });
  });

  it("stores a change that cannot be plugged in, and says so", async () => {
    await send(lab, "PUT /100/config", "scsi5=local-lvm%3A1");
    const answer = await send(lab, "PUT /100/config", "scsi5=none%2Cmedia%3Dcdrom");
    expect([answer.status, answer.errors]).toEqual([400, { scsi5: "hotplug problem - unable to change media type\n" }]);
    const rows = (await send(lab, "GET /100/pending")).data;
    expect(rows.find(({ key }: { key: string }) => key === "scsi5")).toMatchObject({ pending: "none,media=cdrom" });
    await send(lab, "PUT /100/config", "revert=scsi5");
  });

  it("tells of it in the task, where a worker makes the change", async () => {
    const exitstatus = await run(lab, "POST /100/config", "scsi5=none%2Cmedia%3Dcdrom");
    expect(exitstatus).toBe("400 Parameter verification failed. scsi5: hotplug problem - unable to change media type");
    await send(lab, "PUT /100/config", "revert=scsi5");
  });
});

describe("cloud-init", () => {
  it("hides the password, and tells what the drive does not hold yet", async () => {
    await send(
      lab,
      "PUT /301/config",
      "ide0=nfs%3Acloudinit&ciuser=ops&cipassword=secret&ipconfig0=ip%3D192.0.2.7%2F24%2Cgw%3D192.0.2.1",
    );
    expect(await configOf(lab, 301)).toMatchObject({
      ide0: "nfs:301/vm-301-cloudinit.qcow2,media=cdrom",
      cipassword: "**********",
    });
    const user = (await send(lab, "GET /301/cloudinit/dump", "type=user")).data;
    expect(user).toMatch(
      /^#cloud-config\nhostname: made\nmanage_etc_hosts: true\nfqdn: made\nuser: ops\npassword: \$5\$/,
    );
    const network = (await send(lab, "GET /301/cloudinit/dump", "type=network")).data;
    expect(network).toContain("        netmask: '255.255.255.0'\n        gateway: '192.0.2.1'\n");
    expect(await run(lab, "POST /301/status/start")).toBe("OK");
    await send(lab, "PUT /301/config", "ciuser=root");
    const rows = (await send(lab, "GET /301/cloudinit")).data;
    expect(rows).toContainEqual({ key: "ciuser", value: "ops", pending: "root" });
    await send(lab, "PUT /301/cloudinit");
    expect((await send(lab, "GET /301/cloudinit")).data).toContainEqual({ key: "ciuser", value: "root" });
    expect((await send(lab, "PUT /301/config", "scsi9=nfs%3Acloudinit")).reason).toBe(
      "scsi9 - cloud-init drive is already attached at 'ide0'",
    );
    expect(await run(lab, "POST /301/status/stop")).toBe("OK");
  });
});

describe("starting a VM", () => {
  it.each([
    ["net5=virtio%2Cbridge%3Dvmbr77", "net5", "start failed: QEMU exited with code 1"],
    ["hugepages=2", "hugepages", "OK"],
  ])("with %s ends as it must", async (body, key, exitstatus) => {
    await send(lab, "PUT /301/config", body);
    expect(await run(lab, "POST /301/status/start")).toBe(exitstatus);
    expect(await run(lab, "POST /301/status/stop")).toBe("OK");
    await send(lab, "PUT /301/config", `delete=${key}`);
  });

  it("needs KVM unless it is told to do without", async () => {
    const host = await startLab({ seed: "recorded", taskMs: 4, taskVisibleMs: 0 });
    try {
      await run(host, "POST ", "vmid=100&scsi0=local%3A1%2Cformat%3Dqcow2");
      expect(await run(host, "POST /100/status/start")).toMatch(/^KVM virtualisation configured, but not available/);
      await send(host, "PUT /100/config", "kvm=0");
      expect(await run(host, "POST /100/status/start")).toBe("OK");
      expect(await run(host, "POST /100/status/shutdown", "timeout=1")).toBe("VM quit/powerdown failed - got timeout");
    } finally {
      await host.close();
    }
  });
});

describe("the end of a VM", () => {
  it("comes when it is stopped, and takes what it owns", async () => {
    await run(lab, "POST /301/status/start");
    expect((await send(lab, "DELETE /301")).reason).toBe("VM 301 is running - destroy failed");
    await run(lab, "POST /301/status/stop");
    expect(await run(lab, "DELETE /301")).toBe("OK");
    expect((await send(lab, "GET /301/config")).reason).toBe(
      "Configuration file 'nodes/pve1/qemu-server/301.conf' does not exist",
    );
    expect([...lab.state.volumes.keys()].filter((volid) => volid.includes("-301-"))).toEqual([]);
    const { data } = await call(lab, "GET", "/cluster/resources?type=vm");
    expect(data.some(({ vmid }: { vmid: number }) => vmid === 301)).toBe(false);
  });
});
