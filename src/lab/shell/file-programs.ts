import { FileTrouble, type GuestFile, parentOf } from "../guests/guest-files.ts";
import type { Process, Program } from "./process.ts";

const MODE = 0o755;

interface Seen {
  path: string;
  directory: boolean;
  link: boolean;
  file: GuestFile | undefined;
}

/** What there is at a path; throws the system's complaint when there is nothing. */
function look({ files }: Process, path: string): Seen {
  const directory = files.isDirectory(path);
  const file = directory ? undefined : files.find(path);
  if (!directory && !file) throw new FileTrouble("No such file or directory");
  return { path, directory, link: files.isLink(path), file };
}

function symbols({ directory, link, file }: Seen): string {
  const mode = file?.mode ?? MODE;
  const bits = [6, 3, 0].map((shift) => {
    const three = (mode >> shift) & 7;
    return `${three & 4 ? "r" : "-"}${three & 2 ? "w" : "-"}${three & 1 ? "x" : "-"}`;
  });
  return `${directory ? "d" : link ? "l" : "-"}${bits.join("")}`;
}

function longLine(seen: Seen, name: string): string {
  const [user, group] = (seen.file?.owner ?? "root:root").split(":");
  const date = new Date((seen.file?.mtime ?? 0) * 1000).toISOString().slice(0, 16).replace("T", " ");
  return `${symbols(seen)} 1 ${user} ${group} ${String(seen.file?.bytes.length ?? 4096).padStart(8)} ${date} ${name}\n`;
}

/** Carries out what is to be done with each path, and complains of those with which it cannot be done. */
function each(process: Process, name: string, paths: readonly string[], work: (path: string) => void): number {
  let code = 0;
  for (const path of paths)
    try {
      work(path);
    } catch (error) {
      if (!(error instanceof FileTrouble)) throw error;
      process.err(`${name}: ${NAMES[name] ?? "cannot access"} '${path}': ${error.message}\n`);
      code = name === "ls" ? 2 : 1;
    }
  return code;
}

const NAMES: Readonly<Record<string, string>> = {
  stat: "cannot statx",
  mkdir: "cannot create directory",
  rm: "cannot remove",
};

function split(args: readonly string[]): { flags: string; paths: string[] } {
  const flags = args.filter((arg) => /^-[A-Za-z1]+$/.test(arg)).join("");
  return { flags, paths: args.filter((arg) => !/^-[A-Za-z1]+$|^--/.test(arg)) };
}

const ls: Program = (process) => {
  const { flags, paths } = split(process.args);
  const long = flags.includes("l");
  return each(process, "ls", paths.length === 0 ? [process.variables.get("PWD") ?? "/root"] : paths, (path) => {
    const seen = look(process, path);
    if (!seen.directory || flags.includes("d")) {
      process.out(long ? longLine(seen, path) : `${path}\n`);
      return;
    }
    if (paths.length > 1) process.out(`${path}:\n`);
    for (const name of process.files.list(path))
      if (!name.startsWith(".") || /[aA]/.test(flags))
        process.out(long ? longLine(look(process, `${path}/${name}`), name) : `${name}\n`);
  });
};

/** `stat [-L] [-c FORMAT] PATH…`. */
const stat: Program = (process) => {
  const args = process.args.filter((arg) => arg !== "-L" && arg !== "--");
  const at = args.findIndex((arg) => /^(?:-c|--format|--printf)(?:=|$)/.test(arg));
  const inOne = at >= 0 && args[at]!.includes("=");
  const format = at < 0 ? "%n" : inOne ? args[at]!.slice(args[at]!.indexOf("=") + 1) : (args[at + 1] ?? "");
  const paths = args.filter((_, index) => index !== at && (inOne || at < 0 || index !== at + 1));
  return each(process, "stat", paths, (path) => {
    const seen = look(process, path);
    const [user = "", group = ""] = (seen.file?.owner ?? "root:root").split(":");
    const mode = seen.file?.mode ?? MODE;
    const number = (name: string): string => (name === "root" ? "0" : name === "www-data" ? "33" : "1000");
    const values: Record<string, string> = {
      a: mode.toString(8),
      f: ((seen.directory ? 0o040_000 : 0o100_000) | mode).toString(16),
      s: String(seen.file?.bytes.length ?? 4096),
      U: user,
      G: group,
      u: number(user),
      g: number(group),
      n: path,
      Y: String(seen.file?.mtime ?? 0),
      A: symbols(seen),
      F: seen.directory ? "directory" : "regular file",
    };
    process.out(`${format.replace(/%([afsUGugnYAF])/g, (_, key: string) => values[key]!)}\n`);
  });
};

/** `mkdir [-p] PATH…`. */
const mkdir: Program = (process) => {
  const { flags, paths } = split(process.args);
  const make = (path: string): void => {
    if (flags.includes("p")) {
      if (path === "" || process.files.isDirectory(path)) return;
      make(parentOf(path));
    }
    process.files.makeDirectory(path);
  };
  return each(process, "mkdir", paths, make);
};

/** `mktemp [TEMPLATE]`. */
const mktemp: Program = ({ args, files, out }) => {
  const template = args.find((arg) => !arg.startsWith("-")) ?? "/tmp/tmp.XXXXXXXXXX";
  const letters = "abcdefghijklmnopqrstuvwxyz0123456789";
  const path = template.replace(/X+$/, (run) => [...run].map(() => letters[Math.floor(Math.random() * 36)]).join(""));
  files.write(path, new Uint8Array(), 0o600);
  out(`${path}\n`);
  return 0;
};

/** `df`: the root of the node alone. */
const df: Program = ({ machine, args, out }) => {
  const { maxdisk, useddisk } = machine.state.nodes.get(machine.node)!;
  const unit = args.some((arg) => /^-\w*h/.test(arg)) ? 1_073_741_824 : 1024;
  const [total, used, free] = [maxdisk, useddisk, maxdisk - useddisk].map((bytes) => String(Math.round(bytes / unit)));
  out("Filesystem           1K-blocks     Used Available Use% Mounted on\n");
  out(`/dev/mapper/pve-root ${total} ${used} ${free} ${Math.round((useddisk / maxdisk) * 100)}% /\n`);
  return 0;
};

/** What a node has of programs on files beyond those that guests have. */
export const FILE_PROGRAMS: Readonly<Record<string, Program>> = { ls, stat, mkdir, mktemp, df };
