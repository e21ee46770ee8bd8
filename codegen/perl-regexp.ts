/** A Perl pattern with something that this translator does not know; the build stops rather than guess. */
class PerlPatternError extends Error {
  override readonly name = "PerlPatternError";
  constructor(pattern: string, at: number, problem: string) {
    super(`pattern ${JSON.stringify(pattern)}, character ${at}: ${problem}`);
  }
}

/** What `\d`, `\w` and `\s` stand for on decoded text, as the inside of a class (flag `u`). */
const SHORTHAND: Readonly<Record<string, string>> = {
  d: "\\p{Nd}",
  w: "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}",
  s: "\\t-\\r \\x85\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000",
};
const CONTROL: Readonly<Record<string, number>> = { t: 9, n: 10, f: 12, r: 13, e: 27, a: 7 };
/** Perl's end anchor also matches before one final newline. */
const END = "(?=\\n?$)";
const SYNTAX = new Set("^$\\.*+?()[]{}|/");
const CLASS_SYNTAX = new Set("\\]^-[");

const LONG_S = 0x17f;
const KELVIN = 0x212a;

/** All code points that match this one without regard to case; on the server `s` and `k` have a third form each. */
function caseForms(code: number): number[] {
  const char = String.fromCodePoint(code);
  const forms = new Set([code]);
  for (const other of [char.toLowerCase(), char.toUpperCase()])
    if ([...other].length === 1) forms.add(other.codePointAt(0)!);
  if (char === "s" || char === "S") forms.add(LONG_S);
  if (char === "k" || char === "K") forms.add(KELVIN);
  return [...forms].sort((a, b) => a - b);
}

