import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { call, finish } from "./support.ts";

let lab: Lab;

beforeAll(async () => {
  lab = await startLab({ taskMs: 4, taskVisibleMs: 0, authDelayMs: 0, workers: 8 });
  for (const body of ["vmid=301&scsi0=local-lvm%3A1&tags=a", "vmid=302"])
    await finish(lab, (await send(`POST /qemu ${body}`)).data);
});
afterAll(() => lab.close());

async function send(request: string) {
  const [method = "GET", path = "", body = ""] = request.split(" ");
  return await call(lab, method, `/nodes/pve1${path}`, method === "GET" || method === "DELETE" ? {} : { body });
}

/** Status, and the reason or what is said of each parameter. */
async function refusal(request: string): Promise<unknown[]> {
  const { status, reason, errors } = await send(request);
  return [status, errors ?? reason];
}

const NONE = "Configuration file 'nodes/pve1/qemu-server/9999.conf' does not exist";
const NOWHERE = "unable to find configuration file for VM 9999 on node 'pve1'";

describe("a guest that is not there", () => {
  it.each([
    ["GET /qemu/9999/config", 500, NONE],
    ["GET /qemu/9999/status/current", 500, NONE],
    ["GET /qemu/9999/status", 500, NONE],
    ["GET /qemu/9999/feature?feature=copy", 500, NOWHERE],
    ["PUT /qemu/9999/config cores=1", 500, NONE],
    ["PUT /qemu/9999/config ", 500, "no options specified"],
    ["PUT /qemu/9999/config delete=bogus", 400, { delete: "unknown option 'bogus'" }],
    ["POST /qemu/9999/clone newid=400", 500, NOWHERE],
    ["POST /qemu/9999/template ", 500, NONE],
    ["POST /qemu/9999/snapshot snapname=s1", 500, NONE],
    ["POST /qemu/9999/status/reboot ", 500, NOWHERE],
    ["POST /qemu/9999/status/reset ", 500, NOWHERE],
    ["POST /qemu/9999/status/suspend ", 500, NOWHERE],
    ["POST /qemu/9999/status/resume ", 500, NOWHERE],
    ["POST /lxc/9999/status/stop ", 500, "CT 9999 not running"],
    ["POST /lxc/9999/status/reboot ", 500, "VM 9999 not running"],
  ])("is told of at once by %s", async (request, status, what) => {
    expect(await refusal(request)).toEqual([status, what]);
  });

  it.each([
    ["POST /qemu/9999/status/start ", NONE],
    ["POST /qemu/9999/status/stop ", NOWHERE],
    ["POST /qemu/9999/status/shutdown ", NOWHERE],
    ["PUT /qemu/9999/resize disk=scsi0&size=2G", NONE],
    ["POST /qemu/9999/snapshot/s1/rollback ", NONE],
    ["DELETE /qemu/9999/snapshot/s1", NONE],
    ["POST /lxc/9999/status/start ", "Configuration file 'nodes/pve1/lxc/9999.conf' does not exist"],
    ["DELETE /lxc/9999/snapshot/s1", "Configuration file 'nodes/pve1/lxc/9999.conf' does not exist"],
  ])("is told of by the worker of %s", async (request, exitstatus) => {
    expect((await finish(lab, (await send(request)).data)).exitstatus).toBe(exitstatus);
  });
});

const EITHER = "either set 'storage' or 'target-vmid', but not both";
const NEITHER = "both 'storage' and 'target-vmid' missing, either needs to be set";

