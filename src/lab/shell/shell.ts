import { FileTrouble } from "../guests/guest-files.ts";
import { type Command, type List, parseShell, type Redirect, SyntaxTrouble, type Word } from "../guests/shell-parse.ts";
import { expandWord } from "./expand.ts";
import { type Input, inputOf, KilledBySignal, NO_INPUT, type Process } from "./process.ts";

/** The shell ends, here and now. */
class Exit {
  readonly code: number;
  constructor(code: number) {
    this.code = code;
  }
}

type Write = (text: string | Uint8Array) => void;

interface Streams {
  stdin: Input;
  out: Write;
  err: Write;
}

const SIGNALS: Readonly<Record<string, string>> = { 1: "HUP", 2: "INT", 3: "QUIT", 6: "ABRT", 9: "KILL", 15: "TERM" };

/** How the shell finds and starts a program. */
export type Launch = (words: readonly string[], process: Process, streams: Streams) => Promise<number>;

/** One shell on a node: what an SSH command or a console's line is carried out by. */
export class HostShell {
  readonly #process: Process;
  readonly #launch: Launch;
  readonly #positional: string[];
  #umask = 0o022;
  #code = 0;

  constructor(process: Process, launch: Launch, positional: readonly string[] = []) {
    this.#process = process;
    this.#launch = launch;
    this.#positional = [...positional];
  }

  /** Carries a script out; gives its exit code, or throws what signal ended it. */
  async execute(script: string): Promise<number> {
    const { stdin, out, err } = this.#process;
    try {
      return await this.#list(parseShell(script), { stdin, out, err });
    } catch (error) {
      if (error instanceof Exit) return error.code;
      if (!(error instanceof SyntaxTrouble)) throw error;
      err(`bash: -c: line 1: ${error.message}\n`);
      return 2;
    }
  }

