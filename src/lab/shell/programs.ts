import { FAMILIES } from "../cli/index.ts";
import { runCommand } from "../guests/agent-shell.ts";
import { PROGRAMS as SIMPLE } from "../guests/guest-programs.ts";
import { FILE_PROGRAMS } from "./file-programs.ts";
import { accountOf } from "./accounts.ts";
import { nodeFiles } from "./node-files.ts";
import { type Machine, type Process, type Program, pause } from "./process.ts";
import { isAllowed } from "./sudoers.ts";
import { USER_PROGRAMS } from "./user-programs.ts";

/**
 * Whether a user may run a command as root without a password: the node's own administrator may run all, others what
 * the files of sudo give them.
 */
export function maySudo({ state, node, troubles }: Machine, user: string, words: readonly string[]): boolean {
  if (user === "root") return true;
  if (troubles.sudoPassword) return false;
  return user === "admin" || isAllowed(nodeFiles(state, node), user, fullPath(words));
}

/** `sudo [-n] [-E] [-u USER] [--] COMMAND…`: no password is asked for, unless a fault says so (pve-facts 119). */
const sudo: Program = async ({ args, user, machine, variables, out, err, run }) => {
  if (args[0] === "-V") {
    out("Sudo version 1.9.16p2\nSudoers policy plugin version 1.9.16p2\n");
    return 0;
  }
  const rest = [...args];
  let target = "root";
  for (let arg = rest[0]; arg?.startsWith("-"); arg = rest[0]) {
    rest.shift();
    if (arg === "--") break;
    if (arg === "-u") target = rest.shift() ?? "root";
  }
  if (!maySudo(machine, user, rest)) {
    const knows = user === "admin" || accountOf(nodeFiles(machine.state, machine.node), user) !== undefined;
    if (args.includes("-n")) err("sudo: a password is required\n");
    else err(knows ? "sudo: a terminal is required to read the password\n" : `${user} is not in the sudoers file.\n`);
    return 1;
  }
  const own = new Map(variables);
  for (; /^\w+=/.test(rest[0] ?? ""); rest.shift()) {
    const [name = "", ...value] = rest[0]!.split("=");
    own.set(name, value.join("="));
  }
  // The path of its own that sudo sets.
  own.set("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin").set("SUDO_USER", user);
  return rest.length === 0 ? 1 : await run(rest, { user: target, variables: own });
};

const env: Program = async ({ args, variables, out, run }) => {
  const own = args.includes("-i") ? new Map<string, string>() : new Map(variables);
  const rest = args.filter((arg) => arg !== "-i");
  for (let match = /^([^=]+)=(.*)$/s.exec(rest[0] ?? ""); match; match = /^([^=]+)=(.*)$/s.exec(rest[0] ?? "")) {
    own.set(match[1]!, match[2]!);
    rest.shift();
  }
  if (rest.length > 0) return await run(rest, { variables: own });
  out([...own].map(([name, value]) => `${name}=${value}\n`).join(""));
  return 0;
};

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds as `timeout` and `sleep` take them: `1.5`, `2m`. */
function milliseconds(text: string): number {
  const [, number = "0", unit = "s"] = /^([\d.]+)([smhd]?)$/.exec(text) ?? [];
  return Number(number) * (UNITS[unit || "s"] ?? 1) * 1000;
}

/** `timeout [-k SECONDS] [-s SIGNAL] SECONDS COMMAND…`: 124 when the time is up. */
const timeout: Program = async (process) => {
  const { args, machine, signal, run } = process;
  const rest = [...args];
  while (/^-/.test(rest[0] ?? "")) {
    const option = rest.shift()!;
    if (/^-[ks]$/.test(option)) rest.shift();
  }
  const limit = milliseconds(rest.shift() ?? "0");
  const own = new AbortController();
  const forward = (): void => own.abort();
  signal.addEventListener("abort", forward, { once: true });
  let late = false;
  const cancel =
    limit === 0
      ? () => {}
      : machine.state.timers.after(limit, () => {
          late = true;
          own.abort();
        });
  try {
    const code = await run(rest, { signal: own.signal });
    return late ? 124 : code;
  } catch (error) {
    if (late) return 124;
    throw error;
  } finally {
    cancel();
    signal.removeEventListener("abort", forward);
  }
};

