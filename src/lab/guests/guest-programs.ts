import { createHash } from "node:crypto";
import type { Surroundings } from "./agent-shell.ts";
import { FileTrouble, type GuestFile, type GuestFiles } from "./guest-files.ts";

/** How one program ended. */
export interface Step {
  code: number;
  out: Uint8Array;
  err: string;
  /** Milliseconds. */
  ms: number;
}

export const SHELLS = /^(?:\/bin\/|\/usr\/bin\/)?(?:sh|bash|dash)$/;

const EMPTY = new Uint8Array();

function ok(out: string | Uint8Array = "", ms = 0): Step {
  return { code: 0, out: typeof out === "string" ? Buffer.from(out, "utf8") : out, err: "", ms };
}

function fail(code: number, err = ""): Step {
  return { code, out: EMPTY, err: err === "" ? "" : `${err}\n`, ms: 0 };
}

type Program = (args: readonly string[], around: Surroundings, stdin: Uint8Array) => Step;

function options(args: readonly string[]): { flags: string; rest: string[] } {
  const end = args.indexOf("--");
  const before = end < 0 ? args : args.slice(0, end);
  return {
    flags: before.filter((arg) => /^-[A-Za-z]/.test(arg)).join(""),
    rest: [...before.filter((arg) => !/^-[A-Za-z]/.test(arg)), ...(end < 0 ? [] : args.slice(end + 1))],
  };
}

/** A program that works on files; what is wrong with one becomes its complaint. */
function onFiles(name: string, work: (files: GuestFiles, args: readonly string[], stdin: Uint8Array) => Step): Program {
  return (args, { world }, stdin) => {
    try {
      return work(world.files, args, stdin);
    } catch (error) {
      if (error instanceof FileTrouble) return fail(1, `${name}: ${options(args).rest.join(" ")}: ${error.message}`);
      throw error;
    }
  };
}

const TESTS: Readonly<Record<string, (files: GuestFiles, path: string) => boolean>> = {
  "-e": (files, path) => files.isDirectory(path) || files.find(path) !== undefined,
  "-f": (files, path) => !files.isDirectory(path) && files.find(path) !== undefined,
  "-d": (files, path) => files.isDirectory(path),
  "-L": (files, path) => files.isLink(path),
  "-s": (files, path) => (files.find(path)?.bytes.length ?? 0) > 0,
};

function judge(files: GuestFiles, args: readonly string[]): boolean {
  if (args[0] === "!") return !judge(files, args.slice(1));
  if (args.length === 3 && args[1] === "=") return args[0] === args[2];
  if (args.length === 3 && args[1] === "!=") return args[0] !== args[2];
  if (args.length === 3 && args[1] === "-lt") return Number(args[0]) < Number(args[2]);
  if (args.length === 3 && args[1] === "-gt") return Number(args[0]) > Number(args[2]);
  if (args.length === 3 && args[1] === "-eq") return Number(args[0]) === Number(args[2]);
  if (args[0] === "-z") return (args[1] ?? "") === "";
  if (args[0] === "-n") return (args[1] ?? "") !== "";
  const about = TESTS[args[0] ?? ""];
  return about ? about(files, args[1] ?? "") : args[0] !== undefined && args[0] !== "";
}

const FILES: Readonly<Record<string, Program>> = {
  cat: onFiles("cat", (files, args, stdin) => {
    if (args.length === 0) return ok(stdin);
    return ok(Buffer.concat(options(args).rest.map((path) => files.read(path).bytes)));
  }),
  ls: onFiles("ls", (files, args) => {
    const [path = "/root"] = options(args).rest;
    if (files.isDirectory(path))
      return ok(
        files
          .list(path)
          .map((name) => `${name}\n`)
          .join(""),
      );
    files.read(path);
    return ok(`${path}\n`);
  }),
  rm: onFiles("rm", (files, args) => {
    const { flags, rest } = options(args);
    for (const path of rest)
      if (!files.remove(path) && !flags.includes("f")) throw new FileTrouble("No such file or directory");
    return ok();
  }),
  cp: onFiles("cp", (files, args) => {
    const { flags, rest } = options(args);
    const [from = "", to = ""] = rest;
    const source = files.read(from);
    files.write(to, source.bytes, source.mode);
    if (/[ap]/.test(flags)) Object.assign(files.read(to), { mode: source.mode, owner: source.owner });
    return ok();
  }),
  tee: onFiles("tee", (files, args, stdin) => {
    for (const path of options(args).rest) files.write(path, stdin, 0o644);
    return ok(stdin);
  }),
  mv: onFiles("mv", (files, args) => {
    const [from = "", to = ""] = options(args).rest;
    files.rename(from, to);
    return ok();
  }),
  mkdir: onFiles("mkdir", (files, args) => {
    for (const path of options(args).rest) files.makeDirectory(path);
    return ok();
  }),
  chmod: onFiles("chmod", (files, args) => {
    const [mode = "", ...paths] = options(args).rest;
    if (!/^[0-7]{3,4}$/.test(mode)) return fail(1, `chmod: invalid mode: ‘${mode}’`);
    for (const path of paths) files.read(path).mode = Number.parseInt(mode, 8);
    return ok();
  }),
  chown: onFiles("chown", (files, args) => {
    const [owner = "", ...paths] = options(args).rest;
    const users = Buffer.from(files.read("/etc/passwd").bytes).toString("utf8");
    const [user = "", group] = owner.split(":");
    if (user !== "" && !/^\d+$/.test(user) && !users.includes(`${user}:x:`))
      return fail(1, `chown: invalid user: ‘${owner}’`);
    for (const path of paths) {
      const file = files.read(path);
      const [oldUser, oldGroup] = file.owner.split(":");
      file.owner = `${user || oldUser}:${group || oldGroup}`;
    }
    return ok();
  }),
  readlink: onFiles("readlink", (files, args) => ok(`${files.resolve(options(args).rest[0] ?? "")}\n`)),
  stat: onFiles("stat", (files, args) => {
    const format = args[args.indexOf("-c") + 1] ?? "%n";
    return ok(
      options(args)
        .rest.filter((path) => path !== format)
        .map((path) => `${shown(format, files.read(path), path)}\n`)
        .join(""),
    );
  }),
  sha256sum: onFiles("sha256sum", (files, args, stdin) => {
    const line = (bytes: Uint8Array, name: string) => `${createHash("sha256").update(bytes).digest("hex")}  ${name}\n`;
    const { rest } = options(args);
    return ok(rest.length === 0 ? line(stdin, "-") : rest.map((path) => line(files.read(path).bytes, path)).join(""));
  }),
  wc: onFiles("wc", (files, args, stdin) => {
    const { rest } = options(args);
    return ok(`${(rest[0] === undefined ? stdin : files.read(rest[0]).bytes).length}\n`);
  }),
  head: onFiles("head", (files, args, stdin) => {
    const count = Number(args[args.indexOf("-c") + 1] ?? 0);
    const path = options(args).rest.find((arg) => arg !== String(count));
    if (path === "/dev/zero") return ok(Buffer.alloc(count));
    return ok((path === undefined ? stdin : files.read(path).bytes).subarray(0, count));
  }),
};

