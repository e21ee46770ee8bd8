/** One named text format. */
export interface TextFormat {
  /** A regex, or a function that answers true, or false, or the fault in words when it knows more. */
  test: RegExp | ((value: string) => boolean | string);
  /** What a value must be, with an example: "a node name, e.g. pve1". */
  is: string;
}

/** The fault of a value in plain words, or nothing. */
export function faultOf(format: TextFormat, value: string): string | undefined {
  const verdict = typeof format.test === "function" ? format.test(value) : format.test.test(value);
  if (verdict === true) return undefined;
  return verdict === false ? `must be ${format.is}` : verdict;
}

/** A format of fixed words. */
export function oneOf(words: readonly string[], what: string): TextFormat {
  const known = new Set(words);
  const shown = words.length > 12 ? `e.g. ${words.slice(0, 3).join(", ")}` : words.join(", ");
  return { test: (value) => known.has(value), is: `${what}: ${shown}` };
}