/** `head` and `tail`: lines, or bytes. */
function ends(which: "head" | "tail"): Program {
  return async ({ args, files, stdin, out, err }) => {
    const joined = args.map((arg) => arg.replace(/^-(\d+)$/, "-n$1")).join(" ");
    const [, unit = "n", count = "10"] = /-([nc])\s*[+-]?(\d+)/.exec(joined) ?? [];
    const path = args.filter((arg, index) => !arg.startsWith("-") && !/^-[nc]$/.test(args[index - 1] ?? "")).at(-1);
    let bytes: Uint8Array;
    try {
      bytes = path === undefined || path === "-" ? await stdin.all() : files.read(path).bytes;
    } catch (error) {
      err(`${which}: cannot open '${path}' for reading: ${(error as Error).message}\n`);
      return 1;
    }
    const number = Number(count);
    if (unit === "c") {
      out(which === "head" ? bytes.subarray(0, number) : bytes.subarray(Math.max(0, bytes.length - number)));
      return 0;
    }
    const lines =
      Buffer.from(bytes)
        .toString("latin1")
        .match(/[^\n]*\n|[^\n]+$/g) ?? [];
    out(Buffer.from((which === "head" ? lines.slice(0, number) : lines.slice(-number)).join(""), "latin1"));
    return 0;
  };
}

const grep: Program = async ({ args, files, stdin, out }) => {
  const flags = args.filter((arg) => /^-[A-Za-z]+$/.test(arg)).join("");
  const [pattern = "", ...paths] = args.filter((arg) => !arg.startsWith("-"));
  const test = new RegExp(
    flags.includes("F") ? pattern.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") : pattern,
    flags.includes("i") ? "i" : "",
  );
  let found = false;
  for (const path of paths.length === 0 ? [undefined] : paths) {
    const bytes = path === undefined ? await stdin.all() : (files.find(path)?.bytes ?? new Uint8Array());
    for (const line of Buffer.from(bytes).toString("utf8").replace(/\n$/, "").split("\n")) {
      if (test.test(line) === flags.includes("v")) continue;
      found = true;
      if (!flags.includes("q")) out(`${paths.length > 1 && !flags.includes("h") ? `${path}:` : ""}${line}\n`);
    }
  }
  return found ? 0 : 1;
};

const tee: Program = async ({ args, files, stdin, out, err }) => {
  const bytes = await stdin.all();
  out(bytes);
  for (const path of args.filter((arg) => !arg.startsWith("-")))
    try {
      const before = args.includes("-a") ? (files.find(path)?.bytes ?? new Uint8Array()) : new Uint8Array();
      files.write(path, Buffer.concat([before, bytes]), 0o644);
    } catch (error) {
      err(`tee: ${path}: ${(error as Error).message}\n`);
      return 1;
    }
  return 0;
};

const SBIN = new Set([
  "qm",
  "pct",
  "pvesm",
  "pveum",
  "ha-manager",
  "qmrestore",
  "pve-firewall",
  "useradd",
  "userdel",
  "visudo",
]);

/** A command with the path at which sudo's own PATH has it. */
function fullPath([word = "", ...args]: readonly string[]): string[] {
  return [word.includes("/") ? word : `${SBIN.has(word) ? "/usr/sbin" : "/usr/bin"}/${word}`, ...args];
}

const which: Program = ({ args, variables, out }) => {
  const missing = args.filter((name) => {
    const folder = SBIN.has(name) ? "/usr/sbin" : "/usr/bin";
    const there = isProgram(name) && (variables.get("PATH") ?? "").split(":").includes(folder);
    if (there) out(`${folder}/${name}\n`);
    return !there;
  });
  return missing.length === 0 ? 0 : 1;
};

/** `sed "s/^/TEXT/"`: a text before each line, which is all that this one can. */
const sed: Program = async ({ args, stdin, out, err }) => {
  const [, text] = /^s\/\^\/([^/\\&]*)\/$/.exec(args[0] ?? "") ?? [];
  if (text === undefined) {
    err(`sed: -e expression #1, char 1: unknown command: ${args[0] ?? ""}\n`);
    return 1;
  }
  const before = Buffer.from(await stdin.all()).toString("latin1");
  out(
    Buffer.from(
      before.replace(/(^|\n)(?=[\s\S])/g, (_, end: string) => end + text),
      "latin1",
    ),
  );
  return 0;
};

