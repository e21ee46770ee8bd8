import { randomBytes } from "node:crypto";
import { readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { unwritable } from "./atomic-write.ts";
import { codeOf, SecretFileError, shellPath } from "./file-error.ts";

/** Milliseconds for which a second writer waits for the first. */
const WAIT_MS = 10_000;
const LOOK_MS = 40;

interface Holder {
  pid: number;
  /** Within which process numbers mean the same. */
  scope: string;
  /** Tells two locks of one process apart. */
  nonce: string;
}

/**
 * Runs `work` while no other process, and no other call in this one, writes the same file. The lock is a file beside it;
 * one whose process is gone is taken away.
 */
export async function withLock<T>(path: string, work: () => Promise<T>, waitMs = WAIT_MS): Promise<T> {
  const lock = `${path}.lock`;
  const mine: Holder = { pid: process.pid, scope: scope(), nonce: randomBytes(9).toString("base64url") };
  const giveUpAt = performance.now() + waitMs;
  while (!take(lock, mine, path)) {
    const holder = readHolder(lock);
    if (holder !== undefined && isDead(holder)) breakLock(lock, holder);
    else if (performance.now() >= giveUpAt) throw heldError(lock, holder);
    else await sleep(LOOK_MS * (0.5 + Math.random()));
  }
  try {
    return await work();
  } finally {
    // Only if it is still ours: a person may have removed it, and somebody else taken it since.
    if (readHolder(lock)?.nonce === mine.nonce) rmSync(lock, { force: true });
  }
}

function take(lock: string, mine: Holder, path: string): boolean {
  try {
    writeFileSync(lock, JSON.stringify(mine), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw unwritable(path, error);
  }
}

/** Two at once would each remove the lock, the second one the first one's new lock: only one of them may look and remove. */
function breakLock(lock: string, dead: Holder): void {
  const right = `${lock}.break`;
  try {
    writeFileSync(right, "", { flag: "wx", mode: 0o600 });
  } catch {
    return;
  }
  try {
    if (readHolder(lock)?.nonce === dead.nonce) rmSync(lock, { force: true });
  } finally {
    rmSync(right, { force: true });
  }
}

function heldError(lock: string, holder: Holder | undefined): SecretFileError {
  const by = holder === undefined ? "" : ` by process ${holder.pid}${holder.scope === scope() ? "" : " elsewhere"}`;
  return new SecretFileError(
    "locked",
    lock,
    `is held${by}, and was not let go in time; nothing was written`,
    `Try again; if nobody is writing, run rm -f ${shellPath(lock)} ${shellPath(`${lock}.break`)}.`,
  );
}

function readHolder(lock: string): Holder | undefined {
  try {
    const { pid, scope: where, nonce } = JSON.parse(readFileSync(lock, "utf8")) as Partial<Holder>;
    return typeof pid === "number" && typeof where === "string" && typeof nonce === "string"
      ? { pid, scope: where, nonce }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Whoever is elsewhere cannot be looked up and is taken for alive. */
function isDead({ pid, scope: where }: Holder): boolean {
  if (where !== scope()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return codeOf(error) === "ESRCH";
  }
}

/** The machine, and the container on it. */
function scope(): string {
  try {
    return `${hostname()} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return hostname();
  }
}
