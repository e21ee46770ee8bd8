import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type FaultByName, type Lab, startLab } from "../../src/lab/index.ts";
import type { ConfigValue, LabGuest } from "../../src/lab/state/types.ts";
import { run } from "./qemu-steps.ts";
import { call } from "./support.ts";

const VMID = 102;

let lab: Lab;
let guest: LabGuest;
let config: Record<string, ConfigValue>;

beforeAll(async () => {
  lab = await startLab({ seed: "small", taskMs: 10, taskVisibleMs: 0, agentMs: 0, authDelayMs: 0 });
  guest = lab.state.guests.get(VMID)!;
  config = { ...guest.config };
  const map = (line: string) => ({ map: [line] });
  const { pci, usb } = lab.state.datacenter.mappings;
  pci.set("gpu", map("node=pve1,path=0000:81:00.0,id=10de:1eb8,iommugroup=81,subsystem-id=10de:12a2"));
  pci.set("elsewhere", map("node=pve9,path=0000:81:00.0,id=10de:1eb8,iommugroup=81"));
  pci.set("swapped", map("node=pve1,path=0000:81:00.0,id=10de:2204,iommugroup=81,subsystem-id=10de:12a2"));
  usb.set("stick", map("node=pve1,id=0781:5581"));
  usb.set("gone", map("node=pve1,id=1234:5678"));
});
afterEach(() => {
  lab.faults.clear();
  if (guest.running) lab.state.powerOff(guest);
  guest.config = { ...config };
  lab.state.touch(guest);
});
afterAll(() => lab.close());

async function start(): Promise<{ status: string; log: string[] }> {
  const status = await run(lab, `POST /${VMID}/status/start`);
  const task = [...lab.state.tasks.all()].filter(({ type }) => type === "qmstart").at(-1)!;
  return { status, log: task.log };
}

describe("a start", () => {
  it.each<[string, Record<string, ConfigValue>]>([
    ["as it is", {}],
    ["with a mapped PCI device", { hostpci0: "mapping=gpu" }],
    ["with a raw PCI device", { hostpci0: "host=0000:81:00.0" }],
    ["with all functions of one", { hostpci0: "41:00" }],
    ["with a mapped USB device", { usb0: "mapping=stick" }],
    ["with a raw USB device that is not plugged in", { usb0: "host=dead:beef" }],
    ["with a cloud-init drive that is to be made", { ide2: "local-lvm:vm-102-cloudinit,media=cdrom" }],
    ["with a snippet and nothing to put it on", { cicustom: "user=local:snippets/none.yaml" }],
    ["without KVM, which it is not to have", { kvm: 0 }],
  ])("goes well %s", async (_, extra) => {
    Object.assign(guest.config, extra);
    if (extra.kvm === 0) lab.faults.add({ fault: "no-virtualization" });
    expect((await start()).status).toBe("OK");
    expect(guest.running).toBe(true);
  });

  it.each<[string, Record<string, ConfigValue>, RegExp]>([
    ["a mapping that is not there", { hostpci0: "mapping=none" }, /^PCI device mapping not found for 'none'$/],
    ["a mapping for another node", { hostpci0: "mapping=elsewhere" }, /^PCI device mapping not found for 'elsewhere'$/],
    [
      "a mapping of other hardware",
      { hostpci0: "mapping=swapped" },
      /^PCI device mapping invalid \(hardware probably changed\): 'id' does not match for 'swapped' \(10de:1eb8 != 10de:2204\)$/,
    ],
    ["an absent PCI device", { hostpci0: "host=c3:00" }, /^no pci device info for device '0000:c3:00\.0'$/],
    [
      "a USB mapping of a device that is unplugged",
      { usb0: "mapping=gone" },
      /^USB device mapping invalid .*not found/,
    ],
    ["more processors than the node has", { sockets: 2, cores: 9 }, /^MAX 16 vcpus allowed per VM on this node$/],
    [
      "a missing snippet",
      { cicustom: "user=local:snippets/none.yaml", ide2: "local-lvm:vm-102-cloudinit,media=cdrom" },
      /^volume 'local:snippets\/none\.yaml' does not exist$/,
    ],
  ])("fails for %s", async (_, extra, says) => {
    Object.assign(guest.config, extra);
    expect((await start()).status).toMatch(says);
    expect(guest.running).toBe(false);
  });

  it.each<[FaultByName | undefined, Record<string, ConfigValue>]>([
    [{ fault: "node-memory-short" }, {}],
    [undefined, { memory: "131072" }],
  ])("fails for want of memory: %j %j", async (fault, extra) => {
    if (fault) lab.faults.add(fault);
    Object.assign(guest.config, extra);
    lab.state.touch(guest);
    const { status, log } = await start();
    expect(status).toBe("start failed: QEMU exited with code 1");
    expect(log).toContain("kvm: cannot set up guest memory 'pc.ram': Cannot allocate memory");
  });

  it("shows short memory in the node's status", async () => {
    lab.faults.add({ fault: "node-memory-short" });
    const { memory, swap } = (await call(lab, "GET", "/nodes/pve1/status")).data;
    expect(memory).toMatchObject({ used: memory.total, available: 0 });
    expect(swap.free).toBe(0);
  });

  it("fails without virtualization, before anything else is looked at", async () => {
    lab.faults.add({ fault: "no-virtualization" });
    Object.assign(guest.config, { hostpci0: "mapping=none" });
    expect((await start()).status).toMatch(/^KVM virtualisation configured, but not available/);
    expect((await call(lab, "GET", "/nodes/pve1/status")).data.cpuinfo.hvm).toBe("");
  });

  it("looks for volumes before QEMU looks for bridges", async () => {
    const net0 = "virtio=BC:24:11:00:00:01,bridge=vmbr9";
    Object.assign(guest.config, { net0, ide2: "local:iso/none.iso,media=cdrom" });
    expect((await start()).status).toBe("volume 'local:iso/none.iso' does not exist");
    delete guest.config.ide2;
    const { status, log } = await start();
    expect(status).toBe("start failed: QEMU exited with code 1");
    expect(log[0]).toBe("bridge 'vmbr9' does not exist");
  });
});

