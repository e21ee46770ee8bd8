import { FileTrouble } from "../guests/guest-files.ts";
import { type Command, type List, parseShell, type Redirect, SyntaxTrouble, type Word } from "../guests/shell-parse.ts";
import { Break, BUILTINS, Exit, type Inside, pendingOf } from "./builtins.ts";
import { type Expansion, expandWord, matches } from "./expand.ts";
import { type Input, inputOf, KilledBySignal, NO_INPUT, type Process } from "./process.ts";
import { signalCode, tasksOf } from "./tasks.ts";

type Write = (text: string | Uint8Array) => void;

/** Where a command reads, and where each of its numbered outputs goes. */
export interface Streams {
  stdin: Input;
  fds: Map<number, Write>;
}

/** How the shell finds and starts a program. */
type Launch = (words: readonly string[], process: Process, streams: Streams) => Promise<number>;

/** What a shell needs of where it runs. */
export interface Surroundings {
  launch: Launch;
  /** Whether there is a program of that name. */
  knows(name: string): boolean;
}

interface OpenFile {
  path: string;
  append: boolean;
  chunks: Uint8Array[];
}

const NOWHERE: Write = () => {};

/** One shell on a node: what an SSH command or a console's line is carried out by. */
export class HostShell {
  readonly #around: Surroundings;
  readonly #inside: Inside;
  #code = 0;
  #lastJob = "";
  /** The process that `$$` names, also in what branches off from it. */
  #pid: number;
  /** It was told to end, or another program took its place. */
  left = false;

  constructor(process: Process, around: Surroundings, positional: readonly string[] = []) {
    this.#around = around;
    this.#pid = process.task.pid;
    const own = (): number => this.#code;
    this.#inside = {
      process,
      positional: [...positional],
      get code() {
        return own();
      },
      umask: 0o022,
      jobs: new Map(),
      list: (text, streams) => this.#list(parseShell(text), streams),
      launch: (words, streams) => around.launch(words, this.#process, streams),
      knows: (name) => around.knows(name),
    };
  }

