import { absent, having, present } from "../pattern.ts";
import type { Domain } from "../scenario.ts";

const cause = (name: string, severity = "blocks") => ({ cause: name, severity, evidence: present, next: present });

/** What is wrong with a VM, its agent, its cloud-init. */
export const diagnose: Domain = {
  name: "diagnose",
  lab: { seed: "medium", taskMs: 40, agentMs: 1 },
  scenarios: {
    async proxmox_vm_cloud_init_dump({ call, fails, lab }) {
      await call({ vmid: "web01" }, { drive: absent, next: { tool: "proxmox_vm_update_config" } });
      const guest = lab.state.guests.get(100)!;
      Object.assign(guest.config, {
        ide2: "local-lvm:vm-100-cloudinit,media=cdrom",
        ciuser: "a",
        cipassword: "$5$x$y",
      });
      lab.state.touch(guest);
      guest.cloudinit = { old: { ciuser: "b" }, added: [] };
      await call(
        { vmid: 100 },
        { drive: "ide2", user: /password: \[redacted\]/, changed: [{ key: "ciuser", to: "a" }] },
      );
      await fails({ vmid: 99_999 }, "unknown-guest");
    },
    async proxmox_vm_boot_diagnose({ call, fails, lab }) {
      await call({ vmid: "web01" }, { causes: [], verdict: /runs, and nothing/ });
      lab.state.guests.get(115)!.config.ide2 = "local:iso/debian-13.1.0-amd64-netinst.iso,media=cdrom";
      await call({ vmid: 115 }, { causes: [], fine: having("2 volumes present") });
      await call({ vmid: "legacy-app" }, { causes: [cause("iso-missing")], lastStart: { state: "failed" } });
      await call({ vmid: "db-locked" }, { causes: [cause("lock-stale")] });
      await call({ vmid: "ha-stopped" }, { causes: [cause("ha-wants-stopped", "warning")] });
      const { mappings } = lab.state.datacenter;
      mappings.pci.set("gpu", { map: ["node=pve2,path=0000:81:00.0,id=10de:1eb8"] });
      mappings.usb.set("stick", { map: ["node=pve2,id=1234:5678"] });
      const wants = (config: Record<string, string>) => {
        const guest = lab.state.guests.get(102)!;
        Object.assign(guest.config, config);
        lab.state.touch(guest);
      };
      wants({ hostpci0: "mapping=gpu", hostpci1: "0000:c5:00.0", usb0: "mapping=stick" });
      const three = ["device-mapping-unfit", "pci-device-absent", "device-mapping-unfit"];
      await call({ vmid: 102 }, { causes: three.map((name) => cause(name)) });
      wants({ hostpci0: "mapping=none", hostpci1: "mapping=gpu", usb0: "mapping=none", net0: "virtio,bridge=vmbr9" });
      await call({ vmid: 102 }, { causes: having(cause("bridge-missing")) });
      // A list that leaves out what the token may not see.
      wants({ usb0: "mapping=stick" });
      lab.faults.add({ match: { path: /\/mapping\/(pci|usb)$/ }, data: [] });
      await call({ vmid: 102 }, { incomplete: having({ part: "mapping stick" }) });
      lab.faults.add({ fault: "storage-offline", storage: "nfs" });
      await call({ vmid: 102 }, { causes: having(cause("storage-unavailable")) });
      await fails({ vmid: "twin" }, "ambiguous-guest");
    },
    async proxmox_vm_guest_agent_diagnose({ call, fails }) {
      await call({ vmid: "web01" }, { causes: [], verdict: /guest agent works/ });
      await call({ vmid: "agent-dead" }, { causes: [cause("agent-silent")] });
      await call({ vmid: "no-agent" }, { causes: [cause("agent-option-off")] });
      await fails({ vmid: "dns01" }, "wrong-guest-kind");
    },
  },
};