describe("a full storage", () => {
  it("halts the VMs that run on it, and their agents with them", async () => {
    const look = async () => (await call(lab, "GET", "/nodes/pve1/qemu/100/status/current")).data.qmpstatus;
    expect(await look()).toBe("running");
    const off = lab.faults.add({ fault: "storage-full", storage: "local-lvm" });
    expect(await look()).toBe("io-error");
    expect((await call(lab, "POST", "/nodes/pve1/qemu/100/agent/ping")).reason).toBe("QEMU guest agent is not running");
    off();
    expect(await look()).toBe("running");
  });

  it("leaves those alone whose disks are elsewhere", async () => {
    lab.faults.add({ fault: "storage-full", storage: "nfs" });
    const { data } = await call(lab, "GET", "/nodes/pve1/qemu/100/status/current");
    expect(data.qmpstatus).toBe("running");
  });
});

describe("an agent", () => {
  const agent = "/nodes/pve1/qemu/100/agent";

  it("refuses nearly everything while the file systems are frozen", async () => {
    const enabled = async () => {
      const { result } = (await call(lab, "GET", `${agent}/info`)).data;
      return result.supported_commands
        .filter((one: { enabled: boolean }) => one.enabled)
        .map(({ name }: never) => name);
    };
    expect((await enabled()).length).toBeGreaterThan(20);
    await call(lab, "POST", `${agent}/fsfreeze-freeze`);
    expect((await enabled()).sort()).toEqual([
      "guest-fsfreeze-status",
      "guest-fsfreeze-thaw",
      "guest-info",
      "guest-ping",
      "guest-sync",
    ]);
    const { data } = await call(lab, "GET", `${agent}/get-osinfo`);
    expect(data.result.error.desc).toBe("Command guest-get-osinfo has been disabled: the agent is in frozen state");
    await call(lab, "POST", `${agent}/fsfreeze-thaw`);
    expect((await call(lab, "GET", `${agent}/get-osinfo`)).data.result.id).toBe("debian");
  });
});

describe("the agent option of a VM that runs", () => {
  const path = "/nodes/pve1/qemu/100/config";
  const put = (agent: string) => call(lab, "PUT", path, { body: `agent=${encodeURIComponent(agent)}` });

  it.each([
    ["0", true],
    ["enabled=1,type=isa", true],
    ["enabled=1,fstrim_cloned_disks=1", false],
  ])("%s waits for the next start: %s", async (agent, waits) => {
    const vm = lab.state.guests.get(100)!;
    const before = vm.config.agent!;
    expect((await put(agent)).status).toBe(200);
    expect(vm.pending.agent).toBe(waits ? agent : undefined);
    expect(vm.config.agent).toBe(waits ? before : agent);
    Object.assign(vm, { pending: {}, config: { ...vm.config, agent: before } });
    lab.state.touch(vm);
  });
});
