import { KilledBySignal, type Machine, NO_INPUT } from "./process.ts";
import { type HostCommandRecord, runHostCommand } from "./session.ts";

/** A line-by-line terminal: echoes what is typed and carries out what a line says. */
export interface Terminal {
  type(bytes: Uint8Array): void;
  resize(columns: number, rows: number): void;
  close(): void;
}

export interface TerminalOptions {
  /** Where commands are put on record. */
  commands?: HostCommandRecord[];
  /** Called when the shell has ended. */
  ended(): void;
  /** Said before the first prompt. */
  greeting?: string;
}

const CTRL_C = "\x03";
const CTRL_D = "\x04";

/** What carries a line out: gives nothing when the shell goes on, and `exit` when it ends. */
export type CarryOut = (line: string, write: (text: string | Uint8Array) => void, signal: AbortSignal) => Promise<void>;

/** A terminal before anything that takes lines. */
export function lineTerminal(
  write: (bytes: Uint8Array) => void,
  prompt: () => string,
  carryOut: CarryOut,
  { ended, greeting = "" }: Pick<TerminalOptions, "ended" | "greeting">,
): Terminal {
  let line = Buffer.alloc(0);
  let running: AbortController | undefined;
  let closed = false;
  const waiting: Buffer[] = [];
  // A terminal starts every line at the left edge.
  const show = (text: string | Uint8Array): void => {
    if (closed) return;
    const bytes = Buffer.from(text as string).toString("latin1");
    write(Buffer.from(bytes.replace(/\r?\n/g, "\r\n"), "latin1"));
  };
  const finish = (): void => {
    if (closed) return;
    closed = true;
    ended();
  };
  const enter = async (): Promise<void> => {
    const text = line.toString("utf8").trim();
    line = Buffer.alloc(0);
    show("\n");
    if (/^(?:exit|logout)(?:\s|$)/.test(text)) {
      show("logout\n");
      finish();
      return;
    }
    if (text !== "") {
      running = new AbortController();
      await carryOut(text, show, running.signal);
      running = undefined;
    }
    show(prompt());
    const next = waiting.shift();
    if (next) await take(next);
  };
  const take = async (bytes: Buffer): Promise<void> => {
    for (let at = 0; at < bytes.length; at += 1) {
      const char = String.fromCharCode(bytes[at]!);
      if (char === "\r" || char === "\n") {
        const rest = bytes.subarray(at + 1);
        if (rest.length > 0) waiting.unshift(rest);
        await enter();
        return;
      }
      if (char === CTRL_D && line.length === 0) {
        finish();
        return;
      }
      if (char === CTRL_C) {
        line = Buffer.alloc(0);
        show(`^C\n${prompt()}`);
      } else if (char === "\x7f" || char === "\b") {
        if (line.length > 0) show("\b \b");
        line = line.subarray(0, -1);
      } else {
        line = Buffer.concat([line, bytes.subarray(at, at + 1)]);
        write(bytes.subarray(at, at + 1));
      }
    }
  };
  show(greeting + prompt());
  return {
    type: (bytes) => {
      if (closed) return;
      if (!running) {
        void take(Buffer.from(bytes));
        return;
      }
      if (Buffer.from(bytes).includes(CTRL_C)) {
        show("^C\n");
        running.abort();
      } else waiting.push(Buffer.from(bytes));
    },
    resize: () => {},
    close: () => {
      closed = true;
      running?.abort();
    },
  };
}

/** A shell on a node before a terminal. */
export function openConsole(
  machine: Machine,
  user: string,
  write: (bytes: Uint8Array) => void,
  { commands, ended, greeting }: TerminalOptions,
): Terminal {
  const { version } = machine.state.nodes.get(machine.node) ?? { version: "9" };
  const welcome = greeting ?? `Linux ${machine.node} 6.17.4-2-pve #1 SMP PREEMPT_DYNAMIC PMX (${version}) x86_64\n`;
  const carryOut: CarryOut = async (command, show, signal) => {
    const record: HostCommandRecord = { node: machine.node, user, command };
    commands?.push(record);
    try {
      const shared = { machine, user, command, stdin: NO_INPUT, signal, tty: true };
      record.code = await runHostCommand({ ...shared, out: show, err: show });
    } catch (error) {
      if (!(error instanceof KilledBySignal)) show(`lab: ${(error as Error).stack}\n`);
      else record.signal = error.signal;
    }
  };
  const sign = user === "root" ? "#" : "$";
  return lineTerminal(write, () => `${user}@${machine.node}:~${sign} `, carryOut, { ended, greeting: welcome });
}
