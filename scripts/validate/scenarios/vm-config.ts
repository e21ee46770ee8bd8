import { absent, having } from "../pattern.ts";
import type { Domain } from "../scenario.ts";

const done = (type: string) => ({ job: { type, state: "ok" } });

const GPU = "0000:81:00.0";

/** Making and changing VMs, and the mappings by which they are given devices. */
export const vmConfig: Domain = {
  name: "vm-config",
  lab: { seed: "medium", taskMs: 40 },
  env: { PROXMOX_DEFAULT_NODE: "pve1", PROXMOX_DEFAULT_VM_STORAGE: "nfs" },
  scenarios: {
    async proxmox_pci_mapping_create({ call, fails, lab, check }) {
      await call({ id: "gpu", devices: { pve1: GPU }, dryRun: true }, { plan: { class: "mutate" } });
      await call({ id: "gpu", devices: { pve1: GPU } }, { map: [/iommugroup=81,subsystem-id=10de:12a2$/] });
      check(lab.state.datacenter.mappings.pci.has("gpu"), true, "the mapping is there");
      await fails({ id: "gpu", devices: { pve1: GPU } }, "already-exists");
    },
    async proxmox_pci_mapping_list({ call }) {
      await call({ node: "pve1" }, { total: 1, columns: having("problem") });
    },
    async proxmox_pci_mapping_get({ call, fails }) {
      await call({ id: "gpu" }, { devices: [{ node: "pve1", path: GPU }], problems: [] });
      await fails({ id: "gup" }, "unknown-mapping");
    },
    async proxmox_pci_mapping_update({ call, fails }) {
      await fails({ id: "gup", config: { mdev: 1 } }, "unknown-mapping");
      await call(
        { id: "gpu", devices: { pve2: GPU }, config: { description: "T4" } },
        { changed: having({ key: "map" }) },
      );
    },
    async proxmox_vm_create({ call, use, fails, lab, check }) {
      const image = "nfs:102/vm-102-disk-0.qcow2";
      const planned = await call({ name: "made", disk: 4, dryRun: true }, { plan: { class: "mutate" }, job: absent });
      check(lab.state.guests.has(planned.vmid), false, "the VM is there");
      const made = await call({ name: "made", disk: 4, cores: 2, memory: 2048, start: true }, { status: "running" });
      await use("proxmox_vm_get", { vmid: made.vmid }, { name: "made", status: "running" });
      const [one, other] = await Promise.all([call({ disk: 1 }), call({ disk: 1 })]);
      check(one.vmid === other.vmid, false, "one VMID for two");
      await call({ name: "grown", importFrom: image, disk: 80, ciuser: "ops", start: true }, done("qmstart"));
      await fails({ name: "huge", disk: 1, cores: 512, start: true }, "task-failed", {
        data: { job: { type: "qmstart" } },
      });
    },
    async proxmox_vm_update_config({ call, confirmed, fails, lab }) {
      const vmid = "web01";
      const net0 = String(lab.state.guests.get(100)!.config.net0);
      const mac = /=((?:[0-9A-F]{2}:){5}[0-9A-F]{2})/.exec(net0)![1]!;
      await call({ vmid, config: { net0: { tag: 20 } } }, { changed: [{ key: "net0", to: having(mac) }], pending: [] });
      await call({ vmid, config: { cores: 2 } }, { pending: [{ key: "cores" }], ...done("qmconfig") });
      await call({ vmid, config: { scsi3: "nfs:2" } }, done("qmconfig"));
      await fails({ vmid, config: { scsi3: "nfs:2" } }, "invalid-argument");
      await confirmed({ vmid, delete: ["scsi3"] }, { changed: having({ key: "unused0" }) });
    },
    async proxmox_vm_pci_attach({ call, fails }) {
      await call({ vmid: "web01", device: { mapping: "gpu" } }, { pending: [{ key: "hostpci0", to: "mapping=gpu" }] });
      await fails({ vmid: "web01", device: { host: GPU } }, "needs-root");
    },
    async proxmox_vm_pci_detach({ call }) {
      await call({ vmid: "web01", device: "gpu" }, { changed: [{ key: "hostpci0" }] });
    },
    async proxmox_pci_mapping_delete({ confirmed, fails, lab, check }) {
      await fails({ id: "gup" }, "unknown-mapping");
      await confirmed({ id: "gpu" }, { id: "gpu" });
      check(lab.state.datacenter.mappings.pci.has("gpu"), false, "the mapping is there");
    },
  },
};
