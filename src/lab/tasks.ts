import { AsyncLocalStorage } from "node:async_hooks";
import type { Pace, Timers } from "./clock.ts";
import { Refusal } from "./refusal.ts";
import { formatUpid, type Upid } from "./upid.ts";

/** How a task ends: `ok`, with warnings, with an error text, or without a final line in its log. */
export type Outcome =
  | { kind: "ok" }
  | { kind: "warnings"; count: number }
  | { kind: "error"; message: string }
  | { kind: "lost" };

/** Reads an outcome as PVE spells it: `OK`, `WARNINGS: 2`, `unexpected status`, or an error text (pve-facts 48). */
export function parseOutcome(text: string): Outcome {
  if (text === "OK") return { kind: "ok" };
  if (text === "unexpected status") return { kind: "lost" };
  const warnings = /^WARNINGS: (\d+)$/.exec(text);
  return warnings ? { kind: "warnings", count: Number(warnings[1]) } : { kind: "error", message: text };
}

/** A worker, running or ended. */
export interface LabTask extends Upid {
  upid: string;
  /** Milliseconds since the epoch: when the log file can be read. */
  visibleAt: number;
  /** Seconds since the epoch, once it has ended. */
  endtime?: number;
  exitstatus?: string;
  log: string[];
}

export interface TaskPlan {
  node: string;
  type: string;
  id: string;
  user: string;
  tokenid?: string;
  /** Multiple of `Pace.taskMs`. */
  weight: number;
  /** Runs at once, before the task is announced: takes locks, writes log lines. */
  begin?: (task: LabTask) => void;
  /** Runs when the time is over and decides how it ends; throws an error's text. */
  work?: (task: LabTask) => Outcome | undefined;
  /** Replaces what `work` would have said; for an error, `work` is not run. */
  outcome?: Outcome;
}

/** What is odd about the tasks that one request starts. */
export interface TaskTrouble {
  outcome?: Outcome;
  /** Milliseconds before it can be read. */
  visibleMs?: number;
  /** In the UPID instead of the real ones. */
  pstart?: number;
  id?: string;
  /** Lines that it writes first. */
  log?: readonly string[];
  /** Ends as if its work had been done. */
  skipsWork?: boolean;
  /** Is forgotten once it has ended. */
  vanishes?: boolean;
  /** Goes on for so many milliseconds when it is to stop, and is killed then (pve-facts 52). */
  killMs?: number;
  began?: (task: LabTask) => void;
  ended?: (task: LabTask, cancelled: boolean) => void;
}

/** Carries the trouble of a request to whatever tasks it starts. */
export const taskTrouble = new AsyncLocalStorage<TaskTrouble>();

/** The workers of a cluster: they start, take their time, and leave a record. */
export class Tasks {
  readonly #pace: Pace;
  readonly #timers: Timers;
  readonly #bootedAt: (node: string) => number;
  readonly #tasks = new Map<string, LabTask>();
  readonly #cancels = new Map<string, () => void>();
  readonly #troubles = new Map<string, TaskTrouble>();
  /** Milliseconds by which the clocks of nodes are wrong. */
  readonly skewMs = new Map<string, number>();
  #pid = 1000;

  constructor(pace: Pace, timers: Timers, bootedAt: (node: string) => number) {
    this.#pace = pace;
    this.#timers = timers;
    this.#bootedAt = bootedAt;
  }

  /** Every task on record, oldest first. */
  all(): Iterable<LabTask> {
    return this.#tasks.values();
  }

  get(upid: string): LabTask | undefined {
    return this.#tasks.get(upid);
  }

