import type { LabTask } from "../tasks.ts";

/** Priorities of the system's log. */
const ERROR = 3;
const INFO = 6;
/** Entries that are kept. */
const KEPT = 200;

/** What tasks leave in the cluster's log: that they started and how they ended, newest first. */
export function clusterLog(tasks: Iterable<LabTask>, now: number): Record<string, unknown>[] {
  const entries: { time: number; task: LabTask; msg: string; pri: number }[] = [];
  for (const task of tasks) {
    entries.push({ time: task.starttime, task, msg: `starting task ${task.upid}`, pri: INFO });
    if (task.endtime === undefined) continue;
    const failed = task.exitstatus !== "OK" && !task.exitstatus?.startsWith("WARNINGS: ");
    const msg = `end task ${task.upid} ${task.exitstatus}`;
    entries.push({ time: Math.min(task.endtime, now), task, msg, pri: failed ? ERROR : INFO });
  }
  entries.sort((one, other) => one.time - other.time);
  return entries
    .map(({ time, task, msg, pri }, index) => {
      const uid = String(index + 1);
      const user = task.tokenid === undefined ? task.user : `${task.user}!${task.tokenid}`;
      return { id: `${uid}:${task.node}`, uid, time, node: task.node, pid: task.pid, tag: "pvedaemon", pri, user, msg };
    })
    .slice(-KEPT)
    .reverse();
}