describe("moving a disk", () => {
  it.each([
    ["disk=scsi0", 400, { storage: NEITHER, "target-vmid": NEITHER }],
    ["disk=scsi0&storage=nfs&target-vmid=302", 400, { storage: EITHER, "target-vmid": EITHER }],
    ["disk=scsi0&storage=local-lvm", 500, "you can't move to the same storage with same format"],
    ["disk=scsi9&storage=nosuch", 500, "disk 'scsi9' does not exist"],
    ["disk=scsi0&storage=nosuch", 500, "storage 'nosuch' does not exist"],
    ["disk=scsi0&storage=local", 400, { storage: "storage 'local' does not support vm images" }],
    ["disk=scsi0&target-vmid=301", 400, { "target-vmid": "must be different than source VMID to reassign disk" }],
    ["disk=scsi0&target-vmid=9999", 500, "could not find target VM 9999"],
    ["disk=scsi9&target-vmid=302", 500, "Disk 'scsi9' for VM '301' does not exist"],
  ])("by %s is refused", async (body, status, what) => {
    expect(await refusal(`POST /qemu/301/move_disk ${body}`)).toEqual([status, what]);
  });

  it("to another VM takes it out of the boot order", async () => {
    await send("PUT /qemu/301/config boot=order%3Dscsi0");
    const { data } = await send("POST /qemu/301/move_disk disk=scsi0&target-vmid=302&target-disk=scsi3");
    expect((await finish(lab, data)).exitstatus).toBe("OK");
    expect((await send("GET /qemu/301/config")).data).toMatchObject({ boot: " " });
    expect((await send("GET /qemu/302/config")).data.scsi3).toMatch(/^local-lvm:vm-302-disk-\d+,size=1G$/);
  });
});

describe("a change of a VM", () => {
  it.each([
    ["sshkeys=nonsense", 500, "SSH public key validation error"],
    ["vmgenid=1", 500, "only root can set 'vmgenid' config"],
    ["affinity=0", 500, "only root can set 'affinity' config"],
    ["memory=512&balloon=1024", 500, "balloon value too large (must be smaller than assigned memory)"],
    [
      "scsi5=local%3Aiso%2Fdebian-13.1.0-amd64-netinst.iso",
      400,
      { scsi5: "explicit 'media=cdrom' is required for iso images" },
    ],
  ])("by %s is refused", async (body, status, what) => {
    expect(await refusal(`PUT /qemu/302/config ${body}`)).toEqual([status, what]);
    expect(await refusal(`POST /qemu/302/config ${body}`)).toEqual([status, what]);
  });

  it.each([
    ["vga=serial0%2Cclipboard%3Dvnc", "vga type serial0 is not compatible with VNC clipboard"],
    ["machine=pc%2Cviommu%3Dintel", "to use Intel vIOMMU please set the machine type to q35"],
    ["serial0=%2Fdev%2FttyS0", "only root can modify 'serial0' config for real devices"],
    ["boot=order%3Dscsi20", "invalid bootorder: device 'scsi20' does not exist'"],
  ])("by %s is refused where it is carried out", async (body, text) => {
    expect(await refusal(`PUT /qemu/302/config ${body}`)).toEqual([500, text]);
    const { data } = await send(`POST /qemu/302/config ${body}`);
    expect((await finish(lab, data)).exitstatus).toBe(text);
  });

  it("keeps Windows on the machine it is installed on", async () => {
    await send("PUT /qemu/302/config ostype=win11");
    expect((await send("GET /qemu/302/config")).data.machine).toMatch(/^pc-i440fx-\d+\.\d+\+pve\d$/);
  });

  it("answers nothing when its worker ends within the delay", async () => {
    expect(await send("POST /qemu/302/config cores=2&background_delay=5")).toMatchObject({ status: 200, data: null });
  });
});

describe("a container's change", () => {
  const CT = 103;
  it.each([
    ["features=keyctl%3D1", 403],
    ["net9=name%3Deth9%2Cbridge%3Dvmbr0%2Cmtu%3D9000", 500],
    ["delete=rootfs", 500],
  ])("by %s leaves nothing behind", async (body, status) => {
    const before = (await send(`GET /lxc/${CT}/pending`)).data;
    expect((await send(`PUT /lxc/${CT}/config hostname=never&${body}`)).status).toBe(status);
    expect((await send(`GET /lxc/${CT}/pending`)).data).toEqual(before);
  });
});
