import type { GuestFiles } from "../guests/guest-files.ts";
import type { LocalApi } from "../local-call.ts";
import type { ClusterState } from "../state/cluster.ts";

/** What goes wrong on hosts; switched by faults. */
export interface HostTroubles {
  /** Offers another host key than before. */
  otherHostKey: boolean;
  /** Refuses every login. */
  refuseLogin: boolean;
  /** Ends the connection of a command once it has written so many bytes. */
  dropAfterBytes?: number;
  /** Ends a command by this signal. */
  signal?: string;
  /** Milliseconds before a command begins. */
  slowMs?: number;
  /** Perl programs complain about the locale. */
  localeNoise: boolean;
  /** sudo wants a password. */
  sudoPassword: boolean;
  /** Lets one thing fail, before or after it is done. */
  failing?: { what: string; after: boolean };
}

/** The machine that a process runs on. */
export interface Machine {
  state: ClusterState;
  node: string;
  api: LocalApi;
  troubles: HostTroubles;
}

/** What a process reads. */
export interface Input {
  /** Everything up to the end. */
  all(): Promise<Uint8Array>;
  /** The next line without its end; undefined at the end of all. */
  line?(): Promise<string | undefined>;
}

/** How a terminal treats what goes through it. */
export interface TerminalSettings {
  /** Shows what is typed. */
  echo: boolean;
  /** Turns line feeds into what moves a cursor to the left as well. */
  opost: boolean;
}

/** A program as it runs on a node. */
export interface Process {
  machine: Machine;
  user: string;
  /** Everything after the program's name. */
  args: readonly string[];
  variables: Map<string, string>;
  /** The node's files as this user sees them. */
  files: GuestFiles;
  stdin: Input;
  out(text: string | Uint8Array): void;
  err(text: string | Uint8Array): void;
  /** Fires when the process is to end. */
  signal: AbortSignal;
  /** Somebody sits before a terminal. */
  tty: boolean;
  /** That terminal, where it can be set. */
  terminal?: TerminalSettings;
  /** By which others find it. */
  task: Task;
  /** Runs another program with this one's input and output; gives its exit code. */
  run(
    words: readonly string[],
    changes?: Partial<Pick<Process, "user" | "variables" | "signal" | "task">>,
  ): Promise<number>;
}

/** Gives the exit code. */
export type Program = (process: Process) => number | Promise<number>;

/** What a process is to others on its machine. */
export interface Task {
  readonly pid: number;
  /** The processes that signals reach together, by the number of their first. */
  readonly group: number;
  /** Fires when it is to end. */
  readonly signal: AbortSignal;
  /** Without SIG, e.g. `TERM`. */
  killedBy?: string;
  /** What it does on a signal in place of ending. */
  readonly traps: Map<string, string>;
  /** What it has still to do because of signals. */
  readonly pending: string[];
  /** Ends a wait. */
  wake(): void;
}

/** A signal ended the process, which has no exit code then. */
export class KilledBySignal extends Error {
  readonly signal: string;
  constructor(name: string) {
    super(name);
    this.signal = name;
  }
}

export const NO_INPUT: Input = { all: async () => new Uint8Array() };

/** Input that is already there. */
export function inputOf(bytes: Uint8Array): Input {
  let at = 0;
  return {
    all: async () => bytes.subarray(at),
    line: async () => {
      if (at >= bytes.length) return undefined;
      const end = bytes.indexOf(10, at);
      const line = Buffer.from(bytes.subarray(at, end < 0 ? bytes.length : end)).toString("utf8");
      at = end < 0 ? bytes.length : end + 1;
      return line;
    },
  };
}

/** Waits, at most until the process is to end. */
export function pause({ machine, signal }: Pick<Process, "machine" | "signal">, ms: number): Promise<void> {
  if (signal.aborted || ms <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const cancel = machine.state.timers.after(ms, done);
    function done(): void {
      cancel();
      signal.removeEventListener("abort", done);
      resolve();
    }
    signal.addEventListener("abort", done, { once: true });
  });
}

/** Whether a command, or what ends at a path, is to fail, and when; the first words of a command are enough. */
export function failureOf({ failing }: HostTroubles, what: string): "before" | "after" | undefined {
  if (failing === undefined || (what !== failing.what && !what.startsWith(`${failing.what} `))) return undefined;
  return failing.after ? "after" : "before";
}
