/** What Perl's `\s` matches in decoded text, as the inside of a class (formats, How a format is applied 4). */
export const SPACE = "\\t-\\r \\x85\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000";
/** What Perl's `\w` matches, as the inside of a class. */
export const WORD = "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}";

/** A pattern as Perl's `^…$` tests it: `$` also stands before one final newline. */
export function anchored(source: string, flags = ""): RegExp {
  return new RegExp(`^${source}\\n?$`, `u${flags}`);
}

const BLANK = new RegExp(`^[${SPACE}]*$`, "u");
const LEADING = new RegExp(`^[${SPACE}]+`, "u");
const GAP = new RegExp(`[${SPACE}]+`, "u");

/** Whether a text is empty or only whitespace. */
export function isBlank(text: string): boolean {
  return BLANK.test(text);
}

/** Splits as Perl's `split` on one character does: empty fields at the end vanish. */
export function splitOn(text: string, separator: string): string[] {
  const parts = text.split(separator);
  while (parts.length > 0 && parts.at(-1) === "") parts.pop();
  return parts;
}

/** Splits the value of a list format: on NUL alone if there is one, else on commas, semicolons and whitespace. */
export function splitList(text: string): string[] {
  if (text.includes("\0")) return splitOn(text, "\0");
  const spaced = text.replace(/[,;]/g, " ").replace(LEADING, "");
  if (spaced === "") return [];
  const parts = spaced.split(GAP);
  if (parts.at(-1) === "") parts.pop();
  return parts;
}

/** Perl's idea of truth for text. */
export function isTrue(text: string | undefined): boolean {
  return text !== undefined && text !== "" && text !== "0";
}

const INTEGER = /^[+-]?\p{Nd}+\n?$/u;
const NUMBER = /^[+-]?(?:\p{Nd}+\.\p{Nd}+|\p{Nd}+\.|\.\p{Nd}+|\p{Nd}+)(?:[eE][+-]?\p{Nd}+)?\n?$/u;

export function isInteger(text: string): boolean {
  return INTEGER.test(text);
}

export function isNumber(text: string): boolean {
  return NUMBER.test(text);
}

/** The number that Perl computes with: the ASCII digits in front, else 0. */
export function numeric(text: string): number {
  const found = /^[\t-\r ]*([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)/.exec(text);
  return found ? Number(found[1]) : 0;
}

/** How Perl writes a number: 15 significant digits, an exponent of two digits or more. */
export function numberText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 63) return BigInt(value).toString();
  const short = Number(value.toPrecision(15));
  const size = Math.abs(short);
  if (size >= 1e-4 && size < 1e15) return String(short);
  return short.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
}

/** Length in code points. */
export function lengthOf(text: string): number {
  let length = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) i += 1;
    length += 1;
  }
  return length;
}
