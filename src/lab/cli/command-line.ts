import { Refusal } from "../refusal.ts";
import { type Process, type Program, pause } from "../shell/process.ts";
import { parseOutcome } from "../tasks.ts";
import { printTable } from "./table.ts";

/** What a command does when its worker failed: most say so by their code, some end with 0 (pve-facts 114). */
export type WorkerEnd = "code" | "silent";

/** One command of a family, with its arguments taken apart. */
export interface CommandLine {
  process: Process;
  /** The node that the command runs on, which is the only one that it acts on (pve-facts 115). */
  node: string;
  /** Named positions and options; repeated ones are lists. */
  params: Record<string, string | string[]>;
  /** What stands after `--`. */
  rest: readonly string[];
  /** Takes an option out of the parameters. */
  take(name: string): string | undefined;
  /** Calls an operation as root@pam and gives its `data`. */
  // biome-ignore lint/suspicious/noExplicitAny: answers have any shape
  call(method: string, path: string, params?: Readonly<Record<string, unknown>>): Promise<any>;
  /** Shows a worker's log until it has ended; gives the exit code. */
  follow(upid: unknown, end?: WorkerEnd): Promise<number>;
  /** Prints data in the wanted `--output-format`; a table of these columns as a text. */
  print(data: unknown, columns?: readonly string[]): number;
}

export interface Verb {
  /** Names of what stands at fixed places; those with `?` may be left out. */
  args: readonly string[];
  run(line: CommandLine): number | Promise<number>;
}

export type Verbs = Readonly<Record<string, Verb>>;

const NOISE = `perl: warning: Setting locale failed.
perl: warning: Please check that your locale settings:
\tLANGUAGE = (unset),
\tLC_ALL = (unset),
\tLANG = "de_DE.UTF-8"
    are supported and installed on your system.
perl: warning: Falling back to the standard locale ("C").
`;

/** What Perl says of a locale that the node does not have; never when a plain one is asked for (pve-facts 116). */
export function complainOfLocale({ machine, variables, err }: Process): void {
  if (machine.troubles.localeNoise && !/^C(?:\.|$)|^POSIX$/.test(variables.get("LC_ALL") ?? "")) err(NOISE);
}

/** The code that a Perl program dies with: the error number of whatever failed last (pve-facts 113). */
export function deathCode(message: string): number {
  if (/does not exist|No such file|no such/i.test(message)) return 2;
  if (/permission|not permitted/i.test(message)) return 13;
  if (/is locked|can't lock|got timeout/.test(message)) return 4;
  return /already exists/.test(message) ? 17 : 255;
}

/** Says what went wrong, as the command line words it; gives the exit code. */
export function complain(process: Process, error: unknown, usage: string): number {
  if (!(error instanceof Error)) throw error;
  if (error instanceof Refusal && error.errors) {
    const faults = Object.entries(error.errors).map(([name, text]) => `${name}: ${text.trim()}\n`);
    process.err(`400 Parameter verification failed.\n${faults.sort().join("")}${usage}\n`);
    return 255;
  }
  const message = error.message.replace(/\n$/, "");
  process.err(`${message}\n`);
  return deathCode(message);
}

interface Split {
  positional: string[];
  options: Record<string, string | string[]>;
  rest: string[];
}

/** Takes arguments apart: `--name value`, `--name=value`, `-name value`, a bare `--name` being 1. */
export function splitArguments(args: readonly string[]): Split {
  const split: Split = { positional: [], options: {}, rest: [] };
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at]!;
    if (arg === "--") {
      split.rest = args.slice(at + 1);
      break;
    }
    const [, name, equals, value] = /^--?([A-Za-z][\w-]*)(=)?(.*)$/s.exec(arg) ?? [];
    if (name === undefined) {
      split.positional.push(arg);
      continue;
    }
    let given = value ?? "";
    if (equals === undefined) {
      const next = args[at + 1];
      const isValue = next !== undefined && !/^--?[A-Za-z]|^--$/.test(next);
      given = isValue ? next : "1";
      if (isValue) at += 1;
    }
    const before = split.options[name];
    if (before === undefined) split.options[name] = given;
    else split.options[name] = [...(Array.isArray(before) ? before : [before]), given];
  }
  return split;
}

