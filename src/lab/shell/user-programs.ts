import { FileTrouble } from "../guests/guest-files.ts";
import { accountOf, accountsOf, writeAccounts } from "./accounts.ts";
import type { Process, Program } from "./process.ts";
import { sudoersFault } from "./sudoers.ts";

/** Options that take a value, and what stands alone. */
function split(args: readonly string[], valued: readonly string[]): { options: Map<string, string>; rest: string[] } {
  const options = new Map<string, string>();
  const rest: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const [name = "", ...value] = args[at]!.split("=");
    if (args[at] === "--") return { options, rest: [...rest, ...args.slice(at + 1)] };
    if (!name.startsWith("-")) rest.push(args[at]!);
    else if (!valued.includes(name)) options.set(name, "");
    else if (value.length > 0) options.set(name, value.join("="));
    else options.set(name, args[++at] ?? "");
  }
  return { options, rest };
}

const USER_NAME = /^[a-z_][a-z0-9_-]*\$?$/;

function rootOnly({ user, err }: Process, name: string): boolean {
  if (user === "root") return false;
  err(`${name}: Permission denied.\n${name}: cannot lock /etc/passwd; try again later.\n`);
  return true;
}

/** `useradd [--create-home] [--shell SHELL] [--comment TEXT] [--password HASH] NAME`. */
const useradd: Program = (process) => {
  const { args, files, err } = process;
  if (rootOnly(process, "useradd")) return 1;
  const valued = ["-s", "--shell", "-c", "--comment", "-d", "--home-dir", "-p", "--password", "-g", "--gid"];
  const { options, rest } = split(args, valued);
  const [name] = rest;
  if (name === undefined) {
    err("Usage: useradd [options] LOGIN\n");
    return 2;
  }
  if (!USER_NAME.test(name) || name.length > 32) {
    err(`useradd: invalid user name '${name}': use --badname to ignore\n`);
    return 3;
  }
  const accounts = accountsOf(files);
  if (accounts.some((account) => account.name === name)) {
    err(`useradd: user '${name}' already exists\n`);
    return 9;
  }
  const of = (...names: string[]) => names.map((one) => options.get(one)).find((one) => one !== undefined);
  const home = of("-d", "--home-dir") ?? `/home/${name}`;
  const uid = Math.max(1000, ...accounts.map((account) => account.uid)) + 1;
  const line = [name, "x", uid, uid, of("-c", "--comment") ?? "", home, of("-s", "--shell") ?? "/bin/sh"].join(":");
  writeAccounts(files, [...accounts.map((account) => account.line), line]);
  if ((options.has("-m") || options.has("--create-home")) && !files.isDirectory(home)) files.makeDirectory(home);
  return 0;
};

/** `userdel [--force] [--remove] NAME`. */
const userdel: Program = (process) => {
  const { args, files, err } = process;
  if (rootOnly(process, "userdel")) return 1;
  const { options, rest } = split(args, []);
  const [name = ""] = rest;
  const account = accountOf(files, name);
  if (!account) {
    err(`userdel: user '${name}' does not exist\n`);
    return 6;
  }
  writeAccounts(
    files,
    accountsOf(files)
      .filter((one) => one.name !== name)
      .map(({ line }) => line),
  );
  const removes = options.has("-r") || options.has("--remove") || options.has("-rf") || options.has("-fr");
  if (removes && account.home !== "/") files.removeTree(account.home);
  return 0;
};

/** `getent passwd NAME`: 2 when there is none. */
const getent: Program = ({ args: [table, name], files, out, err }) => {
  if (table !== "passwd") {
    err(`Unknown database: ${table}\n`);
    return 1;
  }
  const found = accountsOf(files).filter((account) => name === undefined || account.name === name);
  for (const { line } of found) out(`${line}\n`);
  return found.length > 0 ? 0 : 2;
};

/** `install -d PATH`, or `install SOURCE TARGET`, with `-m`, `-o` and `-g`. */
const install: Program = ({ args, files, err }) => {
  const { options, rest } = split(args, ["-m", "-o", "-g"]);
  const mode = Number.parseInt(options.get("-m") ?? "755", 8);
  const owner = options.get("-o");
  if (owner !== undefined && !accountOf(files, owner)) {
    err(`install: invalid user: '${owner}'\n`);
    return 1;
  }
  try {
    if (options.has("-d")) {
      for (const path of rest) if (!files.isDirectory(path)) files.makeDirectory(path);
      return 0;
    }
    const [from = "", to = ""] = rest;
    const { bytes } = files.read(from);
    files.remove(to);
    files.write(to, bytes, mode);
    if (owner !== undefined) files.read(to).owner = `${owner}:${options.get("-g") ?? owner}`;
    return 0;
  } catch (error) {
    if (!(error instanceof FileTrouble)) throw error;
    err(`install: cannot create '${rest.at(-1)}': ${error.message}\n`);
    return 1;
  }
};

/** `visudo -c [-f FILE]`: says whether sudo could read the file. */
const visudo: Program = ({ args, files, out, err }) => {
  const at = args.findIndex((arg) => /^-[a-z]*f$/.test(arg));
  const path = at < 0 ? "/etc/sudoers" : (args[at + 1] ?? "");
  if (!args.some((arg) => /^-[a-z]*c/.test(arg))) {
    err("visudo: no editor found\n");
    return 1;
  }
  const file = files.find(path);
  if (!file) {
    err(`visudo: unable to open ${path}: No such file or directory\n`);
    return 1;
  }
  const fault = sudoersFault(Buffer.from(file.bytes).toString("utf8"));
  if (fault !== undefined) {
    err(`${path}:${fault}:1: syntax error\n`);
    return 1;
  }
  out(`${path}: parsed OK\n`);
  return 0;
};

/** What a node has for its users and their rights. */
export const USER_PROGRAMS: Readonly<Record<string, Program>> = { useradd, userdel, getent, install, visudo };
