import { absent } from "../pattern.ts";
import type { Domain } from "../scenario.ts";

/** PCI devices of the cluster under one name, and in virtual machines. */
export const pciMapping: Domain = {
  name: "pci-mapping",
  lab: { seed: "medium", taskMs: 40 },
  scenarios: {
    async proxmox_pci_mapping_create({ call, fails, lab, check }) {
      const args = { id: "gpu", devices: { pve1: "0000:81:00.0" } };
      const stored = () => lab.state.datacenter.mappings.pci.get("gpu");
      await call({ ...args, dryRun: true }, { plan: { class: "mutate" } });
      check(stored(), absent, "the mapping");
      await call(args);
      check(stored()?.map, [/^node=pve1,path=0000:81:00\.0/], "the mapping");
      await fails(args, "already-exists");
    },
    async proxmox_pci_mapping_list({ call }) {
      await call({ fields: ["id"] }, { rows: [["gpu"]] });
      await call({ node: "pve1" }, { total: 1 });
    },
    async proxmox_pci_mapping_get({ call, fails }) {
      await call({ id: "gpu" }, { devices: [{ node: "pve1" }], problems: [] });
      await fails({ id: "gpux" }, "unknown-mapping");
    },
    async proxmox_pci_mapping_update({ call, lab, check }) {
      await call({ id: "gpu", devices: { pve2: "0000:81:00.0" }, config: { description: "for desktops" } });
      const wanted = { description: "for desktops", map: [/^node=pve1/, /^node=pve2/] };
      check(lab.state.datacenter.mappings.pci.get("gpu"), wanted, "the mapping");
    },
    async proxmox_vm_pci_attach({ call, lab, check }) {
      await call({ vmid: 102, device: { mapping: "gpu" } }, { changed: [{ key: "hostpci0", to: "mapping=gpu" }] });
      check(lab.state.guests.get(102)?.config.hostpci0, "mapping=gpu", "hostpci0");
    },
    async proxmox_vm_pci_detach({ call, lab, check }) {
      await call({ vmid: 102, device: "gpu" }, { changed: [{ key: "hostpci0" }] });
      check(lab.state.guests.get(102)?.config.hostpci0, absent, "hostpci0");
    },
    async proxmox_pci_mapping_delete({ confirmed, lab, check }) {
      await confirmed({ id: "gpu" });
      check(lab.state.datacenter.mappings.pci.get("gpu"), absent, "the mapping");
    },
  },
};