  async #list(list: List, streams: Streams): Promise<number> {
    for (const { joint, pipeline } of list) {
      if ((joint === "&&" && this.#code !== 0) || (joint === "||" && this.#code === 0)) continue;
      let { stdin } = streams;
      for (const [index, command] of pipeline.commands.entries()) {
        if (this.#process.signal.aborted) throw new KilledBySignal("HUP");
        const isLast = index === pipeline.commands.length - 1;
        const chunks: Uint8Array[] = [];
        const out: Write = isLast ? streams.out : (text) => chunks.push(Buffer.from(text as string));
        this.#code = await this.#command(command, { stdin, out, err: streams.err });
        if (!isLast) stdin = inputOf(Buffer.concat(chunks));
      }
      if (pipeline.negated) this.#code = this.#code === 0 ? 1 : 0;
    }
    return this.#code;
  }

  async #command(command: Command, streams: Streams): Promise<number> {
    const mine = { ...streams };
    const files: { path: string; append: boolean; chunks: Uint8Array[] }[] = [];
    for (const redirect of command.redirects) {
      const trouble = await this.#redirect(redirect, mine, files);
      if (trouble !== undefined) {
        streams.err(`bash: line 1: ${trouble}\n`);
        return 1;
      }
    }
    const code = await this.#carryOut(command, mine);
    const { files: disk } = this.#process;
    for (const { path, append, chunks } of files) {
      const before = append ? (disk.find(path)?.bytes ?? new Uint8Array()) : new Uint8Array();
      disk.write(path, Buffer.concat([before, ...chunks]), 0o666 & ~this.#umask);
    }
    return code;
  }

  async #redirect(
    { from, how, to }: Redirect,
    streams: Streams,
    files: { path: string; append: boolean; chunks: Uint8Array[] }[],
  ): Promise<string | undefined> {
    const path = (await this.#expand(to)).join(" ");
    const { files: disk } = this.#process;
    if (how === ">&") {
      if (from === 1 && path === "2") streams.out = streams.err;
      if (from === 2 && path === "1") streams.err = streams.out;
      return undefined;
    }
    try {
      if (how === "<") streams.stdin = path === "/dev/null" ? NO_INPUT : inputOf(disk.read(path).bytes);
      else if (path === "/dev/null") streams[from === 2 ? "err" : "out"] = () => {};
      else {
        // The file is there, and empty, before the command runs.
        if (how === ">") disk.write(path, new Uint8Array(), 0o666 & ~this.#umask);
        else if (!disk.find(path)) disk.write(path, new Uint8Array(), 0o666 & ~this.#umask);
        const chunks: Uint8Array[] = [];
        streams[from === 2 ? "err" : "out"] = (text) => chunks.push(Buffer.from(text as string));
        files.push({ path, append: how === ">>", chunks });
      }
    } catch (error) {
      if (!(error instanceof FileTrouble)) throw error;
      return `${path}: ${error.message}`;
    }
    return undefined;
  }

  async #carryOut(command: Command, streams: Streams): Promise<number> {
    if (command.kind === "group") return await this.#list(command.body, streams);
    if (command.kind === "if") {
      for (const { condition, body } of command.branches)
        if ((await this.#list(condition, streams)) === 0) return await this.#inner(body, streams);
      return command.otherwise ? await this.#inner(command.otherwise, streams) : 0;
    }
    const words: string[] = [];
    for (const word of command.words) words.push(...(await this.#expand(word)));
    const values: [string, string][] = [];
    for (const [name, word] of command.assignments) values.push([name, (await this.#expand(word)).join(" ")]);
    const { variables } = this.#process;
    if (words.length === 0) {
      for (const [name, value] of values) variables.set(name, value);
      return values.length === 0 ? 0 : this.#code;
    }
    const known = await this.#builtin(words, streams);
    if (known !== undefined) return known;
    const process = { ...this.#process, variables: new Map([...variables, ...values]) };
    return await this.#launch(words, process, streams);
  }

  /** A list whose own code starts anew. */
  async #inner(list: List, streams: Streams): Promise<number> {
    this.#code = 0;
    return await this.#list(list, streams);
  }

  async #builtin([name = "", ...args]: string[], streams: Streams): Promise<number | undefined> {
    const { variables } = this.#process;
    switch (name) {
      case "exit":
        throw new Exit(args[0] === undefined ? this.#code : Number(args[0]));
      case "kill": {
        const wanted = /^-(?:SIG)?(\w+)$/.exec(args[0] ?? "")?.[1] ?? "TERM";
        throw new KilledBySignal(SIGNALS[wanted] ?? wanted);
      }
      case "cd":
        if (args[0] !== undefined && !this.#process.files.isDirectory(args[0])) {
          streams.err(`bash: line 1: cd: ${args[0]}: No such file or directory\n`);
          return 1;
        }
        variables.set("PWD", args[0] ?? variables.get("HOME") ?? "/root");
        return 0;
      case "pwd":
        streams.out(`${variables.get("PWD") ?? "/root"}\n`);
        return 0;
      case "export":
        for (const arg of args) {
          const at = arg.indexOf("=");
          if (at > 0) variables.set(arg.slice(0, at), arg.slice(at + 1));
        }
        return 0;
      case "shift":
        this.#positional.splice(0, Number(args[0] ?? 1));
        return 0;
      case "umask":
        this.#umask = Number.parseInt(args[0] ?? "022", 8);
        return 0;
      case "exec":
        if (args.length === 0) return 0;
        throw new Exit(await this.#launch(args, this.#process, streams));
      case "command": {
        if (args[0] !== "-v") return await this.#launch(args, this.#process, streams);
        return await this.#launch(["which", ...args.slice(1)], this.#process, streams);
      }
      case "set":
      case ":":
      case "trap":
        return 0;
      default:
        return undefined;
    }
  }

  async #expand(word: Word): Promise<string[]> {
    const { files, variables } = this.#process;
    return await expandWord(word, {
      files,
      home: variables.get("HOME") ?? "/root",
      positional: this.#positional,
      value: (name) => this.#value(name),
      output: (command) => this.#output(command),
    });
  }

  #value(name: string): string {
    if (name === "?") return String(this.#code);
    if (name === "#") return String(this.#positional.length);
    if (name === "$") return "4242";
    if (/^[1-9]\d*$/.test(name)) return this.#positional[Number(name) - 1] ?? "";
    return this.#process.variables.get(name) ?? "";
  }

  async #output(command: List): Promise<string> {
    const chunks: Uint8Array[] = [];
    const streams = { stdin: NO_INPUT, out: (text: string | Uint8Array) => chunks.push(Buffer.from(text as string)) };
    try {
      this.#code = await this.#list(command, { ...streams, err: this.#process.err });
    } catch (error) {
      if (!(error instanceof Exit)) throw error;
      this.#code = error.code;
    }
    return Buffer.concat(chunks).toString("utf8").replace(/\n+$/, "");
  }
}
