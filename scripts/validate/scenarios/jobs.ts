import type { Lab } from "../../../src/lab/index.ts";
import { absent, atLeast, having } from "../pattern.ts";
import type { Domain } from "../scenario.ts";

/** Puts a task of this server's token on record that ended half an hour ago. */
function pastTask(lab: Lab, { type, id }: { type: string; id: string }) {
  const { user, realm, id: tokenid } = lab.token;
  const plan = { node: "pve1", type, id, user: `${user}@${realm}`, tokenid };
  return lab.state.tasks.record(plan, Date.now() - 1_800_000, 5, "OK", ["done"]);
}

/** Tasks, and the jobs that tools start. */
export const jobs: Domain = {
  name: "jobs",
  lab: { seed: "medium" },
  scenarios: {
    async proxmox_task_list({ call, fails }) {
      await call({ errors: true }, { total: atLeast(1) });
      await call({ node: "pve1", type: "vzdump" }, { total: 2 });
      await fails({ since: "yesterday" }, "invalid-argument");
    },
    async proxmox_task_get({ call, use, fails }) {
      const { rows } = await use("proxmox_task_list", { node: "pve1", type: "vzdump", fields: ["upid"] });
      await call({ upid: rows[0][0] }, { type: "vzdump", log: { total: atLeast(1) } });
      await fails({ upid: "UPID:x" }, "invalid-upid");
    },
    async job_list({ call, use }) {
      const { job } = await use("proxmox_vm_action", { vmid: 100, action: "reboot" });
      await call({ fields: ["job"] }, { rows: having([job.id]) });
    },
    async job_get({ call, use, fails, lab }) {
      const { job } = await use("proxmox_vm_action", { vmid: 100, action: "reboot" });
      await call({ id: job.id }, { job: { id: job.id, state: "ok" } });
      await fails({ id: `${job.id}x` }, "unknown-job");
      const gone = pastTask(lab, { type: "qmstart", id: "100" });
      const { rows } = await use("job_list", { fields: ["job"] });
      const id = rows.flat().find((one: string) => one.includes(gone.upid));
      lab.state.tasks.forget(gone.upid);
      await fails({ id }, "task-unknown", { data: { job: { state: "unknown" } } });
    },
    async job_wait({ call, use, lab }) {
      // Long enough for a look at the log.
      lab.state.pace.taskMs = 2000;
      const { job } = await use("proxmox_vm_action", { vmid: 100, action: "reboot", waitSeconds: 0 });
      await call({ id: job.id, waitSeconds: 0 }, { job: { state: "running" } });
      await call({ id: job.id }, { job: { state: "ok" } });
    },
    async job_logs({ call, use, fails }) {
      const { job } = await use("proxmox_vm_action", { vmid: 100, action: "reboot" });
      await call({ id: job.id, limit: 1 }, { state: "ok", lines: ["TASK OK"] });
      await fails({ id: job.upid }, "unknown-job");
    },
    async job_cancel({ call, use, lab, check }) {
      lab.state.pace.taskMs = 3_600_000;
      lab.faults.add({ fault: "task-leaves-lock", lock: "backup" });
      const { job } = await use("proxmox_vm_action", { vmid: 100, action: "reboot", waitSeconds: 0 });
      const { vmid } = [...lab.state.guests.values()].find(({ type, running }) => type === "lxc" && running)!;
      const other = await use("proxmox_lxc_action", { vmid, action: "reboot", waitSeconds: 0 });
      await call({ id: job.id, dryRun: true }, { plan: { class: "mutate" } });
      check(lab.state.tasks.get(job.upid)?.endtime, absent, "the end of the task");
      await call({ id: job.id }, { outcome: "stopped", locked: [{ vmid: 100, lock: "backup" }] });
      await call({ id: other.job.id }, { outcome: "stopped", locked: [{ vmid, unlock: `pct unlock ${vmid}` }] });
      await call({ id: job.id }, { outcome: "already-ended" });
    },
  },
};
