import type { ClientChannel } from "ssh2";
import { Collector } from "./collector.ts";
import { type Command, KILL_AFTER_S, type Run, posixRun, sudoRefusal } from "./command-line.ts";
import type { HostConnection } from "./connection.ts";
import { HostConnectionLostError, SudoRefusedError } from "./errors.ts";

export interface ExecRequest {
  command: Command;
  /** Variables of a line for Windows. */
  env?: Readonly<Record<string, string>>;
  stdin?: Uint8Array | string;
  /** Milliseconds after which the command is ended. */
  timeoutMs: number;
  /** Most bytes that are kept of each of stdout and stderr; the rest is counted as truncated. */
  maxBytes?: number;
  sudo: boolean;
  windows?: boolean;
  signal?: AbortSignal;
}

/** How a command ended, and what it wrote. */
export interface ExecResult {
  /** Exit code; undefined when a signal or the timeout ended it. */
  code: number | undefined;
  /** Without SIG, e.g. `KILL`. */
  signal?: string;
  stdout: string;
  stderr: string;
  stdoutBytes: Uint8Array;
  truncated: { stdout: boolean; stderr: boolean };
  timedOut: boolean;
  durationMs: number;
}

const MOST_BYTES = 2 ** 20;
/** The host's own clock runs a little behind: what we are told in time is said by us. */
const HOST_SLACK_S = 1;
/** What `timeout` exits with when it ended the command. */
const TIMED_OUT = [124, 137];

/**
 * Runs a command. Its output is decoded as it comes. At the timeout, or when the signal is aborted, it is ended by
 * SIGTERM and, after a while, SIGKILL: by a second command, as sshd passes no signal to a session of root's, and at the
 * latest by the host's own `timeout`, which needs no connection. Rejects with `host-connection-lost` when nobody can
 * say how it ended.
 */
export async function execOn(connection: HostConnection, request: ExecRequest): Promise<ExecResult> {
  const { stdin, timeoutMs, maxBytes = MOST_BYTES, sudo, signal } = request;
  signal?.throwIfAborted();
  const seconds = Math.ceil(timeoutMs / 1000) + HOST_SLACK_S;
  const run: Run = request.windows
    ? await (await import("./windows-run.ts")).windowsRun(connection, request.command, request.env ?? {}, seconds)
    : posixRun(request.command, { seconds, sudo });
  const started = performance.now();
  const stdout = new Collector(maxBytes);
  const stderr = new Collector(maxBytes);
  let ended!: Promise<Ending>;
  await connection.exec(run.line, (channel) => {
    channel.on("data", (chunk: Buffer) => stdout.push(chunk));
    channel.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    // Who reads no standard input breaks the pipe.
    channel.on("error", () => {});
    ended = ending(connection, channel, run, { stdin, timeoutMs, signal });
  });
  const end = await ended;
  const durationMs = Math.round(performance.now() - started);
  const timedOut = end.timedOut || (TIMED_OUT.includes(end.code ?? 0) && durationMs >= seconds * 1000);
  const code = timedOut ? undefined : end.code;
  const said = { stdout: stdout.end(), stderr: stderr.end() };
  const refusal = sudo ? sudoRefusal(code, said.stderr) : undefined;
  if (refusal !== undefined) throw new SudoRefusedError(connection.node, connection.username, refusal);
  return {
    code,
    ...(end.signal === undefined ? {} : { signal: end.signal }),
    ...said,
    stdoutBytes: stdout.bytes,
    truncated: { stdout: stdout.truncated, stderr: stderr.truncated },
    timedOut,
    durationMs,
  };
}

interface Ending {
  code?: number;
  signal?: string;
  timedOut: boolean;
}

function ending(
  connection: HostConnection,
  channel: ClientChannel,
  run: Run,
  {
    stdin,
    timeoutMs,
    signal,
  }: { stdin: Uint8Array | string | undefined; timeoutMs: number; signal: AbortSignal | undefined },
): Promise<Ending> {
  return new Promise((resolve, reject) => {
    let code: number | undefined;
    let killedBy: string | undefined;
    let timedOut = false;
    const timers: NodeJS.Timeout[] = [];
    const later = (ms: number, act: () => void) => void timers.push(setTimeout(act, ms));
    const settle = (act: () => void) => {
      for (const timer of timers) clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      stopListening();
      act();
    };
    const lost = () => settle(() => reject(new HostConnectionLostError(connection.node, "a command was running")));
    const abort = () => {
      // The caller waits no longer, but the command has to end.
      settle(() => reject(signal!.reason));
      void endRun(connection, run);
    };
    const stopListening = connection.onEnd(lost);
    channel.on("exit", (given: number | null, by?: string) => {
      if (given === null) killedBy = by?.replace(/^SIG/, "");
      else code = given;
    });
    channel.on("close", () => {
      // A channel that ends without a word does so because the connection or the host's side of it broke.
      if (code === undefined && killedBy === undefined && !timedOut) return lost();
      settle(() =>
        resolve({
          ...(code === undefined ? {} : { code }),
          ...(killedBy === undefined ? {} : { signal: killedBy }),
          timedOut,
        }),
      );
    });
    later(timeoutMs, () => {
      timedOut = true;
      void endRun(connection, run);
      later((HOST_SLACK_S + 2 * KILL_AFTER_S + 1) * 1000, () => channel.close());
    });
    signal?.addEventListener("abort", abort, { once: true });
    channel.end(stdin);
  });
}

/** Ends a run; where that cannot be said to the host, its own clock is the last resort. */
async function endRun(connection: HostConnection, run: Run): Promise<void> {
  try {
    await connection.exec(run.end, (channel) => {
      channel.on("error", () => {}).resume();
      channel.stderr.resume();
    });
  } catch {
    // The connection is gone, or opens no more channels.
  }
}
