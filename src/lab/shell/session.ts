import { SHELLS } from "../guests/guest-programs.ts";
import { nodeFiles } from "./node-files.ts";
import {
  failureOf,
  type Input,
  KilledBySignal,
  type Machine,
  type Process,
  type Program,
  pause,
  type Task,
  type TerminalSettings,
} from "./process.ts";
import { findProgram } from "./programs.ts";
import { HostShell, type Streams, type Surroundings } from "./shell.ts";
import { signalCode, tasksOf } from "./tasks.ts";
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
  /** The terminal that it is typed at. */
  terminal?: TerminalSettings;
  /** Called when the shell was told to end, or gave its place to another program. */
  left?(): void;
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

/** Starts programs as processes that others can find, and ends them when those say so. */
export function surroundingsOf(
  find: (word: string, path: string) => Program | undefined,
  filesOf: (machine: Machine, user: string) => Process["files"],
): Surroundings {
  const launch = async (words: readonly string[], process: Process, streams: Streams, task?: Task): Promise<number> => {
    const [word = "", ...args] = words;
    const tasks = tasksOf(process.machine);
    // A session of its own, which nobody before the terminal ends.
    if (word === "setsid" && args.length > 0) {
      const leader = tasks.start();
      return await launch(args, { ...process, tty: false, signal: leader.signal }, streams, leader);
    }
    const own = task ?? tasks.start(process.task);
    try {
      const code = await start(word, args, process, streams, own);
      return own.killedBy === undefined ? code : signalCode(own.killedBy);
    } finally {
      tasks.end(own);
    }
  };

  const start = async (
    word: string,
    args: readonly string[],
    process: Process,
    streams: Streams,
    task: Task,
  ): Promise<number> => {
    const own: Process = {
      ...process,
      stdin: streams.stdin,
      out: streams.fds.get(1) ?? (() => {}),
      err: streams.fds.get(2) ?? (() => {}),
      signal: AbortSignal.any([process.signal, task.signal]),
      task,
      args,
      run: (inner, changes = {}) => {
        const { user = process.user } = changes;
        return launch(inner, { ...own, ...changes, files: filesOf(own.machine, user) }, streams);
      },
    };
    if (SHELLS.test(word)) return await shellProgram(own, streams);
    const program = find(word, own.variables.get("PATH") ?? ROOT_PATH);
    if (!program) {
      own.err(
        word.includes("/")
          ? `bash: line 1: ${word}: No such file or directory\n`
          : `bash: line 1: ${word}: command not found\n`,
      );
      return 127;
    }
    const command = [word, ...args].join(" ");
    const failure = failureOf(process.machine.troubles, command);
    if (failure === undefined) return await program(own);
    if (failure === "after") await program(own);
    own.err(`${word}: Input/output error\n`);
    return 1;
  };

  /** `sh -c script name arguments…`, or a script on its standard input. */
  const shellProgram = async (process: Process, streams: Streams): Promise<number> => {
    const at = process.args.findIndex((arg) => /^-[a-z]*c$/.test(arg));
    const script = at < 0 ? Buffer.from(await process.stdin.all()).toString("utf8") : (process.args[at + 1] ?? "");
    const shell = new HostShell(process, around, at < 0 ? [] : process.args.slice(at + 3));
    return await shell.execute(script, streams.fds);
  };

  const around: Surroundings = {
    launch,
    knows: (name) => name === "setsid" || SHELLS.test(name) || find(name, ROOT_PATH) !== undefined,
  };
  return around;
}

const onNode = surroundingsOf(findProgram, filesFor);

/** Somebody's line, to be carried out by a shell of that somebody. */
export async function runLine(
  wanted: HostCommand & { files: Process["files"] },
  around: Surroundings,
): Promise<number> {
  const { machine, user, command, variables, stdin, out, err, signal, tty = false, terminal, files, left } = wanted;
  const tasks = tasksOf(machine);
  const task = tasks.start();
  const hangUp = (): void => void tasks.kill(task.pid, "HUP");
  signal.addEventListener("abort", hangUp, { once: true });
  const streams: Streams = {
    stdin,
    fds: new Map([
      [1, out],
      [2, err],
    ]),
  };
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
    files,
    stdin,
    out,
    err,
    signal,
    tty,
    ...(terminal ? { terminal } : {}),
    task,
    run: (words, changes = {}) => around.launch(words, { ...process, ...changes }, streams),
  };
  const shell = new HostShell(process, around);
  try {
    return await shell.execute(command);
  } finally {
    if (shell.left) left?.();
    signal.removeEventListener("abort", hangUp);
    tasks.end(task);
  }
}

/** Carries a command out with whatever is wrong on its host; throws the signal that ended it. */
export async function runHostCommand(wanted: HostCommand): Promise<number> {
  const { machine, user, signal } = wanted;
  const { slowMs, signal: killed } = machine.troubles;
  if (slowMs !== undefined) await pause({ machine, signal }, slowMs);
  if (killed !== undefined) throw new KilledBySignal(killed);
  return await runLine({ ...wanted, files: filesFor(machine, user) }, onNode);
}
