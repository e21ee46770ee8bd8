import { absent, having, present } from "../../validate/pattern.ts";
import { MARK } from "../guests.ts";
import type { LiveScenarios } from "../stage.ts";

const done = (type: string) => ({ job: { type, state: "ok" } });

/** Virtual machines: an empty one, which no system is in, and clones of it. */
export const virtualMachines: LiveScenarios = {
  async proxmox_vm_create({ call, fails, check, use, site, need }) {
    const storage = need(site.storages.images, "no storage for disks");
    const wanted = {
      node: site.node,
      storage,
      memory: 256,
      disk: 1,
      bridge: "none",
      tags: [MARK],
      ciuser: "live",
      config: { agent: true, serial0: "socket", onboot: false, ...(site.kvm ? {} : { kvm: false }) },
    };
    const vmid = site.guests.vm;
    const planned = await call({ vmid, name: `${MARK}-vm`, ...wanted, dryRun: true }, { plan: { class: "mutate" } });
    check(planned.job, absent, "the job of a plan");
    await call({ vmid, name: `${MARK}-vm`, ...wanted }, done("qmcreate"));
    await use("proxmox_vm_get", { vmid }, { name: `${MARK}-vm`, status: "stopped" });
    // The guard: a VMID outside of the range is refused.
    await fails({ vmid: site.guests.vm + 1_000_000, ...wanted, tags: [] }, "policy-denied");
  },
  async proxmox_vm_list({ call, site }) {
    await call({ node: site.node, tag: MARK, fields: ["vmid"] }, { rows: having([site.guests.vm]) });
  },
  async proxmox_vm_get({ call, fails, site }) {
    await call({ vmid: `${MARK}-vm` }, { vmid: site.guests.vm, node: site.node });
    await fails({ vmid: `${MARK}-nobody` }, "unknown-guest");
  },
  async proxmox_vm_update_config({ call, confirmed, site, need }) {
    const vmid = site.guests.vm;
    const storage = need(site.storages.images, "no storage for disks");
    await call(
      { vmid, config: { description: MARK, memory: 320 } },
      { changed: having({ key: "memory" }), pending: [] },
    );
    await call({ vmid, config: { scsi1: `${storage}:1` } }, { changed: having({ key: "scsi1" }) });
    await confirmed({ vmid, delete: ["scsi1"] }, { changed: having({ key: "unused0" }) });
    await confirmed({ vmid, delete: ["unused0"] }, { changed: having({ key: "unused0" }) });
  },
  async proxmox_vm_cloud_init_dump({ call, site }) {
    await call({ vmid: site.guests.vm }, { drive: present, user: /live/ });
  },
  async proxmox_vm_action({ call, confirmed, site }) {
    const vmid = site.guests.vm;
    await call({ vmid, action: "start" }, { status: "running", ...done("qmstart") });
    await call({ vmid, action: "suspend" }, done("qmpause"));
    await call({ vmid, action: "resume" }, done("qmresume"));
    await confirmed({ vmid, action: "reset" }, done("qmreset"));
  },
  async proxmox_vm_agent_ping({ call, site }) {
    // Nothing is in it that could answer.
    if (site.template === undefined) await call({ vmid: site.guests.vm }, { state: present, next: present });
    else await call({ vmid: site.guests.agent }, { state: "answers" });
  },
  async proxmox_vm_agent_info({ call, site }) {
    if (site.template === undefined) await call({ vmid: site.guests.vm }, { state: present });
    else await call({ vmid: site.guests.agent }, { state: "answers", os: present });
  },
  async proxmox_vm_guest_agent_diagnose({ call, site }) {
    await call({ vmid: site.guests.vm }, { verdict: present });
  },
  async proxmox_vm_boot_diagnose({ call, site }) {
    await call({ vmid: site.guests.vm }, { verdict: present });
  },
  async proxmox_console_ticket({ confirmed, site }) {
    const socket = { ticket: present, websocket: /^wss:.*vncticket=/ };
    for (const kind of ["vnc", "terminal"]) await confirmed({ targetKind: "vm", target: site.guests.vm, kind }, socket);
  },
  async proxmox_vm_guest_exec({ confirmed, site, need }) {
    need(site.template, "no PROXMOX_LIVE_TEMPLATE with a guest agent inside");
    await confirmed(
      { vmid: site.guests.agent, shell: "cat; echo grüße", stdin: "é\n" },
      { exitcode: 0, stdout: "é\ngrüße\n" },
    );
  },
  async proxmox_node_action({ call, confirmed, fails, site }) {
    const { node } = site;
    const vmids = [site.guests.vm];
    await confirmed({ node, action: "stopall", vmids, timeoutSeconds: 10 }, { guests: { ok: 1 } });
    await call({ node, action: "startall", vmids, force: true }, { guests: { ok: 1 } });
    await confirmed({ node, action: "stopall", vmids, timeoutSeconds: 10 }, { guests: { ok: 1 } });
    // The guard: the node itself, and guests that are not named, are left alone.
    await call({ node, action: "reboot", dryRun: true }, { plan: { allowed: false } });
    await fails({ node, action: "reboot" }, "policy-denied");
    await fails({ node, action: "stopall" }, "policy-denied");
  },
  async proxmox_vm_clone({ call, site }) {
    const { vm, clone } = site.guests;
    await call({ vmid: vm, newid: clone, name: `${MARK}-clone`, full: true }, { vmid: clone, ...done("qmclone") });
  },
  async proxmox_vm_convert_to_template({ confirmed, site }) {
    await confirmed({ vmid: site.guests.clone }, { template: true });
  },
  async proxmox_vm_template_list({ call, site }) {
    await call({ fields: ["vmid"] }, { rows: having([site.guests.clone]) });
  },
  async proxmox_vm_template_get({ call, fails, site }) {
    await call({ vmid: site.guests.clone }, { vmid: site.guests.clone });
    await fails({ vmid: site.guests.vm }, "not-a-template");
  },
  async proxmox_vm_destroy({ confirmed, fails, use, site }) {
    const { clone, linked } = site.guests;
    await use("proxmox_vm_clone", { vmid: clone, newid: linked, name: `${MARK}-copy`, full: true }, done("qmclone"));
    await confirmed({ vmid: linked }, done("qmdestroy"));
    await fails({ vmid: linked }, "unknown-guest");
  },
  async proxmox_pci_mapping_create({ call, site, need }) {
    const device = need(site.device, "the node has no PCI device");
    await call({ id: MARK, devices: { [site.node]: device } }, { id: MARK });
  },
  async proxmox_pci_mapping_get({ call, fails, site, need }) {
    need(site.device, "the node has no PCI device");
    await call({ id: MARK }, { devices: [{ node: site.node }] });
    await fails({ id: `${MARK}-none` }, "unknown-mapping");
  },
  async proxmox_pci_mapping_update({ call, site, need }) {
    need(site.device, "the node has no PCI device");
    await call({ id: MARK, config: { description: MARK } }, { changed: having({ key: "description" }) });
  },
  async proxmox_vm_pci_attach({ call, site, need }) {
    need(site.device, "the node has no PCI device");
    await call({ vmid: site.guests.vm, device: { mapping: MARK } }, { changed: having({ key: "hostpci0" }) });
  },
  async proxmox_vm_pci_detach({ call, site, need }) {
    need(site.device, "the node has no PCI device");
    await call({ vmid: site.guests.vm, device: MARK }, { changed: having({ key: "hostpci0" }) });
  },
  async proxmox_pci_mapping_delete({ confirmed, site, need }) {
    need(site.device, "the node has no PCI device");
    await confirmed({ id: MARK }, { id: MARK });
  },
};
