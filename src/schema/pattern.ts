import { SPACE, WORD } from "./text.ts";

const compiled = new Map<string, RegExp>();

/**
 * Whether a value passes a parameter's translated pattern as the server tests it: `^pattern$`, not grouped, with one
 * newline allowed at the very end.
 */
export function matchesPattern(pattern: string, value: string): boolean {
  let regexp = compiled.get(pattern);
  if (regexp === undefined) {
    regexp = new RegExp(`^${pattern}\\n?$`, "u");
    compiled.set(pattern, regexp);
  }
  return regexp.test(value);
}

/** Parts of translated patterns, as people write them; the sets longest first, inside of a class and as one. */
const READABLE: readonly (readonly [string, string])[] = [
  [`[${WORD}]`, "\\w"],
  [`[${SPACE}]`, "\\s"],
  [`[^${SPACE}]`, "\\S"],
  ["[\\p{Nd}]", "\\d"],
  [WORD, "\\w"],
  [SPACE, "\\s"],
  ["\\p{Nd}", "\\d"],
  ["(?=\\n?$)", "$"],
  ["\\u017F\\u212A", ""],
  ["(?:", "("],
];

/** A translated pattern for a person to read; not for testing. */
export function readablePattern(pattern: string): string {
  const short = READABLE.reduce((text, [from, to]) => text.replaceAll(from, to), pattern);
  return short.length > 160 ? `${short.slice(0, 160)}…` : short;
}
