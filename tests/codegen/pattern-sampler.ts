/** A small deterministic random source (mulberry32). */
export function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const POOL = [
  ..." \t\n\r\0\u0001\u001f\u007f\u0085\u00a0\u2028\u3000\ufeff-_.:;,/@!=+*\\\"'#<>[](){}|^$0159azAZkKsSſKéßẞпЖ中٣९_‿\u0301\u200d😀",
];
const PROPERTY: Readonly<Record<string, readonly string[]>> = {
  Nd: [..."0123456789٣९"],
  Alphabetic: [..."abcXYZéßпЖ中"],
  M: ["\u0301", "\u20dd"],
  Pc: ["_", "\u203f"],
  Join_Control: ["\u200c", "\u200d"],
};

/** Random texts that a translated pattern is likely to match; it knows only what the translator writes. */
export class Sampler {
  private at = 0;
  private readonly named = new Map<string, string>();
  private readonly source: string;
  private readonly random: (below: number) => number;

  constructor(source: string, random: (below: number) => number) {
    this.source = source;
    this.random = random;
  }

  sample(): string {
    this.at = 0;
    return this.alternation();
  }

  private alternation(): string {
    const options: string[] = [""];
    while (this.at < this.source.length && this.source[this.at] !== ")") {
      if (this.source[this.at] === "|") {
        this.at++;
        options.push("");
      } else options[options.length - 1] += this.repeated();
    }
    return options[this.random(options.length)]!;
  }

  private repeated(): string {
    const start = this.at;
    let text = this.atom();
    const end = this.at;
    const match = /([*+?]|\{(\d+)(,?)(\d*)\})\??/y;
    match.lastIndex = this.at;
    const [all = "", kind, low, comma, high] = match.exec(this.source) ?? [];
    if (all === "") return text;
    const least = kind === "+" ? 1 : Number(low ?? 0);
    const most =
      kind === "?"
        ? 1
        : kind === "*" || kind === "+"
          ? least + 3
          : comma === ""
            ? least
            : high === ""
              ? least + 2
              : Number(high);
    const count = least + this.random(Math.min(most - least, 4) + 1);
    text = "";
    for (let index = 0; index < count; index++) {
      this.at = start;
      text += this.atom();
    }
    this.at = end + all.length;
    return text;
  }

  private atom(): string {
    for (const head of ["(?:", "(?="]) {
      if (!this.source.startsWith(head, this.at)) continue;
      this.at += head.length;
      const text = this.alternation();
      this.at++;
      return head === "(?=" ? "" : text;
    }
    const group = /\(\?<(\w+)>/y;
    group.lastIndex = this.at;
    const name = group.exec(this.source)?.[1];
    if (name !== undefined) {
      this.at += name.length + 4;
      const text = this.alternation();
      this.at++;
      this.named.set(name, text);
      return text;
    }
    if (this.source[this.at] === "[") return this.member();
    if (this.source.startsWith("\\k<", this.at)) {
      const end = this.source.indexOf(">", this.at);
      const text = this.named.get(this.source.slice(this.at + 3, end))!;
      this.at = end + 1;
      return text;
    }
    if (this.source[this.at] === "^") {
      this.at++;
      return "";
    }
    const choices = this.characters();
    return choices[this.random(choices.length)]!;
  }

  /** One escape or character: the characters that it stands for. */
  private characters(): readonly string[] {
    const match = /\\p\{(\w+)\}|\\x([0-9A-F]{2})|\\u\{([0-9A-F]+)\}|\\u([0-9A-F]{4})|\\([tnr])|\\(.)|(.)/suy;
    match.lastIndex = this.at;
    const [all, property, hex, long, short, control, escaped, plain] = match.exec(this.source)!;
    this.at += all.length;
    if (property !== undefined) return PROPERTY[property]!;
    const code = hex ?? long ?? short;
    if (code !== undefined) return [String.fromCodePoint(Number.parseInt(code, 16))];
    if (control !== undefined) return [{ t: "\t", n: "\n", r: "\r" }[control]!];
    return [escaped ?? plain!];
  }

  private member(): string {
    const start = this.at++;
    const negated = this.source[this.at] === "^";
    if (negated) this.at++;
    const choices: string[] = [];
    while (this.source[this.at] !== "]") {
      const from = this.characters();
      if (this.source[this.at] === "-" && this.source[this.at + 1] !== "]" && from.length === 1) {
        this.at++;
        const [low, high] = [from[0]!.codePointAt(0)!, this.characters()[0]!.codePointAt(0)!];
        choices.push(String.fromCodePoint(low + this.random(high - low + 1)), String.fromCodePoint(high));
      } else choices.push(from[this.random(from.length)]!);
    }
    this.at++;
    if (!negated) return choices[this.random(choices.length)]!;
    const allowed = new RegExp(`^${this.source.slice(start, this.at)}$`, "u");
    const others = POOL.filter((char) => allowed.test(char));
    return others[this.random(others.length)]!;
  }
}

/** A text with one small change: a character more, less or other, a newline at the end, other case, another digit. */
export function mutate(text: string, random: (below: number) => number): string {
  const chars = [...text];
  const at = random(chars.length + 1);
  const other = POOL[random(POOL.length)]!;
  const kind = random(6);
  if (kind === 0) chars.splice(at, 0, other);
  else if (kind === 1) chars.splice(at, 1);
  else if (kind === 2) chars.splice(at, 1, other);
  else if (kind === 3) chars.push("\n");
  else if (kind === 4 && chars[at] !== undefined)
    chars[at] = chars[at] === chars[at].toUpperCase() ? chars[at].toLowerCase() : chars[at].toUpperCase();
  else return `${text}${text}`.slice(0, 300);
  return chars.join("");
}
