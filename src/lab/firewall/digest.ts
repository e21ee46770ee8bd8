import { createHash } from "node:crypto";
import { die } from "../refusal.ts";

type Entry = object;

/** SHA-1 over the keys and values of entries, keys sorted; structured values do not count (pve-facts 18). */
export function digestOf(entries: readonly Entry[]): string {
  const hash = createHash("sha1");
  for (const entry of entries)
    for (const [key, value] of Object.entries(entry).sort(([one], [other]) => (one < other ? -1 : 1))) {
      if (value !== undefined && typeof value !== "object") hash.update(`${key}:${String(value)}\n`);
    }
  return hash.digest("hex");
}

/** Entries of a list, each with the digest of them all. */
export function withDigest<T extends Entry>(entries: readonly T[]): (T & { digest: string })[] {
  const digest = digestOf(entries);
  return entries.map((entry) => ({ ...entry, digest }));
}

/** Complains when what a digest was taken of has changed since. */
export function assertUnmodified(entries: readonly Entry[], digest: unknown): void {
  if (digest !== undefined && digest !== null && digest !== "" && digest !== digestOf(entries))
    throw die("detected modified configuration - file changed by other user? Try again.");
}
