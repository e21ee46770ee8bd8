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
  return text
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
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

/** A word as the words that it stands for: quoted ones stay whole, others are split at spaces and matched to files. */
export async function expandWord(word: Word, with_: Expansion): Promise<string[]> {
  const fields: Field[] = [];
  let open: Field | undefined;
  const add = (text: string, quoted: boolean): void => {
    open ??= { text: "", pattern: "", wild: false };
    open.text += text;
    open.pattern += quoted ? escaped(text) : wildcards(text);
    open.wild ||= !quoted && /[*?[]/.test(text);
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
    const value = "variable" in piece ? with_.value(piece.variable) : await with_.output(piece.command);
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
