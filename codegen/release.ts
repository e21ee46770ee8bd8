import { readFile } from "node:fs/promises";

/** What a release had, as far as the inventory tells; `npm run release:record` writes it. */
export interface ReleaseRecord {
  /** Version of this package. */
  release: string;
  /** Newest vendored version of Proxmox VE. */
  schema: string;
  tools: readonly string[];
  operations: readonly string[];
  typed: readonly string[];
  /** Exercised with success by a typed tool in the lab. */
  lab: readonly string[];
  live: readonly string[];
}

/** The lists of a record that are compared. */
const LISTS = ["tools", "operations", "typed", "lab", "live"] as const;

export interface ReleaseChange {
  release: string;
  changes: readonly { what: (typeof LISTS)[number]; added: readonly string[]; gone: readonly string[] }[];
}

/** The record of the last release; nothing before the first one. */
export async function readRelease(path: string): Promise<ReleaseRecord | undefined> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  return text === undefined ? undefined : (JSON.parse(text) as ReleaseRecord);
}

/** What came and what went since a release, list by list. */
export function changeSince(last: ReleaseRecord, now: Omit<ReleaseRecord, "release" | "schema">): ReleaseChange {
  const without = (some: readonly string[], others: readonly string[]) => some.filter((one) => !others.includes(one));
  const changes = LISTS.map((what) => ({
    what,
    added: without(now[what], last[what]),
    gone: without(last[what], now[what]),
  })).filter(({ added, gone }) => added.length + gone.length > 0);
  return { release: last.release, changes };
}
