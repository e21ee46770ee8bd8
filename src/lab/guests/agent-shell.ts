import { FileTrouble, type GuestFiles } from "./guest-files.ts";
import { powershell } from "./guest-powershell.ts";
import { PROGRAMS, SHELLS, type Step } from "./guest-programs.ts";
import { type Command, type List, parseShell, type Redirect, SyntaxTrouble, type Word } from "./shell-parse.ts";

/** How a command inside a guest ended. */
export interface ExecResult {
  exitcode?: number;
  signal?: number;
  out: Uint8Array;
  err: Uint8Array;
  /** Milliseconds that it took. */
  ms: number;
}

/** What a command finds inside a guest. */
export interface World {
  files: GuestFiles;
  hostname: string;
  windows: boolean;
}

/** A command as it runs. */
export interface Surroundings {
  world: World;
  variables: Map<string, string>;
  /** `$1` and on. */
  positional: string[];
  umask: number;
  /** Runs another program, as `env` and `timeout` do. */
  run(command: readonly string[], stdin: Uint8Array, around: Surroundings): Step;
}

/** The shell ends, here and now. */
class Exit {
  readonly code: number;
  constructor(code: number) {
    this.code = code;
  }
}

/** A signal ends the process. */
class Killed {
  readonly signal: number;
  constructor(signal: number) {
    this.signal = signal;
  }
}

interface Sinks {
  stdin: Uint8Array;
  out: Uint8Array[];
  err: Uint8Array[];
}

const EMPTY = new Uint8Array();
const text = (value: string): Uint8Array => Buffer.from(value, "utf8");

/** One run of the shell: its variables, its last code, and the time that its commands took. */
class Shell {
  readonly #around: Surroundings;
  #code = 0;
  ms = 0;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  run(list: List, io: Sinks): number {
    for (const { joint, pipeline } of list) {
      if ((joint === "&&" && this.#code !== 0) || (joint === "||" && this.#code === 0)) continue;
      let stdin = io.stdin;
      pipeline.commands.forEach((command, index) => {
        const isLast = index === pipeline.commands.length - 1;
        const out: Uint8Array[] = isLast ? io.out : [];
        this.#code = this.#command(command, { stdin, out, err: io.err });
        if (!isLast) stdin = Buffer.concat(out);
      });
      if (pipeline.negated) this.#code = this.#code === 0 ? 1 : 0;
    }
    return this.#code;
  }

  #command(command: Command, io: Sinks): number {
    const files: { path: string; append: boolean; sink: Uint8Array[] }[] = [];
    const mine: Sinks = { ...io };
    for (const redirect of command.redirects) {
      const trouble = this.#redirect(redirect, mine, files);
      if (trouble !== undefined) {
        io.err.push(text(`sh: 1: ${trouble}\n`));
        return 2;
      }
    }
    const code = this.#carryOut(command, mine);
    for (const { path, append, sink } of files) {
      const before = append ? (this.#files.find(path)?.bytes ?? EMPTY) : EMPTY;
      this.#files.write(path, Buffer.concat([before, ...sink]), 0o666 & ~this.#around.umask);
    }
    return code;
  }

  get #files(): GuestFiles {
    return this.#around.world.files;
  }

  #redirect(
    { from, how, to }: Redirect,
    io: Sinks,
    files: { path: string; append: boolean; sink: Uint8Array[] }[],
  ): string | undefined {
    const path = this.#expand(to).join(" ");
    if (how === ">&") {
      if (from === 1 && path === "2") io.out = io.err;
      if (from === 2 && path === "1") io.err = io.out;
      return undefined;
    }
    try {
      if (how === "<") io.stdin = path === "/dev/null" ? EMPTY : this.#files.read(path).bytes;
      else if (path === "/dev/null") io[from === 2 ? "err" : "out"] = [];
      else {
        // The file is there, and empty, before the command runs.
        if (how === ">") this.#files.write(path, EMPTY, 0o666 & ~this.#around.umask);
        const sink: Uint8Array[] = [];
        io[from === 2 ? "err" : "out"] = sink;
        files.push({ path, append: how === ">>", sink });
      }
    } catch (error) {
      if (!(error instanceof FileTrouble)) throw error;
      return how === "<" ? `cannot open ${path}: No such file` : `cannot create ${path}: ${error.message}`;
    }
    return undefined;
  }

