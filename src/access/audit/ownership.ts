import { readdirSync, readFileSync, readlinkSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

/** An owner that has not been heard of for so many milliseconds is gone. */
const SILENT_MS = 120_000;
/** Milliseconds between two signs of life. */
export const BEAT_MS = 30_000;

/**
 * The right of one process to write one chain, held as long as the process runs. It is the file with the highest
 * number among `<chain>.lock.<number>`: whoever takes over from a dead owner creates the next number, which only one
 * can. A number is never used again, and the highest file is never removed, so nobody can take over from the wrong one.
 */
export interface Ownership {
  /** The owner before did not let go: it was killed, or the machine went down. */
  readonly predecessorDied: boolean;
  /** A sign of life, for owners that cannot be looked up: those on other machines and in other containers. */
  beat(): void;
  /** False when another process has taken over, as it may after a standstill; looks only when there was one. */
  holds(): boolean;
  /** Lets go; `unfinished` leaves it as a dead owner's, for the next one to put in order. */
  release(unfinished?: boolean): void;
}

interface Owner {
  pid: number;
  /** Within which process numbers mean the same. */
  scope: string;
  /** When the process began, in the kernel's ticks; tells a process from a later one of the same number. */
  began?: string;
  released?: true;
  unfinished?: true;
}

/** Takes a chain that nobody owns, or whose owner is dead; undefined when it is taken. */
export function claim(directory: string, chain: string, now: () => number = Date.now): Ownership | undefined {
  const numbers = lockNumbers(directory, chain);
  const last = numbers.at(-1);
  const state = last === undefined ? "released" : stateOf(lockPath(directory, chain, last), now());
  if (state === "alive") return undefined;
  const mine = (last ?? 0) + 1;
  const path = lockPath(directory, chain, mine);
  const owner = self();
  try {
    writeFileSync(path, JSON.stringify(owner), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return undefined;
    throw error;
  }
  const isHighest = () => lockNumbers(directory, chain).at(-1) === mine;
  if (!isHighest()) {
    rmSync(path, { force: true });
    return undefined;
  }
  for (const number of numbers) rmSync(lockPath(directory, chain, number), { force: true });
  let heard = now();
  utimesSync(path, heard / 1000, heard / 1000);
  return {
    predecessorDied: state === "dead",
    beat() {
      if (now() - heard > SILENT_MS / 2) return;
      heard = now();
      const seconds = heard / 1000;
      try {
        utimesSync(path, seconds, seconds);
      } catch {
        // Found out by `holds`.
      }
    },
    holds() {
      if (now() - heard <= SILENT_MS / 2) return true;
      if (!isHighest()) return false;
      heard = now();
      utimesSync(path, heard / 1000, heard / 1000);
      return isHighest();
    },
    release(unfinished = false) {
      try {
        const end = unfinished ? { unfinished } : { released: true };
        if (isHighest()) writeFileSync(path, JSON.stringify({ ...owner, ...end }));
      } catch {
        // The next one finds a dead owner, which is as good.
      }
    },
  };
}

/** Whether a chain's last owner died without letting go. */
export function isAbandoned(directory: string, chain: string, now: () => number = Date.now): boolean {
  const last = lockNumbers(directory, chain).at(-1);
  return last !== undefined && stateOf(lockPath(directory, chain, last), now()) === "dead";
}

function lockPath(directory: string, chain: string, number: number): string {
  return join(directory, `${chain}.lock.${number}`);
}

function lockNumbers(directory: string, chain: string): number[] {
  const start = `${chain}.lock.`;
  return readdirSync(directory)
    .filter((name) => name.startsWith(start))
    .map((name) => Number(name.slice(start.length)))
    .filter(Number.isSafeInteger)
    .sort((a, b) => a - b);
}

/** In doubt an owner is alive: its chain is then left alone, which costs nothing but another file. */
function stateOf(path: string, now: number): "released" | "dead" | "alive" {
  let owner: Partial<Owner> = {};
  let heard: number;
  try {
    heard = statSync(path).mtimeMs;
    owner = JSON.parse(readFileSync(path, "utf8")) as Owner;
  } catch (error) {
    if (!(error instanceof SyntaxError)) return "alive";
    heard = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now;
  }
  if (owner.released) return "released";
  if (owner.unfinished || now - heard > SILENT_MS) return "dead";
  if (owner.pid === undefined || owner.scope !== self().scope) return "alive";
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH" ? "dead" : "alive";
  }
  return owner.began !== undefined && owner.began !== began(owner.pid) ? "dead" : "alive";
}

let cached: Owner | undefined;

function self(): Owner {
  if (cached) return cached;
  const start = began(process.pid);
  cached = {
    pid: process.pid,
    scope: [hostname(), bootId(), processNamespace()].join(" "),
    ...(start === undefined ? {} : { began: start }),
  };
  return cached;
}

function began(pid: number): string | undefined {
  try {
    // The second field is a name in parentheses that may hold anything; the 22nd is the start.
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[19];
  } catch {
    return undefined;
  }
}

function bootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return "";
  }
}

function processNamespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}
