import { CONTENT_TYPES } from "../access/index.ts";

/**
 * Keys, and columns of lists, whose text people, guests or other programs write. What Proxmox itself checks against a
 * pattern (node, status, type, ids of tasks) is not among them.
 */
const UNTRUSTED: ReadonlySet<string> = new Set([
  // What a guest, or an object of the API, is called and described with.
  "name",
  "names",
  "hostname",
  "description",
  "comment",
  "comments",
  "settings",
  "notes",
  "tags",
  "volid",
  "volume",
  // Where such names and texts are shown again.
  "confirm",
  "consequences",
  "diff",
  "from",
  "to",
  "changes",
  "nearest",
  "exitstatus",
  "reason",
  // What guests and programs put out.
  "log",
  "lines",
  "stdout",
  "stderr",
  "out-data",
  "err-data",
  "output",
  "result",
  "content",
  "text",
  "addresses",
  "otherInterfaces",
  "os",
  "timezone",
  "users",
  "filesystems",
  "version",
  "disabled",
  // What a person wrote for a guest to read.
  "user",
  "network",
  "meta",
  "email",
  // Any operation's answer.
  "data",
]);

/** Words only as a text; as a list or object they are looked into. */
const TEXTS: ReadonlySet<string> = new Set(["diff", "network"]);

/** What stands under these is the caller's own. */
const OWN: ReadonlySet<string> = new Set(["requests", "artifact"]);

/** Words that such a field has of this server or of Proxmox itself. */
const PLAIN: Readonly<Record<string, RegExp>> = {
  content: CONTENT_TYPES,
  exitstatus: /^(OK|WARNINGS: \d+)$/,
  reason: /^[a-z ]{1,40}$/,
  version: /^[\w.+~:-]{1,40}$/,
  disabled: /^guest-[a-z0-9-]{1,40}$/,
  meta: /^[\w.,=-]*$/,
  user: /^[^\s@]+@[\w.-]+(![\w.-]+)?$/,
};

type Row = Readonly<Record<string, unknown>>;

/** The keys and columns of an answer that hold text which others write, in the order of their first appearance. */
export function untrustedFields(answer: Row): string[] {
  const found = new Set<string>();
  visit(answer, found);
  const repeats = repeatsOf(answer, found);
  if (repeats) mention(answer, found, repeats);
  return [...found];
}

/** The fields of an error: those of its facts, and what of its own words repeats them or is Proxmox's answer. */
export function untrustedOfError(error: { message: string; next?: string; data?: Row }): string[] {
  const data = error.data ?? {};
  const found = new Set(untrustedFields(data));
  const repeats = repeatsOf(data, found);
  // A status says that the words are an answer's.
  if (typeof data.status === "number" || repeats?.(error.message)) found.add("message");
  if (error.next !== undefined && repeats?.(error.next)) found.add("next");
  return [...found];
}

function visit(value: unknown, found: Set<string>): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) visit(item, found);
    return;
  }
  const row = value as Row;
  if (Array.isArray(row.columns) && Array.isArray(row.rows)) {
    for (const [index, column] of row.columns.entries()) {
      if (!UNTRUSTED.has(column)) continue;
      if (row.rows.some((cells) => hasText(column, (cells as unknown[])[index]))) found.add(column);
    }
  }
  for (const [key, item] of Object.entries(row)) {
    if (OWN.has(key) || found.has(key)) continue;
    const isLookedInto = TEXTS.has(key) && typeof item === "object";
    if (UNTRUSTED.has(key) && !isLookedInto && hasText(key, item)) found.add(key);
    else visit(item, found);
  }
}

/** Whether anything that can be read as words stands there. */
function hasText(key: string, value: unknown): boolean {
  if (typeof value === "string") return value.trim() !== "" && !PLAIN[key]?.test(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((item) => hasText(key, item));
}

/** Shorter texts stand in a sentence by chance; longer ones are not names, and are not repeated. */
const REPEATED = { shortest: 3, longest: 255 };

/** More different texts are those of a list, and no sentence repeats them. */
const MOST_REPEATED = 50;

/** Whether a sentence of this server's own repeats one of the texts that stand in the fields found. */
function repeatsOf(value: unknown, found: ReadonlySet<string>): ((sentence: string) => boolean) | undefined {
  const texts = new Set<string>();
  collect(value, found, texts);
  if (texts.size === 0 || texts.size > MOST_REPEATED) return undefined;
  const isWord = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character);
  return (sentence) =>
    [...texts].some((text) => {
      const at = sentence.indexOf(text);
      return at >= 0 && !isWord(sentence[at - 1]) && !isWord(sentence[at + text.length]);
    });
}

/** The texts that stand in the fields found. */
function collect(value: unknown, found: ReadonlySet<string>, texts: Set<string>, inside = false): void {
  if (typeof value === "string") {
    if (inside && value.length >= REPEATED.shortest && value.length <= REPEATED.longest) texts.add(value);
  } else if (typeof value === "object" && value !== null) {
    const isList = Array.isArray(value);
    for (const [key, item] of Object.entries(value)) collect(item, found, texts, inside || (!isList && found.has(key)));
  }
}

/** Finds the keys whose sentences repeat what others wrote; words alone are states and ids. */
function mention(value: unknown, found: Set<string>, repeats: (sentence: string) => boolean, key = ""): void {
  if (typeof value === "string") {
    if (/\s/.test(value) && repeats(value)) found.add(key);
  } else if (typeof value === "object" && value !== null) {
    for (const [name, item] of Object.entries(value)) {
      const at = Array.isArray(value) ? key : name;
      if (!found.has(at) && !OWN.has(at) && at !== "rows") mention(item, found, repeats, at);
    }
  }
}