/** Shows a worker as a foreground command does: its log on stdout, what it died of on stderr (pve-facts 112). */
export async function followWorker(process: Process, upid: unknown, end: WorkerEnd = "code"): Promise<number> {
  const { machine, signal, out, err } = process;
  const task = typeof upid === "string" ? machine.state.tasks.get(upid) : undefined;
  if (!task) return 0;
  let shown = 0;
  const show = (): void => {
    for (; shown < task.log.length; shown += 1) {
      const line = task.log[shown]!;
      if (!/^TASK (?:OK|ERROR|WARNINGS)/.test(line)) out(`${line}\n`);
    }
  };
  while (task.endtime === undefined && !signal.aborted) {
    show();
    await pause(process, Math.max(2, machine.state.pace.taskMs / 20));
  }
  show();
  const outcome = parseOutcome(task.exitstatus ?? "unexpected status");
  if (outcome.kind === "error") err(`${outcome.message}\n`);
  if (outcome.kind === "ok" || outcome.kind === "warnings" || end === "silent") return 0;
  return 255;
}

/** What a family says that takes `--output-format`; most do not (pve-facts 116). */
export const FORMATS = { formats: true } as const;

/** A program made of commands. */
export function family(name: string, verbs: Verbs, { formats = false }: { formats?: boolean } = {}): Program {
  return async (process) => {
    complainOfLocale(process);
    const { args, machine, err, user } = process;
    if (args.length === 0 || args[0] === "help") {
      err(`ERROR: no command specified\nUSAGE: ${name} <COMMAND> [ARGS] [OPTIONS]\n`);
      return 255;
    }
    // Some commands have two words.
    const two = `${args[0]} ${args[1] ?? ""}`;
    const key = Object.hasOwn(verbs, two) ? two : args[0]!;
    const verb = Object.hasOwn(verbs, key) ? verbs[key] : undefined;
    if (!verb) {
      err(`ERROR: unknown command '${name} ${args[0]}'\nUSAGE: ${name} <COMMAND> [ARGS] [OPTIONS]\n`);
      return 255;
    }
    if (user !== "root") {
      err("please run as root\n");
      return 255;
    }
    const { positional, options, rest } = splitArguments(args.slice(key === two ? 2 : 1));
    const usage = `${name} ${key} ${verb.args.map((one) => (one.endsWith("?") ? `[<${one.slice(0, -1)}>]` : `<${one}>`)).join(" ")} [OPTIONS]`;
    const format = String(options["output-format"] ?? "text");
    if (options["output-format"] !== undefined && !formats) {
      err(`Unknown option: output-format\n400 unable to parse option\n${usage}\n`);
      return 255;
    }
    delete options["output-format"];
    const needed = verb.args.filter((one) => !one.endsWith("?")).length;
    const takesRest = positional.length > verb.args.length && ["qm guest exec", "pct exec"].includes(`${name} ${key}`);
    if (positional.length < needed || (positional.length > verb.args.length && !takesRest)) {
      err(`400 ${positional.length < needed ? "not enough" : "too many"} arguments\n${usage}\n`);
      return 255;
    }
    const params: CommandLine["params"] = { ...options };
    verb.args.forEach((one, index) => {
      if (positional[index] !== undefined) params[one.replace("?", "")] = positional[index];
    });
    const line: CommandLine = {
      process,
      node: machine.node,
      params,
      rest: [...positional.slice(verb.args.length), ...rest],
      take: (option) => {
        const value = params[option];
        delete params[option];
        return Array.isArray(value) ? value.at(-1) : value;
      },
      call: async (method, path, given = {}) => (await machine.api(method, path, cliValues(given))).data,
      follow: (upid, end) => followWorker(process, upid, end),
      print: (data, columns) => {
        printTable(process, data, format, columns);
        return 0;
      },
    };
    try {
      return await verb.run(line);
    } catch (error) {
      return complain(process, error, usage);
    }
  };
}

/** Switches may be spelled out on the command line (pve-facts 3). */
function cliValues(params: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const spelled: Readonly<Record<string, string>> = { yes: "1", on: "1", true: "1", no: "0", off: "0", false: "0" };
  return Object.fromEntries(
    Object.entries(params)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, typeof value === "string" ? (spelled[value] ?? value) : value]),
  );
}