function shown(format: string, { mode, owner, bytes }: GuestFile, path: string): string {
  const [user = "", group = ""] = owner.split(":");
  const values: Record<string, string> = { a: mode.toString(8), U: user, G: group, s: String(bytes.length), n: path };
  return format.replace(/%([aUGsn])/g, (_, key: string) => values[key]!);
}

/** Encodes as `base64` does: in lines of 76 characters, or of as many as are asked for. */
function encoded(stdin: Uint8Array, args: readonly string[]): string {
  const [, width = "76"] = /-w *(\d+)/.exec(args.join(" ")) ?? [];
  const text = Buffer.from(stdin).toString("base64");
  if (width === "0" || text === "") return text;
  return text.replace(new RegExp(`.{1,${width}}`, "g"), "$&\n");
}

/** Decodes as `base64 -d` does: line ends are skipped, anything else is refused. */
function decoded(stdin: Uint8Array): Step {
  const text = Buffer.from(stdin).toString("latin1").replaceAll("\n", "");
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return fail(1, "base64: invalid input");
  return ok(Buffer.from(text, "base64"));
}

/** `timeout [-k SECONDS] [-s SIGNAL] SECONDS COMMAND…`: 124 when the time is up. */
const timeout: Program = (args, around, stdin) => {
  const rest = [...args];
  while (/^-/.test(rest[0] ?? "")) rest.splice(0, 2);
  const limit = Number(rest.shift()) * 1000;
  const step = around.run(rest, stdin, around);
  if (limit === 0 || step.ms <= limit) return step;
  return { code: 124, out: step.out, err: step.err, ms: limit };
};

const env: Program = (args, around, stdin) => {
  const variables = new Map(around.variables);
  const rest = [...args];
  for (let match = /^([^=]+)=(.*)$/s.exec(rest[0] ?? ""); match; match = /^([^=]+)=(.*)$/s.exec(rest[0] ?? "")) {
    variables.set(match[1]!, match[2]!);
    rest.shift();
  }
  if (rest.length === 0) return ok([...variables].map(([name, value]) => `${name}=${value}\n`).join(""));
  return around.run(rest, stdin, { ...around, variables });
};

/** `sudo [-n] [--] COMMAND…`: nobody is asked for a password. */
const sudo: Program = (args, around, stdin) => {
  const rest = [...args];
  while (/^-/.test(rest[0] ?? "")) rest.shift();
  return around.run(rest, stdin, around);
};

/** Programs of a Linux guest. */
export const PROGRAMS: Readonly<Record<string, Program>> = {
  ...FILES,
  true: () => ok(),
  false: () => fail(1),
  echo: (args) => ok(args[0] === "-n" ? args.slice(1).join(" ") : `${args.join(" ")}\n`),
  printf: ([format = "", ...args]) => {
    const values = [...args];
    return ok(format.replaceAll("\\n", "\n").replace(/%s/g, () => values.shift() ?? ""));
  },
  hostname: (_, { world }) => ok(`${world.hostname}\n`),
  whoami: () => ok("root\n"),
  id: () => ok("uid=0(root) gid=0(root) groups=0(root)\n"),
  uname: (args) =>
    ok(
      args.includes("-a")
        ? "Linux debian 6.12.48+deb13-amd64 #1 SMP x86_64 GNU/Linux\n"
        : args.includes("-r")
          ? "6.12.48+deb13-amd64\n"
          : "Linux\n",
    ),
  date: () => ok(`${new Date().toUTCString()}\n`),
  uptime: () => ok(" 12:00:00 up 3 days,  2:11,  1 user,  load average: 0.08, 0.03, 0.01\n"),
  sleep: (args) => ok("", Number(args[0] ?? 0) * 1000),
  seq: (args) => ok(Array.from({ length: Number(args[0] ?? 0) }, (_, index) => `${index + 1}\n`).join("")),
  printenv: ([name = ""], { variables }) => (variables.has(name) ? ok(`${variables.get(name)}\n`) : fail(1)),
  base64: (args, _, stdin) => (args.includes("-d") ? decoded(stdin) : ok(encoded(stdin, args))),
  test: (args, { world }) => (judge(world.files, args) ? ok() : fail(1)),
  "[": (args, { world }) => (judge(world.files, args.slice(0, -1)) ? ok() : fail(1)),
  env,
  timeout,
  sudo,
};
