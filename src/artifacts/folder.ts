import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

/** Milliseconds after which a folder that nothing was put into is nobody's any more; above any artifact's own time. */
const ABANDONED_MS = 48 * 3_600_000;

/** Folders of this process. */
const own = new Set<string>();

/** Machines that share a state directory have processes of the same number. */
const machine = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);

/** Makes a folder that belongs to this process, for its owner alone, and sweeps those of processes that are gone. */
export function makeFolder(directory: string): string {
  sweep(directory);
  const name = `${machine}-${process.pid}-${randomBytes(6).toString("hex")}`;
  const path = join(directory, name);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  own.add(name);
  return path;
}

/** Removes a folder of this process with all that is in it. */
export function removeFolder(path: string): void {
  rmSync(path, { recursive: true, force: true });
}

/** Removes the folders of processes that ended without doing so. */
export function sweep(directory: string): void {
  let names: string[];
  try {
    names = readdirSync(directory);
  } catch {
    return;
  }
  for (const name of names) {
    if (own.has(name) || !isAbandoned(directory, name)) continue;
    try {
      removeFolder(join(directory, name));
    } catch {
      // Another user's: not ours to judge.
    }
  }
}

function isAbandoned(directory: string, name: string): boolean {
  const match = /^([0-9a-f]{8})-(\d+)-[0-9a-f]{12}$/.exec(name);
  if (!match) return false;
  const pid = Number(match[2]);
  if (match[1] === machine && (pid === process.pid || !isAlive(pid))) return true;
  try {
    return Date.now() - statSync(join(directory, name)).mtimeMs > ABANDONED_MS;
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
