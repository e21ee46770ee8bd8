import type { Lab } from "../../../src/lab/index.ts";
import { absent, atLeast, having } from "../pattern.ts";
import type { Domain } from "../scenario.ts";

/** A small software-defined network that runs. */
function plantSdn({ state }: Lab): void {
  const { sdn } = state.datacenter;
  sdn.zones.set("z1", { type: "simple" });
  sdn.vnets.set("v1", { type: "vnet", zone: "z1", alias: "front" });
  sdn.subnets.set("z1-10.1.0.0-24", { type: "subnet", vnet: "v1", gateway: "10.1.0.1" });
  sdn.controllers.set("c1", { type: "evpn", asn: 65000, peers: "192.0.2.1" });
  sdn.commit();
  for (const node of state.nodes.keys()) sdn.nodeVersions.set(node, sdn.version);
}

/** Interfaces, the software-defined network and firewalls. */
export const network: Domain = {
  name: "network",
  lab: { seed: "medium", taskMs: 40 },
  scenarios: {
    async proxmox_network_list({ call, fails, use, lab }) {
      await call({}, { total: atLeast(6), columns: having("iface"), pending: absent });
      await use("proxmox_api_call", {
        method: "POST",
        path: "/nodes/pve1/network",
        params: { iface: "vmbr7", type: "bridge", cidr: "198.51.100.130/28" },
      });
      await call({ node: "pve1", type: "bridge" }, { pending: [{ node: "pve1", changes: /vmbr7/ }] });
      await fails({ node: "pve9" }, "unknown-node");
      lab.state.hosts.of("pve1").network.revert();
    },
    async proxmox_sdn_list({ call, lab }) {
      plantSdn(lab);
      await call({}, { total: 4, waiting: 0 });
      lab.state.datacenter.sdn.vnets.set("v1", { type: "vnet", zone: "z1", alias: "back" });
      await call({ kind: "vnet", fields: ["state", "changes"] }, { rows: [["changed", "alias=back"]], waiting: 1 });
      await call({ kind: "controller" }, { total: 1 });
    },
    async proxmox_firewall_get({ call, fails, lab }) {
      const { firewall } = lab.state;
      firewall.cluster.options = { enable: 1 };
      firewall.cluster.setAlias("office", "10.1.2.0/24", undefined);
      firewall.cluster.ipsets.set("admins", { entries: [{ cidr: "10.9.0.0/24" }] });
      firewall.cluster.groups.set("web", { rules: [] });
      const scope = "cluster";
      await call({ scope }, { effect: { active: true }, total: 0 });
      await call({ scope, section: "options" }, { options: { enable: 1 } });
      await call({ scope, section: "aliases" }, { total: 1 });
      await call({ scope, section: "ipsets" }, { rows: [["admins", "10.9.0.0/24"]] });
      await call({ scope, section: "groups" }, { rows: [["web"]] });
      await call({ scope, section: "refs" }, { total: atLeast(2) });
      for (const section of ["rules", "options", "log"]) await call({ scope: "node", node: "pve1", section });
      for (const guest of [
        { scope: "vm", vmid: "web01" },
        { scope: "lxc", vmid: "dns01" },
      ]) {
        firewall.guest(guest.vmid === "web01" ? 100 : 103).ipsets.set("own", { entries: [{ cidr: "10.3.0.0/24" }] });
        for (const section of ["rules", "options", "aliases", "ipsets", "refs", "log"])
          await call({ ...guest, section });
      }
      await fails({ scope, section: "log" }, "invalid-argument");
    },
  },
};
