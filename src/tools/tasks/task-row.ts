import type { Columns } from "../columnar.ts";
import { TASK_OUTCOMES, type TaskOutcome } from "./task-outcome.ts";

/** A row of a task list, as `/cluster/tasks` and `/nodes/{node}/tasks` give it. */
export interface TaskRow {
  cluster: string;
  task: Readonly<Record<string, unknown>>;
}

const text = (name: string) => ({ value: ({ task }: TaskRow) => task[name] as string | undefined });
const time = (name: string) => ({
  value: ({ task }: TaskRow) =>
    Number(task[name]) > 0 ? new Date(Number(task[name]) * 1000).toISOString().replace(".000Z", "Z") : undefined,
});

/** Columns of the task lists. */
export const TASK_COLUMNS = {
  cluster: { value: (row: TaskRow) => row.cluster, extra: true as const },
  starttime: time("starttime"),
  node: text("node"),
  type: text("type"),
  id: text("id"),
  user: text("user"),
  state: { value: ({ task }: TaskRow) => outcomeOf(task) },
  status: text("status"),
  upid: text("upid"),
  endtime: { ...time("endtime"), extra: true as const },
} satisfies Columns<TaskRow>;

/** How a listed task stands: a row without an end runs (pve-facts 48, 51). */
export function outcomeOf(task: Readonly<Record<string, unknown>>): TaskOutcome {
  const status = typeof task.status === "string" ? task.status : "";
  if (task.endtime === undefined || task.endtime === null || status === "RUNNING" || status === "running")
    return "running";
  return TASK_OUTCOMES.find(({ matches }) => matches.test(status))?.outcome ?? "failed";
}

/** Who started a task, token name included; some versions give it apart from the user. */
export function taskOwner(task: Readonly<Record<string, unknown>>): string {
  const user = String(task.user ?? "");
  return typeof task.tokenid === "string" && !user.includes("!") ? `${user}!${task.tokenid}` : user;
}
