import { atLeast, having, present } from "../../validate/pattern.ts";
import type { LiveScenarios } from "../stage.ts";

/** What only looks. */
export const reading: LiveScenarios = {
  async proxmox_inventory_overview({ call }) {
    await call({}, { clusters: [{ nodes: { total: atLeast(1), online: atLeast(1) }, vms: { total: atLeast(1) } }] });
  },
  async proxmox_cluster_status({ call }) {
    await call({}, { quorate: true });
  },
  async proxmox_node_list({ call, site }) {
    await call({ fields: ["node"] }, { rows: having([site.node]) });
  },
  async proxmox_node_get({ call, fails, site }) {
    await call({ node: site.node }, { node: site.node });
    await fails({ node: "no-such-node" }, "unknown-node");
  },
  async proxmox_network_list({ call, site }) {
    await call({ node: site.node }, { total: atLeast(1), columns: having("iface") });
  },
  async proxmox_sdn_list({ call }) {
    await call({}, { total: atLeast(0) });
  },
  async proxmox_firewall_get({ call, site }) {
    for (const section of ["rules", "options", "aliases", "ipsets", "groups", "refs"])
      await call({ scope: "cluster", section });
    for (const section of ["rules", "options"]) await call({ scope: "node", node: site.node, section });
    for (const section of ["rules", "options"]) await call({ scope: "vm", vmid: site.guests.vm, section });
  },
  async proxmox_user_list({ call }) {
    await call({}, { total: atLeast(1) });
    await call({ kind: "token" });
  },
  async proxmox_ceph_status({ call }) {
    await call({}, { installed: present });
  },
  async proxmox_capabilities({ call }) {
    await call({}, { access: { ceiling: "escape" }, clusters: [{ reachable: true }] });
  },
  async proxmox_storage_list({ call }) {
    await call({}, { total: atLeast(1), columns: having("storage") });
  },
  async proxmox_storage_get({ call, fails, site, need }) {
    const storage = need(site.storages.images, "no storage for disks");
    await call({ storage }, { storage });
    await fails({ storage: "no-such-storage" }, "unknown-storage");
  },
  async proxmox_cloud_init_snippet_list({ call }) {
    await call({}, { total: atLeast(0) });
  },
  async proxmox_backup_jobs({ call }) {
    await call({}, { total: atLeast(0) });
  },
  async proxmox_pci_mapping_list({ call }) {
    await call({}, { total: atLeast(0) });
  },
  async proxmox_task_list({ call, site }) {
    await call({ node: site.node }, { total: atLeast(1) });
  },
  async proxmox_task_get({ call, use, site }) {
    const { rows } = await use("proxmox_task_list", { node: site.node, vmid: site.guests.vm, fields: ["upid"] });
    await call({ upid: rows[0][0] }, { type: present, log: { total: atLeast(1) } });
  },
};
