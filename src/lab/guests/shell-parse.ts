/** A piece of a word, and whether quotes keep it in one. */
type Piece =
  | { text: string; quoted?: true }
  | { variable: string; quoted: boolean; without?: { from: "#" | "##" | "%" | "%%"; pattern: string } }
  | { command: List; quoted: boolean }
  /** A sum of numbers and variables. */
  | { sum: string; quoted: boolean };

export type Word = Piece[];

export interface Redirect {
  /** Number of the stream. */
  from: number;
  how: ">" | ">>" | "<" | ">&";
  to: Word;
}

/** A command of any kind, with where its input and output go. */
export type Command = { redirects: Redirect[] } & (
  | { kind: "simple"; assignments: [string, Word][]; words: Word[] }
  | { kind: "group"; body: List; subshell?: true }
  | { kind: "while"; condition: List; body: List }
  | { kind: "case"; subject: Word; branches: { patterns: Word[]; body: List }[] }
  | { kind: "if"; branches: { condition: List; body: List }[]; otherwise?: List }
);

interface Pipeline {
  negated: boolean;
  commands: Command[];
}

/** Pipelines, and what joins each to the one before; nobody waits for one in the background. */
export type List = { joint: ";" | "&&" | "||"; pipeline: Pipeline; background?: true }[];

/** The text is not what the shell understands. */
export class SyntaxTrouble extends Error {}

const OPERATORS = ["&&", "||", ">>", ">&", ";", "\n", "|", "&", ">", "<", "(", ")"];
const END_WORDS = new Set(["then", "elif", "else", "fi", "do", "done", "esac", "}"]);
const _NAME = /^[A-Za-z_][A-Za-z0-9_]*/;

