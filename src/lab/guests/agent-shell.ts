/** How a command inside a guest ended. */
export interface ExecResult {
  exitcode: number;
  out: Uint8Array;
  err: Uint8Array;
  /** Milliseconds that it took. */
  ms: number;
}

interface World {
  files: Map<string, Uint8Array>;
  hostname: string;
}

interface Step {
  code: number;
  out: Uint8Array;
  err: string;
  ms: number;
}

const SHELLS = /^(?:\/bin\/|\/usr\/bin\/)?(?:sh|bash|dash)$/;
const EMPTY = new Uint8Array();

function ok(out: string | Uint8Array = "", ms = 0): Step {
  return { code: 0, out: typeof out === "string" ? Buffer.from(out, "utf8") : out, err: "", ms };
}

function fail(code: number, err: string): Step {
  return { code, out: EMPTY, err: `${err}\n`, ms: 0 };
}

type Program = (args: readonly string[], world: World, input: string) => Step;

const PROGRAMS: Readonly<Record<string, Program>> = {
  true: () => ok(),
  false: () => ({ code: 1, out: EMPTY, err: "", ms: 0 }),
  echo: (args) => ok(args[0] === "-n" ? args.slice(1).join(" ") : `${args.join(" ")}\n`),
  printf: (args) => ok((args[0] ?? "").replaceAll("\\n", "\n")),
  hostname: (_, { hostname }) => ok(`${hostname}\n`),
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
  exit: (args) => ({ code: Number(args[0] ?? 0), out: EMPTY, err: "", ms: 0 }),
  cat: (args, { files }, input) => {
    if (args.length === 0) return ok(input);
    const parts: Uint8Array[] = [];
    for (const name of args) {
      const file = files.get(name);
      if (!file) return fail(1, `cat: ${name}: No such file or directory`);
      parts.push(file);
    }
    return ok(Buffer.concat(parts));
  },
  ls: (args, { files }) => {
    const folder = (args.find((arg) => !arg.startsWith("-")) ?? "/root").replace(/\/$/, "");
    const names = [...files.keys()].filter((name) => name.startsWith(`${folder}/`));
    return ok(names.map((name) => `${name.slice(folder.length + 1)}\n`).join(""));
  },
  rm: (args, { files }) => {
    for (const name of args) if (!name.startsWith("-")) files.delete(name);
    return ok();
  },
};

function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
}

function program(name: string): Program | undefined {
  const bare = name.replace(/^\/(?:usr\/)?(?:local\/)?s?bin\//, "");
  return Object.hasOwn(PROGRAMS, bare) ? PROGRAMS[bare] : undefined;
}

/** Runs one line of a shell: programs joined by `;`, `&&` and `||`, and `>` to a file. */
function shell(line: string, world: World, input: string): Step {
  const total: Step = { code: 0, out: EMPTY, err: "", ms: 0 };
  let joint = ";";
  for (const part of line.split(/(&&|\|\||;|\n)/)) {
    if (/^(?:&&|\|\||;|\n)$/.test(part)) {
      joint = part;
      continue;
    }
    if (part.trim() === "" || (joint === "&&" && total.code !== 0) || (joint === "||" && total.code === 0)) continue;
    const redirect = /^(.*?)(1?>&2|>>?\s*(\S+))\s*$/s.exec(part);
    const [name = "", ...args] = words(redirect ? redirect[1]! : part);
    const found = program(name);
    const step = found ? found(args, world, input) : fail(127, `sh: 1: ${name}: not found`);
    const file = redirect?.[3];
    if (file !== undefined) {
      const old = redirect![2]!.startsWith(">>") ? (world.files.get(file) ?? EMPTY) : EMPTY;
      world.files.set(file, Buffer.concat([old, step.out]));
    } else if (redirect) total.err += Buffer.from(step.out).toString("utf8");
    else total.out = Buffer.concat([total.out, step.out]);
    total.err += step.err;
    total.ms += step.ms;
    total.code = step.code;
    if (name === "exit") break;
  }
  return total;
}

/** Runs a command in a guest; throws the agent's complaint when there is no such program. */
export function runCommand(world: World, command: readonly string[], input: string): ExecResult {
  const [name = "", ...args] = command;
  const isShell = SHELLS.test(name);
  const found = program(name);
  if (!isShell && !found)
    throw new Error(
      `Guest agent command failed, error was 'Failed to execute child process “${name}” (No such file or directory)'`,
    );
  const at = args.indexOf("-c");
  const step = isShell ? shell(at < 0 ? input : (args[at + 1] ?? ""), world, input) : found!(args, world, input);
  return { exitcode: step.code, out: step.out, err: Buffer.from(step.err, "utf8"), ms: step.ms };
}
