import type { ClusterState } from "../state/cluster.ts";
import type { Machine, Task } from "./process.ts";

const FIRST_PID = 4242;
const NUMBERS: Readonly<Record<string, string>> = { 1: "HUP", 2: "INT", 3: "QUIT", 6: "ABRT", 9: "KILL", 15: "TERM" };
const CODES: Readonly<Record<string, number>> = { HUP: 1, INT: 2, QUIT: 3, ABRT: 6, KILL: 9, TERM: 15 };

/** A signal's name without SIG, from its name or its number. */
export function signalName(text: string): string {
  const name = text.replace(/^SIG/, "");
  return NUMBERS[name] ?? name;
}

/** What a shell tells of a process that a signal ended. */
export function signalCode(name: string): number {
  return 128 + (CODES[name] ?? 15);
}

class Running implements Task {
  readonly pid: number;
  readonly group: number;
  readonly traps = new Map<string, string>();
  readonly pending: string[] = [];
  killedBy?: string;
  wake: () => void = () => {};
  /** Lets go of its parent. */
  leave: () => void = () => {};
  readonly #end = new AbortController();

  constructor(pid: number, group: number) {
    this.pid = pid;
    this.group = group;
  }

  get signal(): AbortSignal {
    return this.#end.signal;
  }

  take(name: string): void {
    const trap = this.traps.get(name);
    if (name === "KILL" || trap === undefined) {
      this.killedBy ??= name;
      this.#end.abort();
    } else if (trap !== "") this.pending.push(trap);
    this.wake();
  }
}

/** The processes of the shells of one machine. */
export class TaskTable {
  readonly #running = new Map<number, Running>();
  #next = FIRST_PID;

  /** A process that ends with its parent; without one it begins a session, and a group, of its own. */
  start(parent?: Task): Task {
    const pid = this.#next++;
    const task = new Running(pid, parent?.group ?? pid);
    this.#running.set(pid, task);
    if (parent) {
      const hangUp = (): void => task.take("HUP");
      parent.signal.addEventListener("abort", hangUp, { once: true });
      task.leave = () => parent.signal.removeEventListener("abort", hangUp);
    }
    return task;
  }

  end({ pid }: Task): void {
    this.#running.get(pid)?.leave();
    this.#running.delete(pid);
  }

  /** Sends a signal to a process, or to a group by its negative number; false when there is none. `0` only asks. */
  kill(target: number, name: string): boolean {
    const meant = [...this.#running.values()].filter(
      ({ pid, group, signal }) => !signal.aborted && (target < 0 ? group === -target : pid === target),
    );
    if (name !== "0") for (const one of meant) one.take(name);
    return meant.length > 0;
  }
}

const tables = new WeakMap<ClusterState, Map<string, TaskTable>>();

/** The processes of a machine. */
export function tasksOf({ state, node }: Pick<Machine, "state" | "node">): TaskTable {
  const ofState = tables.get(state) ?? new Map<string, TaskTable>();
  tables.set(state, ofState);
  const table = ofState.get(node) ?? new TaskTable();
  ofState.set(node, table);
  return table;
}