/** `stty [-]echo [-]opost`: how the terminal treats what goes through it. */
const stty: Program = ({ args, terminal, err }) => {
  if (!terminal) {
    err("stty: 'standard input': Inappropriate ioctl for device\n");
    return 1;
  }
  for (const arg of args) {
    const [, off, name] = /^(-?)(echo|opost)$/.exec(arg) ?? [];
    if (name !== undefined) terminal[name as "echo"] = off === "";
  }
  return 0;
};

/** What shells on nodes and in guests have alike, before a terminal. */
export const TERMINAL_PROGRAMS: Readonly<Record<string, Program>> = {
  sed,
  stty,
  env,
  timeout,
  sleep: async (process) => {
    await pause(process, milliseconds(process.args[0] ?? "0"));
    return process.signal.aborted ? 143 : 0;
  },
  tty: ({ terminal, tty, out }) => {
    out(terminal && tty ? "/dev/pts/0\n" : "not a tty\n");
    return terminal && tty ? 0 : 1;
  },
};

/** Programs that need more than what a guest's have. */
const OWN: Readonly<Record<string, Program>> = {
  ...FILE_PROGRAMS,
  ...USER_PROGRAMS,
  ...TERMINAL_PROGRAMS,
  sudo,
  head: ends("head"),
  tail: ends("tail"),
  grep,
  tee,
  which,
  hostname: ({ machine, args, out }) => {
    out(`${machine.node}${args.includes("-f") ? `.${machine.state.hosts.of(machine.node).search}` : ""}\n`);
    return 0;
  },
  whoami: ({ user, out }) => {
    out(`${user}\n`);
    return 0;
  },
  id: ({ user, files, args, out }) => {
    const number = accountOf(files, user)?.uid ?? 1000;
    if (args.includes("-un")) out(`${user}\n`);
    else
      out(
        args.includes("-u")
          ? `${number}\n`
          : `uid=${number}(${user}) gid=${number}(${user}) groups=${number}(${user})\n`,
      );
    return 0;
  },
  uname: ({ machine, args, out }) => {
    const kernel = "6.17.4-2-pve";
    out(
      args.includes("-a")
        ? `Linux ${machine.node} ${kernel} #1 SMP PREEMPT_DYNAMIC x86_64 GNU/Linux\n`
        : args.includes("-r")
          ? `${kernel}\n`
          : "Linux\n",
    );
    return 0;
  },
};

/** Whether a node has a program of that name. */
function isProgram(name: string): boolean {
  return [OWN, FAMILIES, SIMPLE].some((table) => Object.hasOwn(table, name));
}

/** The program of a name or a path, as a user's PATH finds it; nothing when there is none. */
export function findProgram(word: string, path: string): Program | undefined {
  const [, folder, name = word] = /^(\/(?:usr\/)?s?bin)\/([^/]+)$/.exec(word) ?? [];
  // Administration is not in everybody's path (pve-facts 119).
  if (folder === undefined && SBIN.has(name) && !path.split(":").includes("/usr/sbin")) return undefined;
  if (Object.hasOwn(OWN, name)) return OWN[name];
  if (Object.hasOwn(FAMILIES, name)) return FAMILIES[name];
  return Object.hasOwn(SIMPLE, name) ? simple(name) : undefined;
}

/** A program that guests have too, on the files of the node, or of a guest. */
export function simple(name: string, hostname?: string): Program {
  return async ({ args, files, machine, stdin, out, err, signal }: Process) => {
    const reads = ["cat", "sha256sum", "wc", "base64"].includes(name) && args.every((arg) => arg.startsWith("-"));
    const input = reads ? await stdin.all() : new Uint8Array();
    const result = runCommand({ files, hostname: hostname ?? machine.node, windows: false }, [name, ...args], input);
    await pause({ machine, signal }, result.ms);
    out(result.out);
    err(result.err);
    return result.exitcode ?? 128 + (result.signal ?? 0);
  };
}
