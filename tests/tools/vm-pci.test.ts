import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { openLabSession, type Session } from "../support/session.ts";

type Data = Record<string, unknown>;

const T4 = "path=0000:81:00.0,id=10de:1eb8,iommugroup=81,subsystem-id=10de:12a2";
const USB = "path=0000:c1:00.0,id=1022:148c,iommugroup=90";

let session: Session & { lab: Lab };
let lab: Lab;

beforeAll(async () => {
  session = await openLabSession({ seed: "medium", taskMs: 40 });
  lab = session.lab;
});
afterAll(() => session?.close());

const vm = () => lab.state.guests.get(100)!;

function reset(running: boolean, extra: Record<string, string> = {}): void {
  const config = { name: "web01", memory: "2048", boot: "order=net0", net0: "virtio=BC:24:11:AA:BB:01,bridge=vmbr0" };
  Object.assign(vm(), { running, config: { ...config, ...extra }, pending: {}, pendingDelete: [] });
  lab.state.touch(vm());
}
beforeEach(() => {
  lab.faults.clear();
  reset(false);
  const { pci } = lab.state.datacenter.mappings;
  for (const id of pci.ids) pci.delete(id);
  pci.set("gpu", { type: "pci", map: [`node=pve1,${T4}`, `node=pve2,${T4}`] });
  pci.set("vgpu", { type: "pci", map: [`node=pve1,${T4}`], mdev: 1, "live-migration-capable": 1 });
  pci.set("pair", { type: "pci", map: [`node=pve1,${T4}`, `node=pve1,${USB}`] });
  pci.set("usb3", { type: "pci", map: [`node=pve2,${USB}`] });
  pci.set("moved", { type: "pci", map: [`node=pve1,${T4.replace("81:00", "99:00")}`] });
});

const writes = () => lab.requests.filter(({ method, path }) => method !== "GET" && path.endsWith("/qemu/100/config"));
const attach = (args: Data) => session.call("proxmox_vm_pci_attach", { vmid: 100, ...args });
const detach = (args: Data) => session.call("proxmox_vm_pci_detach", { vmid: 100, ...args });

describe("proxmox_vm_pci_attach", () => {
  test("takes the first free slot, and says that the VM cannot be moved live", async () => {
    reset(false, { hostpci0: "mapping=vgpu,mdev=nvidia-222" });
    const { data, error } = await attach({ device: { mapping: "gpu", "x-vga": true, rombar: 0 } });
    expect(error).toBeUndefined();
    expect(vm().config.hostpci1).toBe("mapping=gpu,rombar=0,x-vga=1");
    expect(data).toMatchObject({
      changed: [{ key: "hostpci1", to: "mapping=gpu,rombar=0,x-vga=1" }],
      pending: [],
      job: { state: "ok" },
      warnings: ["A VM with this device cannot be migrated while it runs."],
    });
  });

  test("waits for the next start of a running VM, and leaves a slot alone that is in use until then", async () => {
    reset(true, { hostpci0: "mapping=usb3" });
    await detach({ device: "usb3" });
    const { data } = await attach({ device: { mapping: "vgpu", mdev: "nvidia-222" } });
    expect(data.pending).toEqual([{ key: "hostpci1", to: "mapping=vgpu,mdev=nvidia-222" }]);
    expect(data.warnings).toBeUndefined();
    expect(vm().pendingDelete).toEqual(["hostpci0"]);
  });

  test("takes the slot that was asked for", async () => {
    const { error } = await attach({ device: { mapping: "gpu" }, index: 7 });
    expect(error).toBeUndefined();
    expect(vm().config.hostpci7).toBe("mapping=gpu");
  });

  test("takes pcie on q35", async () => {
    reset(false, { machine: "pc-q35-9.0" });
    const { error } = await attach({ device: { mapping: "gpu", pcie: true } });
    expect(error).toBeUndefined();
    expect(vm().config.hostpci0).toBe("mapping=gpu,pcie=1");
  });

  test("takes a mapping twice that has two devices there", async () => {
    await attach({ device: { mapping: "pair" } });
    const second = await attach({ device: { mapping: "pair" } });
    expect(second.error).toBeUndefined();
    const third = await attach({ device: { mapping: "pair" } });
    expect(third.error?.message).toMatch(/pair is attached already as hostpci0, hostpci1, and has 2 on pve1/);
  });

  test("takes another slot when somebody else took the first meanwhile", async () => {
    lab.faults.add({
      match: { method: "POST", path: /\/qemu\/100\/config$/ },
      times: 1,
      before: () => {
        vm().config.hostpci0 = "mapping=vgpu";
        lab.state.touch(vm());
      },
    });
    const { data, error } = await attach({ device: { mapping: "gpu" } });
    expect(error).toBeUndefined();
    expect(data.changed).toEqual([{ key: "hostpci1", to: "mapping=gpu" }]);
    expect(vm().config.hostpci0).toBe("mapping=vgpu");
  });

  test("plans without writing", async () => {
    const before = writes().length;
    const { data } = await attach({ device: { mapping: "gpu" }, dryRun: true });
    expect(data.plan).toMatchObject({
      requests: [{ params: { node: "pve1", vmid: 100, hostpci0: "mapping=gpu" } }],
      class: "mutate",
      diff: [{ key: "hostpci0", to: "mapping=gpu" }],
    });
    expect(writes()).toHaveLength(before);
  });

  test("a token that may not use the mapping is told so", async () => {
    lab.faults.add({
      fault: "forbidden",
      match: { method: "POST", path: /\/config$/ },
      text: "/mapping/pci/gpu, Mapping.Use",
    });
    const { error } = await attach({ device: { mapping: "gpu" } });
    expect(error?.code).toBe("permission-denied");
  });

  test.each<[string, Data, RegExp]>([
    ["an unknown mapping", { device: { mapping: "gup" } }, /unknown-mapping.*Did you mean "gpu"/],
    [
      "a mapping of other nodes",
      { device: { mapping: "usb3" } },
      /usb3 has no device on pve1.*but on pve2.*proxmox_pci_mapping_update/,
    ],
    [
      "one that does not match the hardware",
      { device: { mapping: "moved" } },
      /does not match the hardware of pve1.*'0000:99:00.0' not found/,
    ],
    ["pcie without q35", { device: { mapping: "gpu", pcie: 1 } }, /device.pcie needs the machine type q35/],
    [
      "a device by its address",
      { device: { host: "81:00.0" } },
      /needs-root.*root@pam.*mapping "(gpu|vgpu|pair)" holds it/,
    ],
    [
      "one that no mapping has",
      { device: { host: "0000:41:00.0" } },
      /needs-root.*proxmox_pci_mapping_create, devices \{"pve1": "0000:41:00.0"\}/,
    ],
    ["no mapping", { device: { pcie: true } }, /device.mapping is missing/],
    ["an unknown key", { device: { mapping: "gpu", pci: 1 } }, /"pci" is not a key here; known: .*pcie/],
    ["a slot that there is not", { device: { mapping: "gpu" }, index: 16 }, /index/],
    ["a container", { vmid: "dns01", device: { mapping: "gpu" } }, /wrong-guest-kind/],
    ["a name that two have", { vmid: "twin", device: { mapping: "gpu" } }, /ambiguous-guest/],
    ["an unknown VM", { vmid: "wbe01", device: { mapping: "gpu" } }, /unknown-guest/],
  ])("refuses %s", async (_, args, says) => {
    const before = writes().length;
    const { text, error } = await attach(args);
    expect(error).toBeDefined();
    expect(text.replaceAll("\n", " ")).toMatch(says);
    expect(writes()).toHaveLength(before);
  });

  test.each<[string, Record<string, string>, Data, RegExp]>([
    ["a slot that is taken", { hostpci3: "mapping=usb3" }, { index: 3 }, /index is taken: hostpci3 is mapping=usb3/],
    [
      "what is attached already",
      { hostpci3: "mapping=gpu" },
      {},
      /gpu is attached already as hostpci3, and has 1 on pve1/,
    ],
    [
      "a seventeenth",
      Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`hostpci${index}`, "mapping=usb3"])),
      {},
      /all 16 are taken/,
    ],
  ])("refuses %s", async (_, extra, args, says) => {
    reset(false, extra);
    const { error } = await attach({ device: { mapping: "gpu" }, ...args });
    expect(error?.message).toMatch(says);
  });
});

