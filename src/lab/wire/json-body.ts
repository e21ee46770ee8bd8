import { Refusal } from "../refusal.ts";

/** Where the server decodes a JSON body, and where it first looks into it; both stand in its complaints. */
const DECODE = "at /usr/share/perl5/PVE/APIServer/AnyEvent.pm line 934.";
const USE = "at /usr/share/perl5/PVE/APIServer/AnyEvent.pm line 978.";
/** Characters of a text that a complaint shows, of what follows the fault and of a value. */
const SHOWN = 20;
const SHOWN_VALUE = 32;

function refusal(text: string): Refusal {
  return new Refusal(500, text, { form: "text", long: `${text}\n` });
}

/** A text as the server's JSON parser shows it. */
function shown(text: string): string {
  if (text === "") return "(end of string)";
  let out = "";
  for (const char of text) {
    if (out.length >= SHOWN) return `${out}...`;
    if (char === "\\") out += "\\\\";
    else if (char === "\n") out += "\\n";
    else if (char === "\r") out += "\\r";
    else if (char === "\t") out += "\\t";
    else out += /[ -~]/.test(char) ? char : `\\x{${char.codePointAt(0)!.toString(16)}}`;
  }
  return out;
}

/** Finds what the server's parser trips over; it stops at the first fault. */
class Finder {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The fault and its place; nothing when there is none. */
  find(): string | undefined {
    let problem = this.#value();
    if (problem === undefined) {
      this.#blank();
      if (this.#at >= this.#text.length) return undefined;
      problem = "garbage after JSON object";
    }
    return `${problem}, at character offset ${this.#at} (before "${shown(this.#text.slice(this.#at))}")`;
  }

  #blank(): void {
    while (/[ \t\r\n]/.test(this.#text[this.#at] ?? "")) this.#at += 1;
  }

  #value(): string | undefined {
    this.#blank();
    const char = this.#text[this.#at] ?? "";
    if (char === "{") return this.#object();
    if (char === "[") return this.#array();
    if (char === '"') return this.#string();
    if (/[-0-9]/.test(char)) return this.#number();
    for (const word of ["true", "false", "null"])
      if (char === word[0]) {
        if (!this.#text.startsWith(word, this.#at)) return `'${word}' expected`;
        this.#at += word.length;
        return undefined;
      }
    return "malformed JSON string, neither tag, array, object, number, string or atom";
  }

  #array(): string | undefined {
    this.#at += 1;
    this.#blank();
    if (this.#take("]")) return undefined;
    for (;;) {
      const problem = this.#value();
      if (problem !== undefined) return problem;
      this.#blank();
      if (this.#take("]")) return undefined;
      if (!this.#take(",")) return ", or ] expected while parsing array";
    }
  }

  #object(): string | undefined {
    this.#at += 1;
    this.#blank();
    if (this.#take("}")) return undefined;
    for (;;) {
      this.#blank();
      if (this.#text[this.#at] !== '"') return "'\"' expected";
      const key = this.#string();
      if (key !== undefined) return key;
      this.#blank();
      if (!this.#take(":")) return "':' expected";
      const problem = this.#value();
      if (problem !== undefined) return problem;
      this.#blank();
      if (this.#take("}")) return undefined;
      if (!this.#take(",")) return ", or } expected while parsing object/hash";
    }
  }

  #string(): string | undefined {
    this.#at += 1;
    for (;;) {
      const char = this.#text[this.#at];
      if (char === undefined) return "unexpected end of string while parsing JSON string";
      if (char === '"') {
        this.#at += 1;
        return undefined;
      }
      if (char < " ")
        return `invalid character 0x${char.charCodeAt(0).toString(16).toUpperCase()} encountered while parsing JSON string`;
      if (char === "\\") {
        const escaped = /^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.exec(this.#text.slice(this.#at, this.#at + 6))?.[0];
        if (escaped === undefined)
          return this.#text[this.#at + 1] === "u"
            ? "malformed \\uXXXX character in JSON string"
            : "illegal backslash escape sequence in string";
        this.#at += escaped.length;
      } else this.#at += 1;
    }
  }

  #number(): string | undefined {
    this.#take("-");
    if (this.#take("0")) {
      if (/[0-9]/.test(this.#text[this.#at] ?? ""))
        return "malformed number (leading zero must not be followed by another digit)";
    } else if (!this.#digits()) return "malformed number (no digits after initial minus)";
    if (this.#take(".") && !this.#digits()) return "malformed number (no digits after decimal point)";
    if (this.#take("e") || this.#take("E")) {
      if (!this.#take("-")) this.#take("+");
      if (!this.#digits()) return "malformed number (no digits after exp sign)";
    }
    return undefined;
  }

  #digits(): boolean {
    const from = this.#at;
    while (/[0-9]/.test(this.#text[this.#at] ?? "")) this.#at += 1;
    return this.#at > from;
  }

  #take(char: string): boolean {
    if (this.#text[this.#at] !== char) return false;
    this.#at += 1;
    return true;
  }
}

/** A JSON body as parameters; a null in it counts as absent, anything but an object is refused in Perl's words. */
export function parseJsonBody(body: Buffer): Record<string, unknown> {
  const text = body.toString("utf8");
  const problem = new Finder(text).find();
  if (problem !== undefined) throw refusal(`${problem} ${DECODE}`);
  const value: unknown = JSON.parse(text);
  if (value === null) return {};
  if (Array.isArray(value) || typeof value === "boolean") throw refusal(`Not a HASH reference ${USE}`);
  if (typeof value !== "object") {
    const whole = String(value);
    const quoted = whole.length > SHOWN_VALUE ? `"${whole.slice(0, SHOWN_VALUE)}"...` : `"${whole}"`;
    throw refusal(`Can't use string (${quoted}) as a HASH ref while "strict refs" in use ${USE}`);
  }
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== null));
}
