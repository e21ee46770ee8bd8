import type { CommandFailure } from "./host-output.ts";

/** Programs of Proxmox VE that `proxmox_cli_run` starts. */
export const FAMILIES = [
  "pvesh",
  "qm",
  "pct",
  "pvesm",
  "pveum",
  "pvenode",
  "pvecm",
  "pveceph",
  "pvesr",
  "vzdump",
  "apt",
  "ha-manager",
] as const;

export type Family = (typeof FAMILIES)[number];

/** Commands by their full name, with the fewest letters that the programs take for it. */
type Short = readonly [name: string, least: number];

const TERMINALS: Partial<Record<Family, readonly Short[]>> = {
  qm: [
    ["terminal", 3],
    ["monitor", 3],
  ],
  pct: [
    ["enter", 2],
    ["console", 4],
  ],
};

/** End with 0 although their task failed: only stderr tells (pve-facts 114). */
const SILENT: Partial<Record<Family, readonly (readonly Short[])[]>> = {
  qm: [
    [["template", 3]],
    [["resize", 4]],
    [
      ["disk", 1],
      ["resize", 4],
    ],
  ],
  pct: [[["template", 1]], [["resize", 4]]],
  pvesm: [[["free", 1]]],
};

const is = ([name, least]: Short, word: string | undefined): boolean =>
  word !== undefined && word.length >= least && name.startsWith(word);

/** The command that cannot do without a terminal (pve-facts 118); nothing for any other. */
export function terminalCommand(family: Family, args: readonly string[]): string | undefined {
  return TERMINALS[family]?.find((name) => is(name, args[0]))?.[0];
}

const CALLS = ["get", "set", "create", "delete"] as const;

/** What pvesh is to do with a path of the API; it takes its commands shortened too. */
function callOf([word = ""]: readonly string[]): (typeof CALLS)[number] | undefined {
  return CALLS.find((name) => word !== "" && name.startsWith(word));
}

/** The arguments as they are run: a call of the API answers in JSON (pve-facts 112). */
export function argvOf(family: Family, args: readonly string[]): string[] {
  const isCall = family === "pvesh" && callOf(args) !== undefined;
  const hasFormat = args.some((word) => /^--?output-format(=|$)/.test(word));
  return isCall && !hasFormat ? [...args, "--output-format", "json"] : [...args];
}

/** Numbers among the arguments that may be the guest that a command is about, the likeliest first (pve-facts 115). */
export function guestNumbers(family: Family, args: readonly string[]): number[] {
  if (family !== "qm" && family !== "pct" && family !== "vzdump") return [];
  const end = args.indexOf("--");
  const words = end < 0 ? args : args.slice(0, end);
  const isValue = (at: number) => /^--?[A-Za-z][^=]*$/.test(words[at - 1] ?? "");
  const numbers = words.map((word, at) => ({ word, at })).filter(({ word }) => /^[1-9]\d{2,8}$/.test(word));
  return [...numbers.filter(({ at }) => !isValue(at)), ...numbers.filter(({ at }) => isValue(at))].map(({ word }) =>
    Number(word),
  );
}