  #carryOut(command: Command, io: Sinks): number {
    if (command.kind === "group") return this.run(command.body, io);
    if (command.kind === "if") {
      for (const { condition, body } of command.branches)
        if (this.run(condition, io) === 0) return this.#inner(body, io);
      return command.otherwise ? this.#inner(command.otherwise, io) : 0;
    }
    if (command.kind !== "simple") throw new SyntaxTrouble(`${command.kind}: not in the shell of this guest`);
    const words = command.words.flatMap((word) => this.#expand(word));
    const values = command.assignments.map(([name, word]) => [name, this.#expand(word).join(" ")] as const);
    if (words.length === 0) {
      for (const [name, value] of values) this.#around.variables.set(name, value);
      return values.length === 0 ? 0 : this.#code;
    }
    const around = { ...this.#around, variables: new Map([...this.#around.variables, ...values]) };
    return this.#builtin(words, io) ?? this.#program(words, io, around);
  }

  /** A list whose own code starts anew. */
  #inner(list: List, io: Sinks): number {
    this.#code = 0;
    return this.run(list, io);
  }

  #builtin([name = "", ...args]: string[], io: Sinks): number | undefined {
    if (name === "exit") throw new Exit(args[0] === undefined ? this.#code : Number(args[0]));
    if (name === "kill") throw new Killed(Number(/^-(\d+)$/.exec(args[0] ?? "")?.[1] ?? 15));
    if (name === "shift") this.#around.positional.splice(0, Number(args[0] ?? 1));
    else if (name === "umask") this.#around.umask = Number.parseInt(args[0] ?? "022", 8);
    else if (name === "cat" && args.length === 0) io.out.push(io.stdin);
    else if (!["set", "export", "cd", ":", "trap"].includes(name)) return undefined;
    return 0;
  }

  #program(words: string[], io: Sinks, around: Surroundings): number {
    const name = words[0]!;
    if (!PROGRAMS[bare(name)] && !SHELLS.test(name)) {
      io.err.push(text(`sh: 1: ${name}: not found\n`));
      return 127;
    }
    const step = around.run(words, io.stdin, around);
    io.out.push(step.out);
    io.err.push(text(step.err));
    this.ms += step.ms;
    return step.code;
  }

  /** A word as the words that it stands for: quoted ones stay whole, others are split at spaces. */
  #expand(word: Word): string[] {
    const fields: string[] = [];
    let open: string | undefined;
    const add = (value: string): void => {
      open = (open ?? "") + value;
    };
    for (const piece of word) {
      if ("text" in piece) {
        add(piece.text);
        continue;
      }
      if ("variable" in piece && piece.variable === "@") {
        this.#around.positional.forEach((value, index) => {
          if (index > 0) {
            fields.push(open ?? "");
            open = undefined;
          }
          add(value);
        });
        continue;
      }
      if ("sum" in piece) throw new SyntaxTrouble("sums: not in the shell of this guest");
      const value = "variable" in piece ? this.#value(piece.variable) : this.#output(piece.command);
      if (piece.quoted) {
        add(value);
        continue;
      }
      const parts = value.split(/[ \t\n]+/);
      parts.forEach((part, index) => {
        if (index > 0 && open !== undefined) {
          fields.push(open);
          open = undefined;
        }
        if (part !== "") add(part);
      });
    }
    if (open !== undefined) fields.push(open);
    // `"$@"` without anything to stand for is no word at all.
    const isAll = word.some((piece) => "variable" in piece && piece.variable === "@");
    return isAll && this.#around.positional.length === 0 && fields.join("") === "" ? [] : fields;
  }

  #value(name: string): string {
    if (name === "?") return String(this.#code);
    if (name === "#") return String(this.#around.positional.length);
    if (name === "$") return "4242";
    if (/^[1-9]\d*$/.test(name)) return this.#around.positional[Number(name) - 1] ?? "";
    return this.#around.variables.get(name) ?? "";
  }

  #output(command: List): string {
    const inner = new Shell({ ...this.#around, positional: [...this.#around.positional] });
    const io: Sinks = { stdin: EMPTY, out: [], err: [] };
    this.#code = endOf(() => inner.run(command, io));
    this.ms += inner.ms;
    return Buffer.concat(io.out).toString("utf8").replace(/\n+$/, "");
  }
}

function endOf(run: () => number): number {
  try {
    return run();
  } catch (error) {
    if (error instanceof Exit) return error.code;
    throw error;
  }
}

function bare(name: string): string {
  return name.replace(/^\/(?:usr\/)?(?:local\/)?s?bin\//, "");
}

/** `sh -c script name arguments…`, or a script on its standard input. */
function shellProgram(args: readonly string[], stdin: Uint8Array, around: Surroundings): Step {
  const at = args.indexOf("-c");
  const script = at < 0 ? Buffer.from(stdin).toString("utf8") : (args[at + 1] ?? "");
  const shell = new Shell({ ...around, positional: at < 0 ? [] : args.slice(at + 3) });
  const io: Sinks = { stdin: at < 0 ? EMPTY : stdin, out: [], err: [] };
  let code: number;
  try {
    const list = parseShell(script);
    code = endOf(() => shell.run(list, io));
  } catch (error) {
    if (!(error instanceof SyntaxTrouble)) throw error;
    io.err.push(text(`sh: 1: ${error.message}\n`));
    code = 2;
  }
  return { code, out: Buffer.concat(io.out), err: Buffer.concat(io.err).toString("utf8"), ms: shell.ms };
}

/** Runs one program; nothing when there is none of that name. */
function execute(command: readonly string[], stdin: Uint8Array, around: Surroundings): Step | undefined {
  const [name = "", ...args] = command;
  if (around.world.windows) return powershell(name, args, around.world, stdin);
  if (SHELLS.test(name)) return shellProgram(args, stdin, around);
  const key = bare(name);
  const program = Object.hasOwn(PROGRAMS, key) ? PROGRAMS[key] : undefined;
  return program?.(args, around, stdin);
}

/** Runs a command in a guest; throws the agent's complaint when there is no such program. */
export function runCommand(world: World, command: readonly string[], stdin: Uint8Array): ExecResult {
  const around: Surroundings = {
    world,
    variables: new Map([["PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]]),
    positional: [],
    umask: 0o022,
    run: (inner, input, from) =>
      execute(inner, input, from) ?? {
        code: 127,
        out: EMPTY,
        err: `${inner[0]}: No such file or directory\n`,
        ms: 0,
      },
  };
  let step: Step | undefined;
  try {
    step = execute(command, stdin, around);
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    return { signal: error.signal, out: EMPTY, err: EMPTY, ms: 0 };
  }
  if (!step) {
    const reason = world.windows ? "The system cannot find the file specified." : "No such file or directory";
    throw new Error(
      `Guest agent command failed, error was 'Failed to execute child process “${command[0]}” (${reason})'`,
    );
  }
  return { exitcode: step.code, out: step.out, err: text(step.err), ms: step.ms };
}