/** Parses the part of the shell's language that a guest of the lab speaks. */
export function parseShell(text: string): List {
  const parser = new Parser(text);
  const list = parser.list();
  if (!parser.atEnd()) throw new SyntaxTrouble(parser.complaint());
  return list;
}

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  atEnd(): boolean {
    this.#blank();
    return this.#at >= this.#text.length;
  }

  complaint(): string {
    return `Syntax error: "${this.#text.slice(this.#at, this.#at + 12)}" unexpected`;
  }

  list(): List {
    const list: List = [];
    let joint: ";" | "&&" | "||" = ";";
    for (;;) {
      while ((!this.#peek(";;") && this.#take(";")) || this.#take("\n"));
      if (this.atEnd() || this.#peek(")") || this.#peek(";;") || END_WORDS.has(this.#bare())) return list;
      const item: List[number] = { joint, pipeline: this.#pipeline() };
      list.push(item);
      joint = this.#take("&&") ? "&&" : this.#take("||") ? "||" : ";";
      if (joint !== ";") while (this.#take("\n"));
      else if (this.#take("&")) item.background = true;
      else if (this.#peek(";;") || (!this.#peek(";") && !this.#peek("\n"))) return list;
    }
  }

  #pipeline(): Pipeline {
    const negated = this.#keyword("!");
    const commands = [this.#command()];
    while (!this.#peek("||") && this.#take("|")) commands.push(this.#command());
    return { negated, commands };
  }

  #command(): Command {
    if (this.#keyword("{")) {
      const body = this.list();
      this.#expect("}");
      return { kind: "group", body, redirects: this.#redirects() };
    }
    if (this.#take("(")) {
      const body = this.list();
      if (!this.#take(")")) throw new SyntaxTrouble(this.complaint());
      return { kind: "group", body, subshell: true, redirects: this.#redirects() };
    }
    if (this.#keyword("if")) return this.#if();
    if (this.#keyword("while")) {
      const condition = this.list();
      this.#expect("do");
      const body = this.list();
      this.#expect("done");
      return { kind: "while", condition, body, redirects: this.#redirects() };
    }
    if (this.#keyword("case")) return this.#case();
    return this.#simple();
  }

  #if(): Command {
    const branches: { condition: List; body: List }[] = [];
    let otherwise: List | undefined;
    do {
      const condition = this.list();
      this.#expect("then");
      branches.push({ condition, body: this.list() });
    } while (this.#keyword("elif"));
    if (this.#keyword("else")) otherwise = this.list();
    this.#expect("fi");
    return { kind: "if", branches, ...(otherwise ? { otherwise } : {}), redirects: this.#redirects() };
  }

  #case(): Command {
    this.#blank();
    const subject = this.#word();
    this.#expect("in");
    const branches: { patterns: Word[]; body: List }[] = [];
    for (;;) {
      while (this.#take("\n"));
      if (this.#keyword("esac")) return { kind: "case", subject, branches, redirects: this.#redirects() };
      this.#take("(");
      const patterns: Word[] = [];
      do {
        this.#blank();
        patterns.push(this.#word());
      } while (this.#take("|"));
      if (!this.#take(")")) throw new SyntaxTrouble(this.complaint());
      branches.push({ patterns, body: this.list() });
      this.#take(";;");
    }
  }

  #simple(): Command {
    const assignments: [string, Word][] = [];
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    for (;;) {
      this.#blank();
      const redirect = this.#redirect();
      if (redirect) {
        redirects.push(redirect);
        continue;
      }
      const name = words.length === 0 ? /^[A-Za-z_][A-Za-z0-9_]*(?==)/.exec(this.#rest())?.[0] : undefined;
      if (name !== undefined) {
        this.#at += name.length + 1;
        assignments.push([name, this.#word()]);
        continue;
      }
      if (this.#at >= this.#text.length || OPERATORS.some((one) => this.#rest().startsWith(one))) break;
      const from = this.#at;
      words.push(this.#word());
      if (this.#at === from) throw new SyntaxTrouble(this.complaint());
    }
    if (words.length + assignments.length + redirects.length === 0) throw new SyntaxTrouble(this.complaint());
    return { kind: "simple", assignments, words, redirects };
  }

  #redirects(): Redirect[] {
    const redirects: Redirect[] = [];
    for (let one = this.#redirect(); one; one = this.#redirect()) redirects.push(one);
    return redirects;
  }

  #redirect(): Redirect | undefined {
    this.#blank();
    const match = /^(\d?)(>>|>&|>|<)/.exec(this.#rest());
    if (!match) return undefined;
    this.#at += match[0].length;
    this.#blank();
    const how = match[2] as Redirect["how"];
    return { from: match[1] === "" ? (how === "<" ? 0 : 1) : Number(match[1]), how, to: this.#word() };
  }

  /** One word: texts, quoted or not, variables and the output of commands. */
  #word(): Word {
    const word: Word = [];
    for (;;) {
      const char = this.#text[this.#at];
      if (char === undefined || /[\s;|&<>()]/.test(char)) return word;
      if (char === "'") {
        const end = this.#text.indexOf("'", this.#at + 1);
        if (end < 0) throw new SyntaxTrouble("Unterminated quoted string");
        word.push({ text: this.#text.slice(this.#at + 1, end), quoted: true });
        this.#at = end + 1;
      } else if (char === '"') {
        this.#at += 1;
        this.#quoted(word);
      } else if (char === "\\") {
        word.push({ text: this.#text[this.#at + 1] ?? "", quoted: true });
        this.#at += 2;
      } else if (char === "$") word.push(this.#dollar(false));
      else {
        const plain = /^[^\s;|&<>()'"\\$]+/.exec(this.#rest())![0];
        word.push({ text: plain });
        this.#at += plain.length;
      }
    }
  }

  #quoted(word: Word): void {
    // An empty pair of quotes is a word too.
    word.push({ text: "", quoted: true });
    for (;;) {
      const char = this.#text[this.#at];
      if (char === undefined) throw new SyntaxTrouble("Unterminated quoted string");
      if (char === '"') {
        this.#at += 1;
        return;
      }
      if (char === "$") word.push(this.#dollar(true));
      else if (char === "\\" && /["\\$`]/.test(this.#text[this.#at + 1] ?? "")) {
        word.push({ text: this.#text[this.#at + 1]!, quoted: true });
        this.#at += 2;
      } else {
        word.push({ text: char, quoted: true });
        this.#at += 1;
      }
    }
  }

  #dollar(quoted: boolean): Piece {
    this.#at += 1;
    const sum = /^\(\(([^()]*)\)\)/.exec(this.#rest());
    if (sum) {
      this.#at += sum[0].length;
      return { sum: sum[1]!, quoted };
    }
    const cut = /^\{([A-Za-z_][A-Za-z0-9_]*)(##?|%%?)([^}'"$]*)\}/.exec(this.#rest());
    if (cut) {
      this.#at += cut[0].length;
      const [, variable = "", from = "#", pattern = ""] = cut;
      return { variable, quoted, without: { from: from as "#", pattern } };
    }
    if (this.#text[this.#at] === "(") {
      this.#at += 1;
      const command = this.list();
      if (!this.#take(")")) throw new SyntaxTrouble(this.complaint());
      return { command, quoted };
    }
    const match = /^(?:\{([A-Za-z0-9_]+|[?#@$!])\}|([?#@$!0-9])|([A-Za-z_][A-Za-z0-9_]*))/.exec(this.#rest());
    if (!match) return { text: "$" };
    this.#at += match[0].length;
    return { variable: match[1] ?? match[2] ?? match[3]!, quoted };
  }

  #rest(): string {
    return this.#text.slice(this.#at);
  }

  #blank(): void {
    const skip = /^(?:[ \t]|\\\n)*(?:#[^\n]*)?/.exec(this.#rest())!;
    this.#at += skip[0].length;
  }

  #peek(operator: string): boolean {
    this.#blank();
    return this.#rest().startsWith(operator);
  }

  #take(operator: string): boolean {
    if (!this.#peek(operator)) return false;
    this.#at += operator.length;
    return true;
  }

  #bare(): string {
    this.#blank();
    return /^(?:[!{}]|\w+)(?=[\s;)]|$)/.exec(this.#rest())?.[0] ?? "";
  }

  #keyword(word: string): boolean {
    if (this.#bare() !== word) return false;
    this.#at += word.length;
    return true;
  }

  #expect(word: string): void {
    if (!this.#keyword(word)) throw new SyntaxTrouble(this.complaint());
  }
}
