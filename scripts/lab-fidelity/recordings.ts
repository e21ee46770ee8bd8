import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

/** Files of recorded exchanges, in the order in which they were made. */
const FILES = ["protocol", "access", "pools", "storage", "node", "qemu", "lxc", "firewall", "cluster"] as const;

/** One request with the answer of a real server. */
export interface Recording {
  file: string;
  seq: number;
  note: string | null;
  request: { method: string; path: string; headers: Record<string, string>; body: string | null };
  /** Status is null where the server ended the connection without an answer. */
  response: { status: number | null; reason: string; headers: Record<string, string>; body: string | null };
}

/** Reads the lines of a compressed fixture. */
export function readLines<T>(name: string): T[] {
  const path = fileURLToPath(new URL(`../../tests/fixtures/${name}.jsonl.gz`, import.meta.url));
  return gunzipSync(readFileSync(path))
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T);
}

/** All recorded exchanges in the order in which they were made. */
export function readRecordings(): Recording[] {
  return FILES.flatMap((file) =>
    readLines<Omit<Recording, "file">>(`recorded/${file}`).map((line) => ({ ...line, file })),
  ).sort((one, other) => one.seq - other.seq);
}
