import type { OpenStream } from "../pve/cluster.ts";
import type { OperationId, Params, Send } from "../schema/operation.ts";
import type { Command } from "../ssh/command-line.ts";
import type { Caller, Gate } from "./gate.ts";

/** One command that is run by way of a terminal, as gate, policy and audit see it. */
export interface ConsoleRun {
  node: string;
  operation: OperationId;
  params: Params;
  /** A shell line, or a command with its arguments; for a container by `pct exec`, as on its node. */
  command: Command;
  stdin?: Uint8Array | string;
  /** Milliseconds after which the machine itself ends the command. */
  timeoutMs: number;
  /** Most bytes that are kept of each of stdout and stderr; 1 MiB when absent. */
  maxBytes?: number;
  signal?: AbortSignal;
}

/** How a command ended, and what it wrote. */
export interface ConsoleResult {
  /** Exit code, 128 and its number for a signal; undefined when nothing told it, or the timeout ended it. */
  code: number | undefined;
  stdout: string;
  stderr: string;
  stdoutBytes: Uint8Array;
  truncated: { stdout: boolean; stderr: boolean };
  timedOut: boolean;
  durationMs: number;
}

/** A user of the nodes' own, for consoles that ask for a login. */
export interface ConsoleLogin {
  username: string;
  password: string;
}

/** Terminals of one cluster, for commands where there is no SSH. */
export interface Consoles {
  /** Whether commands on this node go this way, as no SSH identity is known for it. */
  leadTo(node: string): Promise<boolean>;
  /** Runs one command behind a terminal; passes the gate before a terminal is asked for. */
  exec(caller: Caller, run: ConsoleRun): Promise<ConsoleResult>;
  close(): Promise<void>;
}

export interface ConsolesOptions {
  /** The cluster as its consoles know it. */
  cluster: { name: string; send(caller: Caller): Send; stream(caller: Caller): OpenStream };
  gate: Gate;
  login?: ConsoleLogin | undefined;
  /** Whether a node is reached by SSH. */
  hasSsh(node: string): Promise<boolean>;
}

/** Prepares the consoles of one cluster; all code that they need is loaded at the first command. */
export function openConsoles(options: ConsolesOptions): Consoles {
  const ends = new AbortController();
  return {
    leadTo: async (node) => !(await options.hasSsh(node)),
    async exec(caller, run) {
      const { execByConsole } = await import("./exec.ts");
      return execByConsole(options, caller, run, ends.signal);
    },
    close: async () => ends.abort(),
  };
}