describe("proxmox_vm_pci_detach", () => {
  test.each(["hostpci2", "gpu"])("takes away %s", async (device) => {
    reset(false, { hostpci2: "mapping=gpu,pcie=1", hostpci4: "mapping=vgpu" });
    const { data, error } = await detach({ device });
    expect(error).toBeUndefined();
    expect(data.changed).toEqual([{ key: "hostpci2", from: "mapping=gpu,pcie=1" }]);
    expect(Object.keys(vm().config)).not.toContain("hostpci2");
    expect(vm().config.hostpci4).toBe("mapping=vgpu");
  });

  test("waits for the next start of a running VM, and is done once", async () => {
    reset(true, { hostpci0: "mapping=gpu" });
    const { data } = await detach({ device: "hostpci0" });
    expect(data).toMatchObject({ changed: [{ key: "hostpci0" }], pending: [{ key: "hostpci0", from: "mapping=gpu" }] });
    const before = writes().length;
    const again = await detach({ device: "hostpci0" });
    expect(again.data.warnings).toContain("Nothing had to be changed.");
    expect(writes()).toHaveLength(before);
  });

  test("plans without writing", async () => {
    reset(false, { hostpci0: "mapping=gpu" });
    const before = writes().length;
    const { data } = await detach({ device: "gpu", dryRun: true });
    expect(data.plan).toMatchObject({ class: "mutate", diff: [{ key: "hostpci0", from: "mapping=gpu" }] });
    expect(writes()).toHaveLength(before);
  });

  test.each<[string, Record<string, string>, string, RegExp]>([
    ["what is not attached", { hostpci1: "mapping=vgpu" }, "gpu", /"gpu" is not attached.*Attached: hostpci1 \(vgpu\)/],
    ["where nothing is", {}, "gpu", /Attached: none/],
    [
      "what is attached twice",
      { hostpci0: "mapping=pair", hostpci1: "mapping=pair" },
      "pair",
      /Name one of: hostpci0, hostpci1/,
    ],
    ["a device by its address", { hostpci0: "0000:81:00.0" }, "hostpci0", /needs-root.*qm set 100 --delete hostpci0/],
  ])("refuses %s", async (_, extra, device, says) => {
    reset(false, extra);
    const before = writes().length;
    const { text, error } = await detach({ device });
    expect(error).toBeDefined();
    expect(text.replaceAll("\n", " ")).toMatch(says);
    expect(writes()).toHaveLength(before);
  });
});
