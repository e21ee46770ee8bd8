import { atLeast, having, present } from "../pattern.ts";
import type { Domain } from "../scenario.ts";

/** Clusters, nodes, and what this server may do. */
export const inventory: Domain = {
  name: "inventory",
  lab: { seed: "medium" },
  scenarios: {
    async proxmox_inventory_overview({ call }) {
      await call({}, { clusters: [{ nodes: { total: 3, online: 3 }, vms: { total: atLeast(10) } }] });
    },
    async proxmox_cluster_status({ call }) {
      await call({}, { quorate: true });
    },
    async proxmox_node_list({ call, fails }) {
      await call({}, { total: 3, columns: having("node") });
      await fails({ fields: ["nodes"] }, "invalid-arguments");
    },
    async proxmox_node_get({ call, fails }) {
      await call({ node: "pve1" }, { node: "pve1" });
      await fails({ node: "pve9" }, "unknown-node");
    },
    async proxmox_capabilities({ call }) {
      await call({}, { access: present });
    },
  },
};
