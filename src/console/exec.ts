import { randomBytes } from "node:crypto";
import { ProxmoxMcpError } from "../errors/index.ts";
import type { Send } from "../schema/operation.ts";
import { confine } from "../ssh/confine.ts";
import type { ConsoleLogin, ConsoleResult, ConsoleRun, ConsolesOptions } from "./consoles.ts";
import { enter } from "./entrance.ts";
import {
  ConsoleConnectionLostError,
  ConsoleNoShellError,
  type ConsolePlace,
  ConsoleTooLongError,
  ConsoleUnsuitableError,
} from "./errors.ts";
import type { Caller, GateOutcome } from "./gate.ts";
import { JobOutput } from "./job-output.ts";
import { openConsole } from "./offer.ts";
import { type Job, KILL_AFTER_S, scriptLines, type Tag } from "./script.ts";
import { Terminal } from "./terminal.ts";

const MOST_BYTES = 2 ** 20;
/** Bytes of a command and of its standard input: one argument of a program has 128 KiB at most. */
const MOST_COMMAND = 96 * 1024;
const MOST_STDIN = 64 * 1024;
/** Lines on their way at once, before the first of them is confirmed. */
const WINDOW = 8;
/** Milliseconds for a line to be confirmed, and for the shell to end by itself. */
const CONFIRM_MS = 15_000;
const FAREWELL_MS = 1000;
/** Seconds that are given to the machine beyond its own limit. */
const SLACK_S = 10;

/** As whom the console is asked for; the gate knows it for a part of the command that it admitted. */
const AS = "console";

/**
 * Runs one command behind a terminal and waits for its end. Rejects with `console-connection-lost` when nobody can say
 * how it ended; whoever gives up closes the terminal, and what runs behind it is ended.
 */
export async function execByConsole(
  options: ConsolesOptions,
  caller: Caller,
  run: ConsoleRun,
  closing: AbortSignal,
): Promise<ConsoleResult> {
  const { operation, params, node, command } = run;
  confine(operation, params, node, { kind: "exec", command });
  requireShort(run);
  const name = options.cluster.name;
  const { signal } = run;
  const exit = await options.gate.enter({ cluster: name, operation, params, caller, ...(signal ? { signal } : {}) });
  const began = performance.now();
  let outcome: Omit<GateOutcome, "durationMs"> = { outcome: "error", detail: "error" };
  try {
    const result = await perform(options, caller, run, AbortSignal.any([closing, ...(signal ? [signal] : [])]));
    outcome = outcomeOf(result);
    return result;
  } catch (error) {
    outcome = failureOf(error, signal);
    throw error;
  } finally {
    await exit({ ...outcome, durationMs: Math.round(performance.now() - began) });
  }
}

async function perform(
  { cluster, login }: ConsolesOptions,
  caller: Caller,
  run: ConsoleRun,
  signal: AbortSignal,
): Promise<ConsoleResult> {
  const { grant: _, ...rest } = caller;
  const inner: Caller = { ...rest, tool: AS };
  const send = cluster.send(inner);
  const way = await wayFor(run, send, login, signal);
  const { stream, greeting } = await openConsole(way.place, send, cluster.stream(inner), signal);
  const terminal = new Terminal(stream, greeting);
  const close = (): void => terminal.close();
  signal.addEventListener("abort", close, { once: true });
  try {
    const tag: Tag = { head: word(), tail: word() };
    await enter(terminal, way.place, tag, way, signal);
    return await carryOut(terminal, way.place, tag, { ...run, command: way.command }, signal);
  } finally {
    signal.removeEventListener("abort", close);
    close();
  }
}

interface Way {
  place: ConsolePlace;
  command: ConsoleRun["command"];
  /** For a login, should there be one. */
  login: ConsoleLogin | undefined;
  sudo: boolean;
}

/** A container's own console where that is a shell, else by way of its node. */
async function wayFor(
  { node, operation, params, command }: ConsoleRun,
  send: Send,
  login: ConsoleLogin | undefined,
  signal: AbortSignal,
): Promise<Way> {
  const sudo = login !== undefined && login.username !== "root";
  const byNode: Way = { place: { node }, command, login, sudo };
  if (!operation.includes("/lxc/{vmid}/")) return byNode;
  const vmid = Number(params.vmid);
  const { data } = await send<{ cmode?: unknown } | null>(
    "GET /nodes/{node}/lxc/{vmid}/config",
    { node, vmid },
    { signal },
  );
  const mode = String(data?.cmode ?? "tty");
  // `pct exec <vmid> --` leads from the node into it, where this console is already.
  if (mode === "shell") return { place: { node, vmid }, command: command.slice(4), login: undefined, sudo: false };
  if (login === undefined) throw new ConsoleNoShellError({ node, vmid }, mode);
  return byNode;
}

