import { SHELLS } from "../guests/guest-programs.ts";
import { nodeFiles } from "./node-files.ts";
import { failureOf, type Input, KilledBySignal, type Machine, type Process, pause } from "./process.ts";
import { findProgram } from "./programs.ts";
import { HostShell, type Launch } from "./shell.ts";
import { UserFiles } from "./user-files.ts";

/** One command on a node, as SSH or a console hands it over. */
export interface HostCommand {
  machine: Machine;
  user: string;
  command: string;
  variables?: Readonly<Record<string, string>>;
  stdin: Input;
  out(text: string | Uint8Array): void;
  err(text: string | Uint8Array): void;
  signal: AbortSignal;
  tty?: boolean;
}

/** A command that reached a host, for assertions. */
export interface HostCommandRecord {
  node: string;
  user: string;
  command: string;
  /** Absent while it runs, and when a signal ended it. */
  code?: number;
  signal?: string;
}

const ROOT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const USER_PATH = "/usr/local/bin:/usr/bin:/bin:/usr/games";

/** The home of a user. */
export function homeOf(user: string): string {
  return user === "root" ? "/root" : `/home/${user}`;
}

function filesFor(machine: Machine, user: string): Process["files"] {
  const files = nodeFiles(machine.state, machine.node);
  return user === "root" ? files : new UserFiles(files, user);
}

const launch: Launch = async (words, process, streams) => {
  const [word = "", ...args] = words;
  const own: Process = {
    ...process,
    ...streams,
    args,
    run: (inner, changes = {}) => {
      const { user = process.user } = changes;
      return launch(inner, { ...own, ...changes, files: filesFor(own.machine, user) }, streams);
    },
  };
  if (SHELLS.test(word)) return await shellProgram(own);
  const program = findProgram(word, own.variables.get("PATH") ?? ROOT_PATH);
  if (!program) {
    own.err(
      word.includes("/")
        ? `bash: line 1: ${word}: No such file or directory\n`
        : `bash: line 1: ${word}: command not found\n`,
    );
    return 127;
  }
  const command = words.join(" ");
  const failure = failureOf(process.machine.troubles, command);
  if (failure === undefined) return await program(own);
  if (failure === "after") await program(own);
  own.err(`${word}: Input/output error\n`);
  return 1;
};

/** `sh -c script name arguments…`, or a script on its standard input. */
async function shellProgram(process: Process): Promise<number> {
  const at = process.args.findIndex((arg) => /^-[a-z]*c$/.test(arg));
  const script = at < 0 ? Buffer.from(await process.stdin.all()).toString("utf8") : (process.args[at + 1] ?? "");
  return await new HostShell(process, launch, at < 0 ? [] : process.args.slice(at + 3)).execute(script);
}

/** Carries a command out with whatever is wrong on its host; throws the signal that ended it. */
export async function runHostCommand(wanted: HostCommand): Promise<number> {
  const { machine, user, command, variables, stdin, out, err, signal, tty = false } = wanted;
  const { slowMs, signal: killed } = machine.troubles;
  if (slowMs !== undefined) await pause({ machine, signal }, slowMs);
  if (killed !== undefined) throw new KilledBySignal(killed);
  const process: Process = {
    machine,
    user,
    args: [],
    variables: new Map(
      Object.entries({
        HOME: homeOf(user),
        USER: user,
        SHELL: "/bin/bash",
        PATH: user === "root" ? ROOT_PATH : USER_PATH,
        LANG: "C.UTF-8",
        PWD: homeOf(user),
        ...variables,
      }),
    ),
    files: filesFor(machine, user),
    stdin,
    out,
    err,
    signal,
    tty,
    run: (words, changes = {}) => launch(words, { ...process, ...changes }, { stdin, out, err }),
  };
  return await new HostShell(process, launch).execute(command);
}
