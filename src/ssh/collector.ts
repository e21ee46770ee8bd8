/** The output of a command as it comes, up to a number of bytes; the rest is counted and dropped. */
export class Collector {
  readonly #chunks: Buffer[] = [];
  readonly #most: number;
  readonly #decoder = new TextDecoder();
  #text = "";
  #held = 0;
  #seen = 0;

  constructor(most: number) {
    this.#most = most;
  }

  push(chunk: Buffer): void {
    this.#seen += chunk.length;
    const kept = chunk.subarray(0, this.#most - this.#held);
    if (kept.length === 0) return;
    this.#held += kept.length;
    this.#chunks.push(kept);
    // A character may be split over two packets.
    this.#text += this.#decoder.decode(kept, { stream: true });
  }

  get truncated(): boolean {
    return this.#seen > this.#held;
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#chunks, this.#held);
  }

  /** The text; what is no UTF-8 is replaced, but a character that the limit cut in two is left out. */
  end(): string {
    if (!this.truncated) this.#text += this.#decoder.decode();
    return this.#text;
  }
}
