import type { LabTask } from "../tasks.ts";
import type { ClusterState } from "./cluster.ts";

/** A line of a node's log. */
export interface LogLine {
  /** Seconds since the epoch. */
  time: number;
  unit: string;
  pid: number;
  text: string;
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** A line as the log's reader prints it, in UTC. */
export function formatLine(node: string, { time, unit, pid, text }: LogLine): string {
  const at = new Date(time * 1000);
  const clock = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()].map(two).join(":");
  return `${MONTHS[at.getUTCMonth()]} ${two(at.getUTCDate())} ${clock} ${node} ${unit}[${pid}]: ${text}`;
}

function taskLines({ upid, starttime, endtime, exitstatus, user, pid }: LabTask): LogLine[] {
  const lines: LogLine[] = [{ time: starttime, unit: "pvedaemon", pid: 1201, text: `<${user}> starting task ${upid}` }];
  if (endtime !== undefined)
    lines.push({
      time: endtime,
      unit: "pvedaemon",
      pid: exitstatus === "OK" ? 1201 : pid,
      text: `<${user}> end task ${upid} ${exitstatus}`,
    });
  return lines;
}

/** What a node logged since it started: its services, then what its tasks did. */
export function nodeLog(state: ClusterState, node: string): LogLine[] {
  const booted = Math.floor((state.nodes.get(node)?.bootedAt ?? Date.now()) / 1000);
  const services = [...state.hosts.of(node).profile.running];
  const lines = services.map((service, index) => ({
    time: booted + 12 + index,
    unit: "systemd",
    pid: 1,
    text: `Started ${service}.service.`,
  }));
  for (const task of state.tasks.all()) if (task.node === node) lines.push(...taskLines(task));
  return lines.sort((one, other) => one.time - other.time);
}
