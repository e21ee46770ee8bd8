import { atLeast } from "../pattern.ts";
import type { Domain } from "../scenario.ts";

/** Backups and their jobs. */
export const backup: Domain = {
  name: "backup",
  lab: { seed: "medium", taskMs: 40 },
  scenarios: {
    async proxmox_backup_jobs({ call, lab }) {
      lab.state.backups.jobs.set("nightly", { schedule: "02:30", storage: "nfs", vmid: "100", enabled: 1 });
      await call({}, { total: 1, uncovered: { total: atLeast(90) } });
    },
    async proxmox_backup_start({ call, fails, lab, check }) {
      await call(
        { vmids: ["web01", "ct-stopped"], storage: "nfs" },
        {
          guests: [
            { vmid: 100, state: "saved" },
            { vmid: 112, state: "saved" },
          ],
        },
      );
      const saved = [...lab.state.volumes.values()].filter(({ content }) => content === "backup");
      check(saved.length, 2, "backups");
      await fails({ vmids: ["db-locked"], storage: "nfs" }, "not-backed-up");
      await fails({ vmids: ["web01"], storage: "local-lvm" }, "unfit-storage");
    },
  },
};
