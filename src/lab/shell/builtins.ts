import { parseShell } from "../guests/shell-parse.ts";
import { KilledBySignal, type Process, type Task } from "./process.ts";
import type { Streams } from "./shell.ts";
import { signalName, tasksOf } from "./tasks.ts";

/** The shell ends, here and now. */
export class Exit {
  readonly code: number;
  constructor(code: number) {
    this.code = code;
  }
}

/** The loop ends. */
export class Break {}

/** What a shell is to the commands that are its own. */
export interface Inside {
  process: Process;
  readonly positional: string[];
  /** Exit code of the last command. */
  readonly code: number;
  umask: number;
  /** Commands in the background, by process. */
  readonly jobs: Map<number, Promise<number>>;
  list(text: string, streams: Streams): Promise<number>;
  launch(words: readonly string[], streams: Streams): Promise<number>;
  knows(name: string): boolean;
}

type Builtin = (shell: Inside, args: readonly string[], streams: Streams) => number | Promise<number>;

const say = (streams: Streams, number: 1 | 2, text: string): void => streams.fds.get(number)?.(text);

const assign: Builtin = ({ process: { variables } }, args) => {
  for (const arg of args) {
    const at = arg.indexOf("=");
    if (at > 0) variables.set(arg.slice(0, at), arg.slice(at + 1));
  }
  return 0;
};

const kill: Builtin = ({ process }, args) => {
  const [first = ""] = args;
  const wanted = /^-(\w+)$/.exec(first)?.[1];
  const [target = ""] = args.slice(wanted === undefined ? 0 : 1);
  const name = signalName(wanted ?? "TERM");
  const { pid, group } = process.task;
  // Itself, and without further ado.
  if (target === String(pid) && !process.task.traps.has(name) && name !== "0") throw new KilledBySignal(name);
  const number = target === "0" ? -group : Number(target);
  return Number.isInteger(number) && number !== 0 && tasksOf(process.machine).kill(number, name) ? 0 : 1;
};

const wait: Builtin = async ({ process: { task }, jobs }, [pid = ""]) => {
  const job = jobs.get(Number(pid));
  if (!job) return 127;
  // A signal that the shell means to act on ends the wait.
  const woken = new Promise<number>((resolve) => {
    task.wake = () => resolve(143);
  });
  const code = await Promise.race([job, woken]);
  task.wake = () => {};
  return code;
};

const trap: Builtin = ({ process: { task } }, [action = "", ...names]) => {
  for (const name of names.map(signalName))
    if (action === "-") task.traps.delete(name);
    else task.traps.set(name, action);
  return 0;
};

const read: Builtin = async ({ process: { variables, stdin } }, args, streams) => {
  const [name = "REPLY"] = args.filter((arg) => !arg.startsWith("-"));
  const line = await (streams.stdin ?? stdin).line?.();
  variables.set(name, line ?? "");
  return line === undefined ? 1 : 0;
};

/** Commands that a shell carries out itself. */
export const BUILTINS: Readonly<Record<string, Builtin>> = {
  ":": () => 0,
  exit: ({ code }, [given]) => {
    throw new Exit(given === undefined ? code : Number(given));
  },
  break: () => {
    throw new Break();
  },
  kill,
  wait,
  trap,
  read,
  export: assign,
  unset: ({ process: { variables } }, args) => {
    for (const arg of args) variables.delete(arg);
    return 0;
  },
  cd: ({ process: { files, variables } }, [to], streams) => {
    if (to !== undefined && !files.isDirectory(to)) {
      say(streams, 2, `bash: line 1: cd: ${to}: No such file or directory\n`);
      return 1;
    }
    variables.set("PWD", to ?? variables.get("HOME") ?? "/root");
    return 0;
  },
  pwd: ({ process: { variables } }, _, streams) => {
    say(streams, 1, `${variables.get("PWD") ?? "/root"}\n`);
    return 0;
  },
  shift: ({ positional }, [count]) => {
    positional.splice(0, Number(count ?? 1));
    return 0;
  },
  set: ({ positional }, args) => {
    if (args[0] === "--") positional.splice(0, positional.length, ...args.slice(1));
    return 0;
  },
  umask: (shell, [mode]) => {
    shell.umask = Number.parseInt(mode ?? "022", 8);
    return 0;
  },
  exec: async (shell, args, streams) => {
    if (args.length === 0) return 0;
    throw new Exit(await shell.launch(args, streams));
  },
  eval: (shell, args, streams) => shell.list(args.join(" "), streams),
  command: (shell, args, streams) =>
    args[0] === "-v" ? shell.launch(["which", ...args.slice(1)], streams) : shell.launch(args, streams),
  type: ({ knows }, args, streams) => {
    let code = 0;
    for (const name of args)
      if (Object.hasOwn(BUILTINS, name)) say(streams, 1, `${name} is a shell builtin\n`);
      else if (knows(name)) say(streams, 1, `${name} is /usr/bin/${name}\n`);
      else {
        say(streams, 2, `bash: line 1: type: ${name}: not found\n`);
        code = 1;
      }
    return code;
  },
};

/** A script that is run because of a signal. */
export function pendingOf(task: Task): ReturnType<typeof parseShell> | undefined {
  const text = task.pending.shift();
  return text === undefined ? undefined : parseShell(text);
}