function printable(code: number, inClass: boolean): string {
  const char = String.fromCodePoint(code);
  if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, "0").toUpperCase()}`;
  if (code > 0x7e)
    return code > 0xffff
      ? `\\u{${code.toString(16).toUpperCase()}}`
      : `\\u${code.toString(16).padStart(4, "0").toUpperCase()}`;
  return (inClass ? CLASS_SYNTAX : SYNTAX).has(char) ? `\\${char}` : char;
}

const rangeText = (from: number, to: number): string =>
  from === to ? printable(from, true) : `${printable(from, true)}-${printable(to, true)}`;

interface Atom {
  text: string;
  /** The single code point that the atom is, when it is one. */
  code?: number;
}

class Translator {
  private at = 0;
  private atomics = 0;
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  translate(): string {
    const text = this.alternation(false);
    if (this.at < this.source.length) this.fail("unbalanced `)`");
    return text;
  }

  private fail(problem: string): never {
    throw new PerlPatternError(this.source, this.at, problem);
  }

  private take(expected: string): boolean {
    if (!this.source.startsWith(expected, this.at)) return false;
    this.at += expected.length;
    return true;
  }

  private alternation(ignoreCase: boolean): string {
    let text = "";
    while (this.at < this.source.length && this.source[this.at] !== ")")
      text += this.take("|") ? "|" : this.quantified(ignoreCase);
    return text;
  }

  private quantified(ignoreCase: boolean): string {
    const atom = this.atom(ignoreCase);
    const quantifier = this.quantifier();
    if (quantifier === "") return atom;
    if (atom === "^" || atom === END) this.fail("a quantifier on an anchor");
    return atom + quantifier;
  }

  private quantifier(): string {
    const match = /[*+?]|\{\d*,?\d*\}/y;
    match.lastIndex = this.at;
    let text = match.exec(this.source)?.[0] ?? "";
    if (text === "{}" || text === "{,}") text = "";
    if (text === "") return "";
    this.at += text.length;
    if (text.startsWith("{,")) text = `{0${text.slice(1)}`;
    if (this.source[this.at] === "+") this.fail("a possessive quantifier");
    return this.take("?") ? `${text}?` : text;
  }

  private atom(ignoreCase: boolean): string {
    const char = String.fromCodePoint(this.source.codePointAt(this.at)!);
    if (char === "(") return this.group(ignoreCase);
    if (char === "[") return this.characterClass(ignoreCase);
    if (char === "\\") return this.escaped(ignoreCase);
    this.at += char.length;
    if (char === "^") return "^";
    if (char === "$") return END;
    if (char === ".") return "[^\\n]";
    if ("*+?".includes(char)) this.fail("nothing to repeat");
    return this.literal(char.codePointAt(0)!, ignoreCase);
  }

  private literal(code: number, ignoreCase: boolean): string {
    const forms = ignoreCase ? caseForms(code) : [code];
    return forms.length === 1 ? printable(code, false) : `[${forms.map((form) => printable(form, true)).join("")}]`;
  }

  private group(ignoreCase: boolean): string {
    const close = (text: string): string => (this.take(")") ? text : this.fail("a group without end"));
    if (this.take("(?>")) {
      const name = `a${++this.atomics}`;
      const body = this.alternation(ignoreCase);
      return close(`(?:(?=(?<${name}>${body}))\\k<${name}>)`);
    }
    for (const look of ["(?=", "(?!", "(?<=", "(?<!"])
      if (this.take(look)) return close(`${look}${this.alternation(ignoreCase)})`);
    const flags = /\(\?\^?([a-z]*):/y;
    flags.lastIndex = this.at;
    const match = flags.exec(this.source);
    if (match) {
      const letters = match[1]!.replace(/[ua]/g, (letter) => (letter === "u" ? "" : this.fail("flag `a`")));
      if (letters !== "" && letters !== "i") this.fail(`flags \`${letters}\``);
      this.at += match[0].length;
      const inherits = !match[0].startsWith("(?^");
      return close(`(?:${this.alternation(letters === "i" || (inherits && ignoreCase))})`);
    }
    if (this.source.startsWith("(?", this.at)) this.fail("an unknown group");
    this.at++;
    return close(`(?:${this.alternation(ignoreCase)})`);
  }

  /** After a backslash: a code point, or the inside of a class for `\d`, `\w`, `\s`. */
  private escape(): { code: number } | { inside: string; negated: boolean } {
    this.at++;
    const char = this.source[this.at++] ?? this.fail("a backslash at the end");
    const hex = /[0-9A-Fa-f]{1,2}/y;
    hex.lastIndex = this.at;
    if (char === "x") {
      const digits = hex.exec(this.source)?.[0] ?? this.fail("`\\x` without digits");
      this.at += digits.length;
      return { code: Number.parseInt(digits, 16) };
    }
    if (char === "0") {
      if (/\d/.test(this.source[this.at] ?? "")) this.fail("an octal escape");
      return { code: 0 };
    }
    if (CONTROL[char] !== undefined) return { code: CONTROL[char] };
    const inside = SHORTHAND[char.toLowerCase()];
    if (inside !== undefined) return { inside, negated: char !== char.toLowerCase() };
    if (/[A-Za-z0-9]/.test(char)) this.fail(`unknown escape \`\\${char}\``);
    return { code: char.codePointAt(0)! };
  }

  private escaped(ignoreCase: boolean): string {
    const found = this.escape();
    if ("code" in found) return this.literal(found.code, ignoreCase);
    if (found.inside === SHORTHAND.d) return found.negated ? "\\P{Nd}" : found.inside;
    return `[${found.negated ? "^" : ""}${found.inside}]`;
  }

  private classAtom(): Atom {
    if (this.source.startsWith("[:", this.at)) this.fail("a POSIX class");
    if (this.source[this.at] === "\\") {
      const found = this.escape();
      if ("code" in found) return { text: printable(found.code, true), code: found.code };
      if (found.negated) this.fail("a negated shorthand inside a class");
      return { text: found.inside };
    }
    const code = this.source.codePointAt(this.at) ?? this.fail("a class without end");
    this.at += code > 0xffff ? 2 : 1;
    return { text: printable(code, true), code };
  }

  private characterClass(ignoreCase: boolean): string {
    this.at++;
    let text = this.take("^") ? "[^" : "[";
    for (let first = true; first || this.source[this.at] !== "]"; first = false) {
      if (this.at >= this.source.length) this.fail("a class without end");
      const from = this.classAtom();
      const isRange = this.source[this.at] === "-" && this.source[this.at + 1] !== "]" && from.code !== undefined;
      if (!isRange) {
        text += from.code === undefined ? from.text : this.classRange(from.code, from.code, ignoreCase);
        continue;
      }
      this.at++;
      const to = this.classAtom();
      // Perl reads `[a-\d]` as three members.
      if (to.code === undefined) text += `${this.classRange(from.code!, from.code!, ignoreCase)}\\-${to.text}`;
      else if (to.code < from.code!) this.fail("a range that runs backwards");
      else text += this.classRange(from.code!, to.code, ignoreCase);
    }
    this.at++;
    return `${text}]`;
  }

  private classRange(from: number, to: number, ignoreCase: boolean): string {
    let text = rangeText(from, to);
    if (!ignoreCase) return text;
    const extra = new Set<number>();
    for (let code = from; code <= to; code++)
      for (const form of caseForms(code)) if (form < from || form > to) extra.add(form);
    const codes = [...extra].sort((a, b) => a - b);
    for (let index = 0; index < codes.length; ) {
      let last = index;
      while (codes[last + 1] === codes[last]! + 1) last++;
      text += rangeText(codes[index]!, codes[last]!);
      index = last + 1;
    }
    return text;
  }
}

/**
 * The JavaScript source (flag `u`) of a Perl pattern; test it as `new RegExp("^" + source + "\\n?$", "u")`, ungrouped
 * as the server applies it. Throws PerlPatternError.
 */
export function toJavaScript(pattern: string): string {
  return new Translator(pattern).translate();
}
