import { absent, atLeast, having } from "../pattern.ts";
import type { Domain } from "../scenario.ts";

const done = (type: string) => ({ job: { type, state: "ok" } });

/** Virtual machines and containers. */
export const guests: Domain = {
  name: "guests",
  lab: { seed: "medium", taskMs: 40 },
  scenarios: {
    async proxmox_vm_list({ call }) {
      await call({ status: "running" }, { total: atLeast(5), columns: having("vmid") });
    },
    async proxmox_vm_get({ call, fails }) {
      await call({ vmid: "web01" }, { vmid: 100, node: "pve1" });
      await fails({ vmid: 99_999 }, "unknown-guest");
    },
    async proxmox_vm_action({ call, confirmed, fails, lab, check }) {
      const vmid = 102;
      const planned = await call({ vmid, action: "start", dryRun: true }, { plan: { class: "mutate" }, job: absent });
      check(planned.plan.requests.length, 1, "requests of the plan");
      await call({ vmid, action: "start" }, { status: "running", ...done("qmstart") });
      await call({ vmid, action: "suspend" }, done("qmpause"));
      await call({ vmid, action: "resume" }, done("qmresume"));
      await call({ vmid, action: "reboot" }, done("qmreboot"));
      await confirmed({ vmid, action: "reset" }, done("qmreset"));
      await call({ vmid, action: "shutdown" }, { status: "stopped", ...done("qmshutdown") });
      await call({ vmid, action: "start" }, done("qmstart"));
      await confirmed({ vmid, action: "stop" }, { status: "stopped", ...done("qmstop") });
      check(lab.state.guests.get(vmid)?.running, false, "the guest's power");
      await fails({ vmid: "legacy-app", action: "start" }, "task-failed", { data: { job: { state: "failed" } } });
    },
    async proxmox_vm_template_list({ call }) {
      await call({}, { total: 1, columns: having("vmid") });
    },
    async proxmox_vm_convert_to_template({ confirmed, fails, call, lab, check }) {
      await fails({ vmid: "web01" }, "guest-not-ready");
      await confirmed({ vmid: "build01" }, { template: true, ...done("qmtemplate") });
      check(lab.state.guests.get(102)?.config.template, 1, "the template flag");
      await call({ vmid: "build01" }, { template: true, job: absent });
    },
    async proxmox_vm_template_get({ call, fails }) {
      await call({ vmid: "debian-13-template" }, { vmid: 104, cloneTo: { nodes: ["pve1"], linked: true } });
      await call({ vmid: "build01" }, { linkedClones: { total: 0, note: absent }, cloneTo: { note: absent } });
      await fails({ vmid: "web01" }, "not-a-template");
    },
    async proxmox_vm_clone({ call, fails, lab, check }) {
      await call({ vmid: "build01", newid: 900, name: "linked" }, { vmid: 900, full: false, ...done("qmclone") });
      const full = await call({ vmid: "build01", full: true, target: "pve2" }, { node: "pve2", ...done("qmclone") });
      check(lab.state.guests.get(full.vmid)?.node, "pve2", "the clone's node");
      const reason = "unable to create VM 130: config file already exists";
      lab.faults.add({ match: { method: "POST", path: /clone$/ }, status: 500, reason, times: 1 });
      await call({ vmid: "snapped", snapname: "before-upgrade" }, { full: true, ...done("qmclone") });
      await fails({ vmid: "debian-13-template", target: "pve2" }, "clone-target");
    },
    async proxmox_vm_destroy({ confirmed, fails, lab, check }) {
      await fails({ vmid: "precious" }, "guest-not-ready");
      await fails({ vmid: "ha-stopped" }, "guest-not-ready");
      await fails({ vmid: "build01" }, "guest-not-ready", { message: /linked clones \(900 \(linked\)\)/ });
      await confirmed({ vmid: 900 }, done("qmdestroy"));
      await confirmed({ vmid: "build01" }, done("qmdestroy"));
      check(lab.state.guests.has(102), false, "the VM is there");
    },
    async proxmox_lxc_list({ call }) {
      await call({}, { total: atLeast(5), columns: having("vmid") });
    },
    async proxmox_lxc_get({ call, fails }) {
      await call({ vmid: "dns01" }, { name: "dns01" });
      await fails({ vmid: "web01" }, "wrong-guest-kind");
    },
    async proxmox_lxc_action({ call, confirmed, fails }) {
      const vmid = "dns01";
      await call({ vmid, action: "reboot" }, done("vzreboot"));
      await call({ vmid, action: "shutdown" }, { status: "stopped", ...done("vzshutdown") });
      await call({ vmid, action: "start" }, { status: "running", ...done("vzstart") });
      // Containers cannot be frozen on today's kernels: the request is taken, and its task fails.
      await fails({ vmid, action: "suspend" }, "task-failed");
      await fails({ vmid: "ct-stopped", action: "resume" }, "task-failed");
      await confirmed({ vmid, action: "stop" }, { status: "stopped", ...done("vzstop") });
    },
  },
};
