/** Word characters, for use inside a character class of a `u` regex. */
export const WORD = "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}";

/** Letters and digits, likewise. */
export const ALNUM = "\\p{Alphabetic}\\p{Nd}";

/** Whitespace as the server sees it, likewise: unlike `\s` it has U+0085 and lacks U+FEFF. */
export const SPACE = "\\t-\\r \\x85\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000";

const BLANK = new RegExp(`^[${SPACE}]*$`, "u");
const SPACES = new RegExp(`[${SPACE}]+`, "u");
const SEPARATORS = new RegExp(`[,;${SPACE}]+`, "u");

/** Whether a text is empty or whitespace alone. */
export function isBlank(text: string): boolean {
  return BLANK.test(text);
}

/** Whether a text contains whitespace. */
export function hasSpace(text: string): boolean {
  return SPACES.test(text);
}

/** How many code points a text has, which is how the server counts lengths. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** Cuts at a separator and drops empty parts at the end, as the server's `split` does. */
export function splitOn(text: string, separator: string): string[] {
  const parts = text.split(separator);
  while (parts.length > 0 && parts.at(-1) === "") parts.pop();
  return parts;
}

/** The items of a `-list` value: cut at NUL alone if there is one, else at commas, semicolons and whitespace. */
export function splitList(text: string): string[] {
  if (text.includes("\0")) return splitOn(text, "\0");
  return text.split(SEPARATORS).filter((item) => item !== "");
}

/** The number that the server computes with for a run of Unicode digits: its leading ASCII digits. */
export function leadingNumber(digits: string): number {
  return Number(/^[0-9]*/.exec(digits)![0]);
}
