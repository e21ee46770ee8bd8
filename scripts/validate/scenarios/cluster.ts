import { CephCluster } from "../../../src/lab/state/ceph.ts";
import type { Domain } from "../scenario.ts";

/** What concerns the nodes of a cluster as a whole. */
export const cluster: Domain = {
  name: "cluster",
  lab: { seed: "medium", taskMs: 40 },
  scenarios: {
    async proxmox_ceph_status({ call, lab }) {
      await call({}, { installed: false });
      // Ceph runs beside the node that answers, so that the others are asked.
      for (const node of ["pve2", "pve3"]) lab.state.hosts.of(node).profile.missing = new Set();
      lab.state.datacenter.ceph = new CephCluster(["pve2", "pve3"]);
      await call({}, { installed: true, node: "pve2", ceph: { health: "HEALTH_OK" } });
      lab.state.hosts.of("pve1").profile.missing = new Set();
      await call({}, { installed: true, ceph: { osds: { up: 4 } } });
    },
    async proxmox_node_action({ call, confirmed, fails, lab, check }) {
      const node = "pve1";
      await call({ node, action: "reboot", dryRun: true }, { plan: { class: "destructive", allowed: true } });
      await call({ node, action: "startall", vmids: [102] }, { guests: { ok: 1, failed: [] } });
      await fails({ node, action: "startall", vmids: ["legacy-app"] }, "guests-failed", {
        data: { guests: { failed: [{ vmid: 101 }] } },
      });
      await confirmed({ node, action: "suspendall", vmids: [100] }, { guests: { ok: 1 } });
      await confirmed({ node, action: "stopall", vmids: [102], timeoutSeconds: 60 }, { guests: { ok: 1 } });
      await confirmed({ node, action: "migrateall", target: "pve2", vmids: [102] }, { guests: { ok: 1 } });
      check(lab.state.guests.get(102)?.node, "pve2", "where the guest is");
      await confirmed({ node: "pve3", action: "shutdown", waitSeconds: 60 }, { status: "offline" });
      await fails({ node: "pve3", action: "reboot" }, "node-offline");
      lab.state.hosts.of("pve3").config.update({ wakeonlan: "BC:24:11:AA:BB:CC" }, []);
      await call({ node: "pve3", action: "wakeonlan", waitSeconds: 60 }, { status: "online", mac: /^BC:/ });
    },
  },
};