  get #process(): Process {
    return this.#inside.process;
  }

  /** Carries a script out; gives its exit code, or throws what signal ended it. */
  async execute(script: string, given: ReadonlyMap<number, Write> = new Map()): Promise<number> {
    const { stdin, out, err } = this.#process;
    const fds = new Map([...given, [1, out], [2, err]] as const);
    return await this.#whole(() => parseShell(script), { stdin, fds });
  }

  async #whole(script: () => List, streams: Streams): Promise<number> {
    try {
      return await this.#list(script(), streams);
    } catch (error) {
      if (error instanceof Exit) {
        this.left = true;
        return error.code;
      }
      if (!(error instanceof SyntaxTrouble)) throw error;
      streams.fds.get(2)?.(`bash: -c: line 1: ${error.message}\n`);
      return 2;
    }
  }

  async #list(list: List, streams: Streams): Promise<number> {
    for (const { joint, pipeline, background } of list) {
      if ((joint === "&&" && this.#code !== 0) || (joint === "||" && this.#code === 0)) continue;
      if (background) {
        this.#begin(pipeline.commands, streams);
        this.#code = 0;
        continue;
      }
      this.#code = await this.#pipeline(pipeline.commands, streams);
      if (pipeline.negated) this.#code = this.#code === 0 ? 1 : 0;
      const code = this.#code;
      for (let due = pendingOf(this.#process.task); due; due = pendingOf(this.#process.task))
        await this.#list(due, streams);
      this.#code = code;
    }
    return this.#code;
  }

  async #pipeline(commands: readonly Command[], streams: Streams): Promise<number> {
    let { stdin } = streams;
    let code = 0;
    for (const [index, command] of commands.entries()) {
      const { signal, task } = this.#process;
      if (signal.aborted) throw new KilledBySignal(task.killedBy ?? "HUP");
      const isLast = index === commands.length - 1;
      const chunks: Uint8Array[] = [];
      const fds = new Map(streams.fds);
      if (!isLast) fds.set(1, (text) => chunks.push(Buffer.from(text as string)));
      // Alone, it may change what goes where for all that follows.
      const lasting = commands.length === 1 ? streams : undefined;
      code = await this.#command(command, { stdin, fds }, lasting);
      if (!isLast) stdin = inputOf(Buffer.concat(chunks));
    }
    return code;
  }

  /** Starts commands that nobody waits for, in a shell that begins as this one is. */
  #begin(commands: readonly Command[], streams: Streams): void {
    const tasks = tasksOf(this.#process.machine);
    const task = tasks.start(this.#process.task);
    const inner = this.#copy({ task, signal: task.signal });
    const list: List = [{ joint: ";", pipeline: { negated: false, commands: [...commands] } }];
    const job = inner
      .#whole(() => list, { stdin: NO_INPUT, fds: new Map(streams.fds) })
      .catch((error: unknown) => {
        if (error instanceof KilledBySignal) return signalCode(error.signal);
        streams.fds.get(2)?.(`lab: ${(error as Error).stack}\n`);
        return 1;
      })
      .then((code) => (task.killedBy === undefined ? code : signalCode(task.killedBy)))
      .finally(() => tasks.end(task));
    this.#lastJob = String(task.pid);
    this.#inside.jobs.set(task.pid, job);
  }

  #copy(changes: Partial<Process> = {}): HostShell {
    const process = { ...this.#process, variables: new Map(this.#process.variables), ...changes };
    const inner = new HostShell(process, this.#around, this.#inside.positional);
    for (const [pid, job] of this.#inside.jobs) inner.#inside.jobs.set(pid, job);
    inner.#inside.umask = this.#inside.umask;
    inner.#pid = this.#pid;
    return inner;
  }

  async #command(command: Command, streams: Streams, lasting: Streams | undefined): Promise<number> {
    const files: OpenFile[] = [];
    for (const redirect of command.redirects) {
      const trouble = await this.#redirect(redirect, streams, files);
      if (trouble !== undefined) {
        streams.fds.get(2)?.(`bash: line 1: ${trouble}\n`);
        return 1;
      }
    }
    const code = await this.#carryOut(command, streams);
    const isExec = command.kind === "simple" && command.words.length === 1 && textOf(command.words[0]!) === "exec";
    if (isExec && lasting) Object.assign(lasting, streams);
    const { files: disk } = this.#process;
    for (const { path, append, chunks } of files) {
      const before = append ? (disk.find(path)?.bytes ?? new Uint8Array()) : new Uint8Array();
      disk.write(path, Buffer.concat([before, ...chunks]), 0o666 & ~this.#inside.umask);
    }
    return code;
  }

  async #redirect({ from, how, to }: Redirect, streams: Streams, files: OpenFile[]): Promise<string | undefined> {
    const path = (await this.#expand(to, streams)).join(" ");
    const { files: disk } = this.#process;
    if (how === ">&") {
      if (path === "-") streams.fds.delete(from);
      else if (!streams.fds.has(Number(path))) return `${path}: Bad file descriptor`;
      else streams.fds.set(from, streams.fds.get(Number(path))!);
      return undefined;
    }
    try {
      if (how === "<") streams.stdin = path === "/dev/null" ? NO_INPUT : inputOf(disk.read(path).bytes);
      else if (path === "/dev/null") streams.fds.set(from, NOWHERE);
      else {
        // The file is there, and empty, before the command runs.
        if (how === ">" || !disk.find(path)) disk.write(path, new Uint8Array(), 0o666 & ~this.#inside.umask);
        const chunks: Uint8Array[] = [];
        streams.fds.set(from, (text) => chunks.push(Buffer.from(text as string)));
        files.push({ path, append: how === ">>", chunks });
      }
    } catch (error) {
      if (!(error instanceof FileTrouble)) throw error;
      return `${path}: ${error.message}`;
    }
    return undefined;
  }

  async #carryOut(command: Command, streams: Streams): Promise<number> {
    switch (command.kind) {
      case "group":
        return command.subshell
          ? await this.#copy().#whole(() => command.body, streams)
          : await this.#inner(command.body, streams);
      case "if":
        for (const { condition, body } of command.branches)
          if ((await this.#list(condition, streams)) === 0) return await this.#inner(body, streams);
        return command.otherwise ? await this.#inner(command.otherwise, streams) : 0;
      case "while":
        return await this.#loop(command, streams);
      case "case":
        return await this.#choose(command, streams);
      default:
        return await this.#simple(command, streams);
    }
  }

  async #loop({ condition, body }: Command & { kind: "while" }, streams: Streams): Promise<number> {
    let code = 0;
    try {
      while ((await this.#list(condition, streams)) === 0) code = await this.#inner(body, streams);
    } catch (error) {
      if (!(error instanceof Break)) throw error;
    }
    return code;
  }

  async #choose({ subject, branches }: Command & { kind: "case" }, streams: Streams): Promise<number> {
    const text = (await this.#expand(subject, streams)).join(" ");
    for (const { patterns, body } of branches)
      for (const pattern of patterns)
        if (await matches(text, pattern, this.#expansion(streams))) return await this.#inner(body, streams);
    return 0;
  }

  async #simple(command: Command & { kind: "simple" }, streams: Streams): Promise<number> {
    const words: string[] = [];
    for (const word of command.words) words.push(...(await this.#expand(word, streams)));
    const values: [string, string][] = [];
    for (const [name, word] of command.assignments) values.push([name, (await this.#expand(word, streams)).join(" ")]);
    const { variables } = this.#process;
    if (words.length === 0) {
      for (const [name, value] of values) variables.set(name, value);
      return values.length === 0 ? 0 : this.#code;
    }
    const [name = "", ...args] = words;
    const builtin = Object.hasOwn(BUILTINS, name) ? BUILTINS[name] : undefined;
    if (builtin) return await builtin(this.#inside, args, streams);
    const process = { ...this.#process, variables: new Map([...variables, ...values]) };
    try {
      return await this.#around.launch(words, process, streams);
    } catch (error) {
      // A shell that goes on tells by a code what it saw; over SSH the signal itself is passed on.
      if (error instanceof KilledBySignal && process.terminal && !process.task.signal.aborted) {
        return signalCode(error.signal);
      }
      throw error;
    }
  }

  /** A list whose own code starts anew. */
  async #inner(list: List, streams: Streams): Promise<number> {
    this.#code = 0;
    return await this.#list(list, streams);
  }

  async #expand(word: Word, streams: Streams): Promise<string[]> {
    return await expandWord(word, this.#expansion(streams));
  }

  #expansion(streams: Streams): Expansion {
    const { files, variables } = this.#process;
    return {
      files,
      home: variables.get("HOME") ?? "/root",
      positional: this.#inside.positional,
      value: (name) => this.#value(name),
      output: (command) => this.#output(command, streams),
    };
  }

  #value(name: string): string {
    const { positional, process } = this.#inside;
    if (name === "?") return String(this.#code);
    if (name === "#") return String(positional.length);
    if (name === "$") return String(this.#pid);
    if (name === "!") return this.#lastJob;
    if (/^[1-9]\d*$/.test(name)) return positional[Number(name) - 1] ?? "";
    return process.variables.get(name) ?? "";
  }

  async #output(command: List, streams: Streams): Promise<string> {
    const chunks: Uint8Array[] = [];
    const fds = new Map(streams.fds);
    fds.set(1, (text) => chunks.push(Buffer.from(text as string)));
    this.#code = await this.#copy().#whole(() => command, { stdin: streams.stdin, fds });
    return Buffer.concat(chunks).toString("utf8").replace(/\n+$/, "");
  }
}

function textOf(word: Word): string {
  return word.map((piece) => ("text" in piece ? piece.text : "")).join("");
}
