import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** The lines of a compressed fixture, parsed. */
export function fixture<T>(name: string): T[] {
  const text = gunzipSync(readFileSync(new URL(`../fixtures/${name}.jsonl.gz`, import.meta.url))).toString("utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T);
}
