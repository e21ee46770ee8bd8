import { createHash } from "node:crypto";

function encode(text: string): string {
  return text.replace(/[^\x20-\x39\x3b-\x7e]/gu, (char) => encodeURIComponent(char));
}

/** A node's entry in the cluster's files: a description above keys and values. */
export class NodeConfig {
  readonly #values = new Map<string, string>();
  #written = false;

  /** The file's text. */
  get text(): string {
    const description = (this.#values.get("description") ?? "").replace(/\n+$/, "");
    const head = description === "" ? [] : description.split("\n").map((line) => `#${encode(line)}\n`);
    const rest = [...this.#values.entries()]
      .filter(([key]) => key !== "description")
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, value]) => `${key}: ${value}\n`);
    return [...head, ...rest].join("");
  }

  /** SHA-1 of the file; nothing while there is none. */
  get digest(): string | undefined {
    const { text } = this;
    return this.#written && text !== "" ? createHash("sha1").update(text).digest("hex") : undefined;
  }

  /** All keys, with the description's lines each ended; nothing at all while the file is empty. */
  read(): Record<string, string> {
    const { digest } = this;
    if (digest === undefined) return {};
    const description = (this.#values.get("description") ?? "").replace(/\n+$/, "");
    return { ...Object.fromEntries(this.#values), description: description === "" ? "" : `${description}\n`, digest };
  }

  get(key: string): string | undefined {
    return this.#values.get(key);
  }

  /** Sets and removes keys in one go; a key that is not there may be removed. */
  update(values: Readonly<Record<string, string>>, remove: readonly string[]): void {
    for (const [key, value] of Object.entries(values)) this.#values.set(key, value);
    for (const key of remove) this.#values.delete(key);
    this.#written = true;
  }
}
