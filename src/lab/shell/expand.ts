import type { GuestFiles } from "../guests/guest-files.ts";
import type { List, Word } from "../guests/shell-parse.ts";

/** What words are expanded with. */
export interface Expansion {
  files: GuestFiles;
  home: string;
  value(name: string): string;
  positional: readonly string[];
  output(command: List): Promise<string>;
}

interface Field {
  text: string;
  /** A regular expression, once the field has a wildcard outside of quotes. */
  pattern: string;
  wild: boolean;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

function wildcards(text: string): string {
  return (
    text
      .replace(/[.+^${}()|\\]/g, "\\$&")
      // A bracket that nothing closes is one.
      .replace(/\[(?![^\]]+\])/g, "\\[")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")
  );
}

/** Paths that a wildcard stands for, or the pattern itself when there are none. */
function glob(files: GuestFiles, { text, pattern }: Field): string[] {
  let found = [text.startsWith("/") ? "" : "."];
  for (const part of pattern.split("/").slice(text.startsWith("/") ? 1 : 0)) {
    const test = new RegExp(`^${part}$`);
    found = found.flatMap((folder) =>
      files.isDirectory(folder || "/")
        ? files
            .list(folder || "/")
            .filter((name) => test.test(name) && (!name.startsWith(".") || part.startsWith("\\.")))
            .map((name) => `${folder}/${name}`)
        : [],
    );
  }
  const names = text.startsWith("/") ? found : found.map((path) => path.slice(2));
  return names.length === 0 ? [text] : names.sort();
}

/** What a piece of a word stands for. */
async function textOf(piece: Exclude<Word[number], { text: string }>, with_: Expansion): Promise<string> {
  if ("command" in piece) return await with_.output(piece.command);
  if ("sum" in piece) {
    const numbers = piece.sum.match(/[+-]|\w+/g) ?? [];
    let sign = 1;
    let sum = 0;
    for (const one of numbers)
      if (one === "+" || one === "-") sign = one === "-" ? -1 : 1;
      else sum += sign * Number(/^\d+$/.test(one) ? one : with_.value(one) || 0);
    return String(sum);
  }
  const value = with_.value(piece.variable);
  return piece.without ? withoutPart(value, piece.without) : value;
}

/** A value without what a pattern matches at one of its ends, as little or as much as there is. */
function withoutPart(value: string, { from, pattern }: { from: string; pattern: string }): string {
  const test = new RegExp(`^${wildcards(pattern)}$`, "s");
  const lengths = Array.from({ length: value.length + 1 }, (_, length) => length);
  if (from.length === 2) lengths.reverse();
  const isHead = from.startsWith("#");
  for (const length of lengths) {
    const part = isHead ? value.slice(0, length) : value.slice(value.length - length);
    if (test.test(part)) return isHead ? value.slice(length) : value.slice(0, value.length - length);
  }
  return value;
}

/** Whether a text is what a pattern of `case` means. */
export async function matches(text: string, pattern: Word, with_: Expansion): Promise<boolean> {
  let test = "";
  for (const piece of pattern)
    if ("text" in piece) test += piece.quoted ? escaped(piece.text) : wildcards(piece.text);
    else test += escaped(await textOf(piece, with_));
  return new RegExp(`^${test}$`, "s").test(text);
}

/** A word as the words that it stands for: quoted ones stay whole, others are split at spaces and matched to files. */
export async function expandWord(word: Word, with_: Expansion): Promise<string[]> {
  const fields: Field[] = [];
  let open: Field | undefined;
  const add = (text: string, quoted: boolean): void => {
    open ??= { text: "", pattern: "", wild: false };
    open.text += text;
    open.pattern += quoted ? escaped(text) : wildcards(text);
    open.wild ||= !quoted && /[*?]|\[[^\]]+\]/.test(text);
  };
  const close = (): void => {
    if (open) fields.push(open);
    open = undefined;
  };
  for (const [index, piece] of word.entries()) {
    if ("text" in piece) {
      const isHome = index === 0 && !piece.quoted && /^~(?=\/|$)/.test(piece.text);
      add(isHome ? with_.home + piece.text.slice(1) : piece.text, piece.quoted === true);
      continue;
    }
    if ("variable" in piece && piece.variable === "@") {
      for (const [at, value] of with_.positional.entries()) {
        if (at > 0) close();
        add(value, true);
      }
      continue;
    }
    const value = await textOf(piece, with_);
    if (piece.quoted) {
      add(value, true);
      continue;
    }
    for (const [at, part] of value.split(/[ \t\n]+/).entries()) {
      if (at > 0) close();
      if (part !== "") add(part, false);
    }
  }
  close();
  const isAll = word.some((piece) => "variable" in piece && piece.variable === "@");
  if (isAll && with_.positional.length === 0 && fields.every(({ text }) => text === "")) return [];
  return fields.flatMap((field) => (field.wild ? glob(with_.files, field) : [field.text]));
}