  #create(plan: Omit<TaskPlan, "weight">, atMs: number, trouble: TaskTrouble = {}): LabTask {
    this.#pid += 1 + (this.#pid % 3);
    const startedAtMs = atMs + (this.skewMs.get(plan.node) ?? 0);
    const fields: Upid = {
      node: plan.node,
      pid: this.#pid,
      pstart: trouble.pstart ?? Math.max(1, Math.floor((atMs - this.#bootedAt(plan.node)) / 10)),
      starttime: Math.floor(startedAtMs / 1000),
      type: plan.type,
      id: trouble.id ?? plan.id,
      user: plan.user,
      ...(plan.tokenid === undefined ? {} : { tokenid: plan.tokenid }),
    };
    const task: LabTask = { ...fields, upid: formatUpid(fields), visibleAt: 0, log: [] };
    this.#tasks.set(task.upid, task);
    return task;
  }

  /** Starts a worker and gives its record; the answer to the caller is its `upid`. */
  start(plan: TaskPlan): LabTask {
    const now = Date.now();
    const trouble = taskTrouble.getStore() ?? {};
    const task = this.#create(plan, now, trouble);
    this.#troubles.set(task.upid, trouble);
    task.visibleAt = now + (trouble.visibleMs ?? this.#pace.taskVisibleMs);
    task.log.push(...(trouble.log ?? []));
    plan.begin?.(task);
    trouble.began?.(task);
    const cancel = this.#timers.after(Math.max(1, this.#pace.taskMs * plan.weight), () => {
      this.#cancels.delete(task.upid);
      this.#end(task, this.#run(task, plan));
    });
    this.#cancels.set(task.upid, cancel);
    return task;
  }

  #run(task: LabTask, plan: TaskPlan): Outcome {
    const trouble = this.#troubles.get(task.upid);
    const forced = plan.outcome ?? trouble?.outcome ?? (trouble?.skipsWork ? { kind: "ok" } : undefined);
    if (trouble?.skipsWork && forced) return forced;
    if (forced?.kind === "error" || forced?.kind === "lost") return forced;
    try {
      const outcome = plan.work?.(task) ?? { kind: "ok" };
      return forced ?? outcome;
    } catch (error) {
      return { kind: "error", message: lastWords(error) };
    }
  }

  #end(task: LabTask, outcome: Outcome, cancelled = false): void {
    const trouble = this.#troubles.get(task.upid);
    this.#troubles.delete(task.upid);
    task.endtime = Math.floor((Date.now() + (this.skewMs.get(task.node) ?? 0)) / 1000);
    switch (outcome.kind) {
      case "ok":
        task.exitstatus = "OK";
        task.log.push("TASK OK");
        break;
      case "warnings":
        task.exitstatus = `WARNINGS: ${outcome.count}`;
        task.log.push(`TASK WARNINGS: ${outcome.count}`);
        break;
      case "error":
        task.exitstatus = outcome.message;
        task.log.push(`TASK ERROR: ${outcome.message}`);
        break;
      case "lost":
        task.exitstatus = "unexpected status";
        break;
    }
    trouble?.ended?.(task, cancelled);
    if (trouble?.vanishes) this.forget(task.upid);
  }

  /** Stops a running worker; what it had begun stays as it is, and one that was killed writes no final line (pve-facts 52). */
  cancel(task: LabTask): void {
    const cancel = this.#cancels.get(task.upid);
    if (!cancel) return;
    cancel();
    this.#cancels.delete(task.upid);
    const { killMs } = this.#troubles.get(task.upid) ?? {};
    if (killMs === undefined) this.#end(task, { kind: "error", message: "received interrupt" }, true);
    else this.#timers.after(killMs, () => this.#end(task, { kind: "lost" }, true));
  }

  /** Ends a running worker well, before its time. */
  finish(task: LabTask): void {
    const cancel = this.#cancels.get(task.upid);
    if (!cancel) return;
    cancel();
    this.#cancels.delete(task.upid);
    this.#end(task, { kind: "ok" });
  }

  /** Ends every running worker of a node without a final line, as when the node dies. */
  lose(node: string): void {
    for (const task of this.#tasks.values()) {
      if (task.node !== node || task.endtime !== undefined) continue;
      this.#cancels.get(task.upid)?.();
      this.#cancels.delete(task.upid);
      this.#end(task, { kind: "lost" });
    }
  }

  /** Puts a task of the past on record. */
  record(plan: Omit<TaskPlan, "weight">, startedAtMs: number, seconds: number, status: string, log: string[]): LabTask {
    const task = this.#create(plan, startedAtMs);
    task.log = [...log];
    this.#end(task, parseOutcome(status));
    task.endtime = Math.floor(startedAtMs / 1000) + seconds;
    return task;
  }

  /** Forgets a task, as the log rotation does (pve-facts 49). */
  forget(upid: string): void {
    this.#cancels.get(upid)?.();
    this.#cancels.delete(upid);
    this.#tasks.delete(upid);
  }
}

/** What a worker dies of, on one line; a parameter's fault comes with its code and the parameter's name. */
function lastWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!(error instanceof Refusal) || !error.errors) return error.message;
  const faults = Object.entries(error.errors).map(([name, text]) => `${name}: ${text.trim()}`);
  return [`${error.status} ${error.message}`, ...faults.sort()].join(" ").replaceAll("\n", " ");
}
