/** Kinds of values that no two servers share; `pattern` finds them within a text. */
const KINDS: readonly { kind: string; pattern: RegExp }[] = [
  { kind: "upid", pattern: /UPID:[^:\s]+:[0-9A-F]{8}:[0-9A-F]{8,9}:[0-9A-F]{8}:[^:\s]+:[^:\s]*:[^:\s]+:/ },
  { kind: "ticket", pattern: /PVE(?:VNC|TFA|SPICE)?:(?:[^:\s"]+:)?[0-9A-F]{8}::[A-Za-z0-9+/=]+/ },
  { kind: "csrf", pattern: /[0-9A-F]{8}:[A-Za-z0-9+/]{43}/ },
  { kind: "pem", pattern: /-----BEGIN [A-Z ]+-----[^-]+-----END [A-Z ]+-----/ },
  { kind: "fingerprint", pattern: /(?:[0-9A-F]{2}:){31}[0-9A-F]{2}/ },
  { kind: "uuid", pattern: /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/ },
  { kind: "mac", pattern: /(?:[0-9A-F]{2}:){5}[0-9A-F]{2}/ },
  { kind: "crypt", pattern: /\$[156y]\$[A-Za-z0-9./$]+/ },
  { kind: "digest", pattern: /\b(?:[0-9a-f]{64}|[0-9a-f]{40})\b/ },
  { kind: "backup-time", pattern: /\d{4}_\d\d_\d\d-\d\d_\d\d_\d\d/ },
  { kind: "date", pattern: /\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?(?: ?[+-]\d{4}|Z)?/ },
  { kind: "epoch", pattern: /\b1[78]\d{8}\b/ },
  { kind: "instance", pattern: /\b[0-9a-f]{32}\b/ },
];

const ANY = new RegExp(
  KINDS.map(({ kind, pattern }) => `(?<${kind.replace("-", "_")}>${pattern.source})`).join("|"),
  "g",
);

/** Where in its own program the server noticed something. */
const SOURCE = / at \/usr\/\S+ line \d+(, <\w+> line \d+)?\.?/g;

interface Found {
  kind: string;
  text: string;
}

function find(text: string): Found[] {
  return [...text.matchAll(ANY)].map((match) => ({
    kind: Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined)?.[0] ?? "",
    text: match[0],
  }));
}

/** How a text is spelled where a client escapes it. */
function spellings(text: string): string[] {
  const quoted = encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return [...new Set([text, quoted, quoted.replaceAll("%20", "+"), quoted.replaceAll("%2F", "/")])];
}

/** What stands in the answers of one server for what stood in those of another. */
export class Correspondence {
  readonly #known = new Map<string, string>();
  /** What clients sent themselves, and the server therefore did not make up. */
  readonly #sent = new Set<string>();

  /** Notes the values that a recorded request brings along. */
  noteRequest(texts: readonly string[]): void {
    for (const text of texts)
      for (const spelling of [text, decode(text)])
        for (const { text: token } of find(spelling)) if (!this.#known.has(token)) this.#sent.add(token);
  }

  /** Pairs the values of two texts of the same make. */
  learn(recorded: string, received: string): void {
    const ours = find(recorded);
    const theirs = find(received);
    if (ours.length === 0 || ours.length !== theirs.length) return;
    if (ours.some((token, index) => token.kind !== theirs[index]!.kind)) return;
    ours.forEach((token, index) => {
      if (this.#sent.has(token.text) || token.kind === "epoch") return;
      if (!this.#known.has(token.text)) this.#known.set(token.text, theirs[index]!.text);
    });
  }

  /** Pairs two whole texts, such as a password, whatever they look like. */
  pair(recorded: string, received: string): void {
    if (recorded !== received && !this.#sent.has(recorded)) this.#known.set(recorded, received);
  }

  /** A recorded request's text, with what the other server made up put in. */
  translate(text: string): string {
    let result = text;
    for (const [recorded, received] of [...this.#known].sort(([one], [other]) => other.length - one.length)) {
      const ours = spellings(recorded);
      const theirs = spellings(received);
      ours.forEach((spelling, index) => {
        if (result.includes(spelling)) result = result.replaceAll(spelling, theirs[index] ?? received);
      });
    }
    return result;
  }

  /** A text with everything that was made up replaced by its kind, and all else as it is. */
  normal(text: string): string {
    return text.replace(SOURCE, "").replace(ANY, (...groups) => {
      const token = String(groups[0]);
      if (this.#sent.has(token)) return token;
      const named = groups.at(-1) as Record<string, string | undefined>;
      const kind = Object.entries(named).find(([, value]) => value !== undefined)?.[0] ?? "";
      return kind === "upid" ? normalUpid(token) : `<${kind}>`;
    });
  }
}

/** A UPID's determined parts: all but the process, its start and the time. */
function normalUpid(upid: string): string {
  const [tag, node, , , , ...rest] = upid.split(":");
  return [tag, node, "<pid>", "<pstart>", "<time>", ...rest].join(":");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
