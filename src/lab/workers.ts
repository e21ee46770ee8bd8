/** The daemons that carry calls out, a few on each node: slow calls hold up the others (pve-facts 122). */
export class Workers {
  readonly #size: number;
  readonly #busy = new Map<string, number>();
  readonly #waiting = new Map<string, (() => void)[]>();

  constructor(size: number) {
    this.#size = size;
  }

  /** Runs `work` as soon as a worker of the node is free. */
  async run<T>(node: string, work: () => T | Promise<T>): Promise<T> {
    const busy = this.#busy.get(node) ?? 0;
    // A worker that is done hands its place to the next in line, so the count stays.
    if (busy >= this.#size) await new Promise<void>((resolve) => this.#line(node).push(resolve));
    else this.#busy.set(node, busy + 1);
    try {
      return await work();
    } finally {
      const next = this.#line(node).shift();
      if (next) next();
      else this.#busy.set(node, (this.#busy.get(node) ?? 1) - 1);
    }
  }

  #line(node: string): (() => void)[] {
    let line = this.#waiting.get(node);
    if (!line) {
      line = [];
      this.#waiting.set(node, line);
    }
    return line;
  }
}
