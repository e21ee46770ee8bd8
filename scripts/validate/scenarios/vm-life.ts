import { makeTemplate } from "../../../tests/support/templates.ts";
import { absent } from "../pattern.ts";
import type { Domain } from "../scenario.ts";

/** Templates, and the end of virtual machines. */
export const vmLife: Domain = {
  name: "vm-life",
  lab: { seed: "medium", taskMs: 40 },
  scenarios: {
    async proxmox_vm_template_list({ call }) {
      await call({ fields: ["vmid"] }, { rows: [[104]] });
    },
    async proxmox_vm_template_get({ call, use, lab, fails }) {
      makeTemplate(lab, 102);
      const params = { newid: 901, full: 0, name: "linked" };
      await use("proxmox_api_call", { method: "POST", path: "/nodes/pve1/qemu/102/clone", params });
      await call({ vmid: 102 }, { vmid: 102, name: "build01" });
      await fails({ vmid: "nobody" }, "unknown-guest");
    },
    async proxmox_vm_convert_to_template({ confirmed, fails, lab, check }) {
      await confirmed({ vmid: "with-warnings" }, { job: { type: "qmtemplate", state: "ok" } });
      check(lab.state.guests.get(111)?.config.template, 1, "template");
      await fails({ vmid: "snapped" }, "guest-not-ready");
    },
    async proxmox_vm_destroy({ confirmed, fails, lab, check }) {
      await confirmed({ vmid: 901 }, { job: { type: "qmdestroy", state: "ok" } });
      check(lab.state.guests.get(901), absent, "the VM");
      await fails({ vmid: "precious" }, "guest-not-ready");
    },
  },
};
