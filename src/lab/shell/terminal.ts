import { type Input, KilledBySignal, type Machine, type TerminalSettings } from "./process.ts";
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
const CTRL_U = "\x15";

/** What a line is carried out with. */
interface Seat {
  show(text: string | Uint8Array): void;
  /** What is typed while it runs. */
  stdin: Input;
  settings: TerminalSettings;
  signal: AbortSignal;
  /** The shell ends with it. */
  leave(): void;
}

/** What carries a line out. */
export type CarryOut = (line: string, seat: Seat) => Promise<void>;

/** Bytes of a line that a terminal takes while it puts lines together for whoever reads them. */
const CANONICAL = 4095;

/** A terminal before anything that takes lines. */
export function lineTerminal(
  write: (bytes: Uint8Array) => void,
  prompt: () => string,
  carryOut: CarryOut,
  { ended, greeting = "" }: Pick<TerminalOptions, "ended" | "greeting">,
): Terminal {
  const settings: TerminalSettings = { echo: true, opost: true };
  let line = Buffer.alloc(0);
  let running: AbortController | undefined;
  let closed = false;
  /** Lines that were typed while a command runs, and who waits for one. */
  const typed: string[] = [];
  let reader: ((line: string | undefined) => void) | undefined;
  let later: Buffer = Buffer.alloc(0);
  // A terminal starts every line at the left edge.
  const show = (text: string | Uint8Array): void => {
    if (closed) return;
    const bytes = Buffer.from(text as string).toString("latin1");
    write(Buffer.from(settings.opost ? bytes.replace(/\r?\n/g, "\r\n") : bytes, "latin1"));
  };
  const echo = (text: string | Uint8Array): void => {
    if (settings.echo) show(text);
  };
  const finish = (): void => {
    if (closed) return;
    closed = true;
    reader?.(undefined);
    ended();
  };
  const stdin: Input = {
    all: async () => {
      const all: string[] = [];
      for (let one = await stdin.line!(); one !== undefined; one = await stdin.line!()) all.push(`${one}\n`);
      return Buffer.from(all.join(""));
    },
    line: () =>
      typed.length > 0 || closed
        ? Promise.resolve(typed.shift())
        : new Promise((resolve) => {
            reader = resolve;
          }),
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
      let left = false;
      const leave = (): void => {
        left = true;
      };
      await carryOut(text, { show, stdin, settings, signal: running.signal, leave });
      running = undefined;
      if (left) {
        finish();
        return;
      }
      // Whoever edits lines sets the terminal as that needs it.
      settings.echo = true;
      settings.opost = true;
    }
    show(prompt());
    const next = Buffer.concat([
      Buffer.from(
        typed
          .splice(0)
          .map((one) => `${one}\r`)
          .join(""),
      ),
      later,
    ]);
    later = Buffer.alloc(0);
    await take(next);
  };
  /** Before the prompt: what is typed is edited, of whatever length. */
  const take = async (bytes: Buffer): Promise<void> => {
    if (closed) return;
    for (let at = 0; at < bytes.length; at += 1) {
      const char = String.fromCharCode(bytes[at]!);
      if (char === "\r" || char === "\n") {
        const rest = bytes.subarray(at + 1);
        const ends = enter();
        // What was typed ahead goes to whatever reads now.
        const isRunning = running !== undefined;
        if (isRunning) hear(rest);
        await ends;
        if (!isRunning) await take(rest);
        return;
      }
      if (char === CTRL_D && line.length === 0) {
        finish();
        return;
      }
      if (char === CTRL_C) {
        line = Buffer.alloc(0);
        show(`^C\n${prompt()}`);
      } else if (char === CTRL_U) {
        show("\b \b".repeat(line.length));
        line = Buffer.alloc(0);
      } else if (char === "\x7f" || char === "\b") {
        if (line.length > 0) show("\b \b");
        line = line.subarray(0, -1);
      } else {
        line = Buffer.concat([line, bytes.subarray(at, at + 1)]);
        write(bytes.subarray(at, at + 1));
      }
    }
  };
  /** While a command runs: the terminal puts lines together for it. */
  const hear = (bytes: Buffer): void => {
    for (const [at, byte] of bytes.entries()) {
      const char = String.fromCharCode(byte);
      if (char === CTRL_C) {
        later = Buffer.alloc(0);
        show("^C\n");
        running?.abort();
      } else if (char === CTRL_U) later = Buffer.alloc(0);
      else if (char === "\r" || char === "\n") {
        echo("\n");
        const text = later.toString("utf8");
        later = Buffer.alloc(0);
        if (reader) {
          const given = reader;
          reader = undefined;
          given(text);
        } else typed.push(text);
      } else if (later.length < CANONICAL) {
        later = Buffer.concat([later, bytes.subarray(at, at + 1)]);
        echo(bytes.subarray(at, at + 1));
      }
    }
  };
  show(greeting + prompt());
  return {
    type: (bytes) => {
      if (closed) return;
      if (running) hear(Buffer.from(bytes));
      else void take(Buffer.from(bytes));
    },
    resize: () => {},
    close: () => {
      closed = true;
      reader?.(undefined);
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
  const carryOut: CarryOut = async (command, { show, stdin, settings, signal, leave }) => {
    const record: HostCommandRecord = { node: machine.node, user, command };
    commands?.push(record);
    try {
      const shared = { machine, user, command, stdin, signal, tty: true, terminal: settings, left: leave };
      record.code = await runHostCommand({ ...shared, out: show, err: show });
    } catch (error) {
      if (!(error instanceof KilledBySignal)) show(`lab: ${(error as Error).stack}\n`);
      else record.signal = error.signal;
    }
  };
  const sign = user === "root" ? "#" : "$";
  return lineTerminal(write, () => `${user}@${machine.node}:~${sign} `, carryOut, { ended, greeting: welcome });
}