/** Sends the script, line by line as each is confirmed, and reads what it writes. */
async function carryOut(
  terminal: Terminal,
  place: ConsolePlace,
  tag: Tag,
  { command, stdin, timeoutMs, maxBytes = MOST_BYTES }: ConsoleRun,
  signal: AbortSignal,
): Promise<ConsoleResult> {
  const word = tag.head + tag.tail;
  const seconds = Math.ceil(timeoutMs / 1000);
  const job: Job = { command, seconds, ...(stdin === undefined ? {} : { stdin: Buffer.from(stdin) }) };
  const lines = scriptLines(tag, job);
  const last = lines.pop()!;
  const mark = terminal.length;
  const confirmed = () => terminal.from(mark).split(`${word}+`).length - 1;
  const requireOn = async (isOn: () => boolean): Promise<void> => {
    const inTime = await terminal.until(() => terminal.ended || isOn(), CONFIRM_MS, signal);
    if (inTime && !terminal.ended) return;
    throw new ConsoleUnsuitableError(place, `${inTime ? "closed" : "stood still"} before all of the command was there`);
  };
  for (const [at, line] of lines.entries()) {
    terminal.type(line);
    await requireOn(() => at + 1 - confirmed() < WINDOW);
  }
  // Not a byte of the command has run before all of it is there.
  await requireOn(() => confirmed() >= lines.length);
  const output = new JobOutput(word, maxBytes);
  terminal.read((bytes) => output.push(bytes));
  const started = performance.now();
  terminal.type(last);
  const limitMs = (seconds + KILL_AFTER_S + SLACK_S) * 1000;
  const isOver = () => terminal.ended || output.ended !== undefined;
  const inTime = await terminal.until(isOver, limitMs, signal);
  const durationMs = Math.round(performance.now() - started);
  if (inTime && output.ended === undefined) throw new ConsoleConnectionLostError(place);
  if (output.ended) await terminal.until(() => terminal.ended, FAREWELL_MS, signal);
  const timedOut = output.timedOut || !inTime;
  return {
    code: timedOut ? undefined : output.ended?.code,
    stdout: output.stdout.end(),
    stderr: output.stderr.end(),
    stdoutBytes: output.stdout.bytes,
    truncated: {
      stdout: output.stdout.truncated || output.garbled.stdout,
      stderr: output.stderr.truncated || output.garbled.stderr,
    },
    timedOut,
    durationMs,
  };
}

/** Half of a tag: begins with a letter, so that no shell takes it for anything else. */
function word(): string {
  return `q${randomBytes(4).toString("hex")}`;
}

function requireShort({ command, stdin }: ConsoleRun): void {
  const words = typeof command === "string" ? [command] : command;
  const size = words.reduce((sum, text) => sum + Buffer.byteLength(text) + 1, 0);
  if (size > MOST_COMMAND) throw new ConsoleTooLongError("command", size, MOST_COMMAND);
  const input = stdin === undefined ? 0 : Buffer.byteLength(stdin);
  if (input > MOST_STDIN) throw new ConsoleTooLongError("stdin", input, MOST_STDIN);
}

function outcomeOf({ code, timedOut }: ConsoleResult): Omit<GateOutcome, "durationMs"> {
  if (timedOut) return { outcome: "unknown", detail: "timeout" };
  if (code === 0) return { outcome: "ok", status: 0 };
  return { outcome: "error", ...(code === undefined ? {} : { status: code }), detail: "exit" };
}

function failureOf(error: unknown, signal: AbortSignal | undefined): Omit<GateOutcome, "durationMs"> {
  if (signal?.aborted) return { outcome: "unknown", detail: "aborted" };
  if (error instanceof ConsoleConnectionLostError) return { outcome: "unknown", detail: error.code };
  return { outcome: "error", detail: error instanceof ProxmoxMcpError ? error.code : "error" };
}
