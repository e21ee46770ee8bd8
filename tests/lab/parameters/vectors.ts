import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** Verdicts of the real validator, one a line. */
export function vectors<T>(name: "parameters" | "forms" | "formats"): T[] {
  const file = new URL(`../../fixtures/${name}.jsonl.gz`, import.meta.url);
  return gunzipSync(readFileSync(file))
    .toString("utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** An error text without what differs from run to run: the order of a property string's faults, the recorder's input line. */
export function comparable(text: string): string {
  return text
    .replace(/, <STDIN> line \d+\.$/m, ".")
    .split("\n")
    .sort()
    .join("\n");
}