const UPID =
  /UPID:[A-Za-z0-9][\w.-]*:[0-9A-Fa-f]{8,9}:[0-9A-Fa-f]{8,9}:[0-9A-Fa-f]{8}:[^:\s"\\]+:[^:\s"\\]*:[^:\s"\\]+:/g;

/** What a command wrote, read. */
export interface Reading {
  /** Its JSON; absent when it wrote none. */
  data?: unknown;
  /** What its worker wrote before that. */
  log?: string[];
  /** Tasks that it started. */
  upids: string[];
}

/** Reads JSON out of what a command wrote, with the log of its worker before it, and the tasks that it names. */
export function readOutput(family: Family, argv: readonly string[], stdout: string): Reading {
  const answersJson =
    argv.some((word) => /^--?output-format(=json|$)/.test(word)) || (family === "qm" && /^(gu|ag)/.test(argv[0] ?? ""));
  const found = answersJson ? findJson(stdout) : undefined;
  // A list of tasks is no task that was started.
  const call = callOf(argv);
  const starts = family !== "pvesh" || (call !== undefined && call !== "get");
  if (!found) return { upids: starts ? lineUpids(stdout) : [] };
  const { data, log } = found;
  const upids = starts && typeof data === "string" ? (data.match(UPID) ?? []).slice(-1) : [];
  const [upid] = upids;
  // Another node's pvesh gives log and answer as one text.
  if (upid !== undefined && data !== upid) {
    const before = String(data).slice(0, String(data).lastIndexOf(upid)).replace(/"$/, "").trim();
    return { data: upid, upids, ...logOf([...log, ...(before ? [before] : [])]) };
  }
  return { data, upids, ...logOf(log) };
}

const logOf = (log: readonly string[]) => (log.length > 0 ? { log: [...log] } : {});

function findJson(stdout: string): { data: unknown; log: string[] } | undefined {
  const text = stdout.trim();
  if (text === "") return undefined;
  const lines = text.split("\n");
  for (const from of [0, lines.length - 1]) {
    try {
      return { data: JSON.parse(lines.slice(from).join("\n")) as unknown, log: lines.slice(0, from) };
    } catch {
      // A log stands before it, or it is none.
    }
  }
  return undefined;
}

function lineUpids(stdout: string): string[] {
  return stdout.split("\n").flatMap((line) => {
    const trimmed = line.trim().replace(/^["']|["']$/g, "");
    const [upid] = trimmed.match(UPID) ?? [];
    return upid !== undefined && upid === trimmed ? [upid] : [];
  });
}

const NOISE = /^(perl: warning: |\s+(LANGUAGE|LC_\w+|LANG) = |\s+are supported and installed on your system\.)/;

/** Standard error without what Perl says of a locale that the node lacks (pve-facts 116). */
export function withoutNoise(stderr: string): string {
  return stderr
    .split("\n")
    .filter((line) => !NOISE.test(line))
    .join("\n")
    .replace(/^\n+$/, "");
}

/** Why a command that ended with 0 failed all the same (pve-facts 114, 118, 120); nothing when it did not. */
export function hiddenFailure(
  family: Family,
  argv: readonly string[],
  { stdout, stderr, data }: { stdout: string; stderr: string; data?: unknown },
): CommandFailure | undefined {
  const isSilent = SILENT[family]?.some((names) => names.every((name, at) => is(name, argv[at])));
  const said = withoutNoise(stderr)
    .split("\n")
    .filter((line) => line.trim() !== "" && !/^\s*warn/i.test(line));
  if (isSilent && said.length > 0) {
    return {
      code: "task-failed",
      message: `${[family, ...argv.slice(0, 2)].join(" ")} ended with 0, and its task failed: ${said.at(-1)!.trim().slice(0, 300)}`,
      next: "This command does not tell a failure by its exit code. What it wrote is in the answer; read the object to see how it is.",
    };
  }
  if (family === "vzdump" && !argv.some((word) => /^--?stdout/.test(word))) {
    if (/finished backup of/i.test(`${stdout}\n${stderr}`)) return undefined;
    return {
      code: "nothing-backed-up",
      message: "vzdump ended with 0 and tells of no finished backup: it passes over guests that are not on its node.",
      next: "Name the node that has the guest, or use proxmox_backup_start.",
    };
  }
  const inner = (data as { exitcode?: unknown } | undefined)?.exitcode;
  if (family === "qm" && typeof inner === "number" && inner !== 0) {
    return {
      code: "command-failed",
      message: `The command inside of the VM ended with exit code ${inner}; qm itself ends with 0 then.`,
      next: "What it wrote is in data.",
    };
  }
  return undefined;
}
