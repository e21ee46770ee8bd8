import { Collector } from "../ssh/collector.ts";

/** Characters of a line that is not ended yet, beyond which it can be none of ours. */
const LONGEST = 65_536;

/** Reads what the script writes on the terminal: lines with the tag, between whatever else is broadcast there. */
export class JobOutput {
  readonly stdout: Collector;
  readonly stderr: Collector;
  readonly #tag: string;
  #rest = "";
  #ended: { code: number | undefined } | undefined;
  timedOut = false;
  /** Lines of ours that hold what is no base64. */
  garbled = { stdout: false, stderr: false };

  constructor(tag: string, maxBytes: number) {
    this.#tag = tag;
    this.stdout = new Collector(maxBytes);
    this.stderr = new Collector(maxBytes);
  }

  /** How the command ended, once it is known. */
  get ended(): { code: number | undefined } | undefined {
    return this.#ended;
  }

  push(bytes: Uint8Array): void {
    const lines = (this.#rest + Buffer.from(bytes).toString("latin1")).split("\n");
    this.#rest = lines.pop()!.slice(-LONGEST);
    for (const line of lines) this.#line(line);
  }

  #line(line: string): void {
    const at = line.indexOf(this.#tag);
    if (at < 0) return;
    const kind = line[at + this.#tag.length];
    const body = line.slice(at + this.#tag.length + 1).replace(/\r+$/, "");
    if (kind === "t") this.timedOut = true;
    else if (kind === "z") {
      const [, code = ""] = /^(\d*)\.$/.exec(body) ?? [];
      this.#ended = { code: code === "" ? undefined : Number(code) };
    } else if (kind === "o" || kind === "e") {
      const stream = kind === "o" ? "stdout" : "stderr";
      if (!/^[A-Za-z0-9+/]*={0,2}$/.test(body)) this.garbled[stream] = true;
      this[stream].push(Buffer.from(body, "base64"));
    }
  }
}
