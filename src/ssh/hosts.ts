import type { OperationId, Params } from "../schema/operation.ts";
import type { Command } from "./command-line.ts";
import type { ExecResult } from "./exec.ts";
import type { Caller, Gate } from "./gate.ts";
import type { HostDialOptions } from "./dial.ts";
import type { FileContent } from "./read-file.ts";
import type { Written } from "./write-file.ts";

/** What is done, as gate, policy and audit see it, and where. */
export interface HostCall {
  node: string;
  operation: OperationId;
  params: Params;
  /** As root; when absent, by sudo if the user who logs in is not root. */
  sudo?: boolean;
  signal?: AbortSignal;
}

export interface HostExec {
  /** A shell line, or a command with its arguments, each of which arrives as it is given. */
  command: Command;
  /** Variables, where the command is a line for a shell of Windows. */
  env?: Readonly<Record<string, string>>;
  stdin?: Uint8Array | string;
  timeoutMs: number;
  /** Most bytes that are kept of each of stdout and stderr; 1 MiB when absent. */
  maxBytes?: number;
}

export interface HostRead {
  path: string;
  offset?: number;
  length?: number;
  maxBytes: number;
}

export interface HostWrite {
  path: string;
  bytes: Uint8Array;
  mode?: number;
  exclusive?: boolean;
}

/** One node, for what belongs to one admitted call. */
export interface HostSession {
  exec(run: HostExec): Promise<ExecResult>;
  readFile(read: HostRead): Promise<FileContent>;
  writeFile(write: HostWrite): Promise<Written>;
}

/** The hosts of one cluster, over SSH. Every method passes the gate before a connection or a channel is opened. */
export interface Hosts {
  exec(caller: Caller, run: HostCall & HostExec): Promise<ExecResult>;
  readFile(caller: Caller, read: HostCall & HostRead): Promise<FileContent>;
  writeFile(caller: Caller, write: HostCall & HostWrite): Promise<Written>;
  /** Several steps under one admission, as a file that goes to a container by way of its node. */
  within<T>(caller: Caller, call: HostCall, steps: (host: HostSession) => Promise<T>): Promise<T>;
  /** Connects and logs in, and does nothing. */
  reach(caller: Caller, node: string, signal?: AbortSignal): Promise<{ address: string; port: number }>;
  /** Which nodes of the cluster can be logged in to, and why the others cannot. */
  survey(caller: Caller, signal?: AbortSignal): Promise<HostFinding[]>;
  close(): Promise<void>;
}

interface HostFinding {
  node: string;
  /** Why nobody can log in to it. */
  problem?: unknown;
}

export interface HostsOptions extends HostDialOptions {
  gate: Gate;
}

/** Prepares the hosts of one cluster; the library and all code that needs it are loaded at the first call. */
export function openHosts(options: HostsOptions): Hosts {
  let opened: Promise<Hosts> | undefined;
  const hosts = () => {
    opened ??= import("./ssh-hosts.ts").then(({ connectHosts }) => connectHosts(options));
    return opened;
  };
  return {
    exec: async (caller, run) => (await hosts()).exec(caller, run),
    readFile: async (caller, read) => (await hosts()).readFile(caller, read),
    writeFile: async (caller, write) => (await hosts()).writeFile(caller, write),
    within: async (caller, call, steps) => (await hosts()).within(caller, call, steps),
    reach: async (caller, node, signal) => (await hosts()).reach(caller, node, signal),
    survey: async (caller, signal) => (await hosts()).survey(caller, signal),
    close: async () => (await opened)?.close(),
  };
}
