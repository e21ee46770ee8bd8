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
  },
};
