import { nextEvent, parseCalendar } from "../calendar.ts";
import { nowSeconds } from "../clock.ts";
import type { ClusterState } from "./cluster.ts";
import { type Section, SectionConfig } from "./section-config.ts";

/** When a job ran and what it said. */
export interface ReplicationRun {
  lastSync: number;
  lastTry: number;
  duration: number;
  failCount: number;
  log: string[];
  /** Asked to run as soon as possible. */
  due: boolean;
}

/** Jobs that copy guests' volumes to another node from time to time. */
export class ReplicationState {
  readonly jobs = new SectionConfig();
  readonly #runs = new Map<string, ReplicationRun>();

  run(id: string): ReplicationRun {
    let run = this.#runs.get(id);
    if (!run) {
      run = { lastSync: 0, lastTry: 0, duration: 0, failCount: 0, log: [], due: false };
      this.#runs.set(id, run);
    }
    return run;
  }

  forget(id: string): void {
    this.jobs.delete(id);
    this.#runs.delete(id);
  }

  nextSync(id: string): number {
    const run = this.run(id);
    if (run.due) return nowSeconds();
    const calendar = parseCalendar(String(this.jobs.get(id)?.schedule ?? "*/15"));
    return (calendar && nextEvent(calendar, Math.max(run.lastSync, nowSeconds()))) ?? 0;
  }

  /** Runs a job some time from now. */
  schedule(state: ClusterState, id: string): void {
    const run = this.run(id);
    run.due = true;
    state.timers.after(state.pace.taskMs, () => {
      const job = this.jobs.get(id);
      run.due = false;
      if (!job || job.disable) return;
      const seconds = nowSeconds();
      run.lastTry = seconds;
      const guest = `${state.guests.get(Number(job.guest))?.type === "lxc" ? "CT" : "VM"} ${String(job.guest)}`;
      if (state.nodes.get(String(job.target))?.online) {
        run.lastSync = seconds;
        run.duration = 1.2;
        run.failCount = 0;
        run.log = [
          `${id}: start replication job`,
          `${id}: guest => ${guest}, running => 1`,
          `${id}: end replication job`,
        ];
      } else {
        run.failCount += 1;
        run.log = [`${id}: start replication job`, `${id}: end replication job with error: target node is not online`];
      }
    });
  }

  /** Takes a job away once its remains are cleaned up. */
  scheduleRemoval(state: ClusterState, id: string, job: Section): void {
    state.timers.after(state.pace.taskMs, () => {
      if (this.jobs.get(id) === job) this.forget(id);
    });
  }
}
