import type { PveStream } from "../pve/cluster.ts";

/** Milliseconds between two signs of life: a terminal ends after five idle minutes (pve-facts 82). */
const PING_MS = 30_000;
const COLUMNS = 240;
const ROWS = 50;
/** Characters of a screen that are remembered. */
const REMEMBERED = 65_536;

/** A terminal at the far end of a stream: takes keys, and hears what is written on it. */
export class Terminal {
  readonly #stream: PveStream;
  readonly #pings: NodeJS.Timeout;
  #admitted = false;
  #begin = "";
  #screen = "";
  #dropped = 0;
  #ended = false;
  #heardAt = performance.now();
  /** Told of each change: something was written, or the terminal ended. */
  #onChange = (): void => {};
  /** Takes what is written in place of the screen. */
  #reader: ((bytes: Uint8Array) => void) | undefined;

  /** `greeting` is the line by which the visitor is known. */
  constructor(stream: PveStream, greeting: string) {
    this.#stream = stream;
    this.#pings = setInterval(() => stream.send(Buffer.from("2")), PING_MS);
    stream.listen(
      (bytes) => this.#hear(bytes),
      () => {
        this.#ended = true;
        clearInterval(this.#pings);
        this.#onChange();
      },
    );
    stream.send(Buffer.from(greeting));
  }

  /** The server took the greeting. */
  get admitted(): boolean {
    return this.#admitted;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** How much was written so far, in bytes. */
  get length(): number {
    return this.#dropped + this.#screen.length;
  }

  /** What was written from a place on, a character for each byte. */
  from(at: number): string {
    return this.#screen.slice(Math.max(0, at - this.#dropped));
  }

  /** Milliseconds since something was written. */
  get quietMs(): number {
    return performance.now() - this.#heardAt;
  }

  /** Types, as much as the protocol's length says: bytes, not characters. */
  type(text: string): void {
    const bytes = Buffer.from(text, "utf8");
    this.#stream.send(Buffer.concat([Buffer.from(`0:${bytes.length}:`), bytes]));
  }

  /** From now on what is written goes to a reader. */
  read(reader: (bytes: Uint8Array) => void): void {
    this.#reader = reader;
  }

  /** Waits until something holds, which is looked at after each change; false when the time is up first. */
  until(holds: () => boolean, ms: number, signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", abort);
        this.#onChange = () => {};
        act();
      };
      const timer = setTimeout(() => settle(() => resolve(holds())), ms);
      const abort = (): void => settle(() => reject(signal.reason));
      signal.addEventListener("abort", abort, { once: true });
      this.#onChange = () => {
        if (holds()) settle(() => resolve(true));
      };
      this.#onChange();
    });
  }

  close(): void {
    clearInterval(this.#pings);
    this.#stream.close();
  }

  #hear(bytes: Uint8Array): void {
    this.#heardAt = performance.now();
    let rest = bytes;
    if (!this.#admitted) {
      this.#begin += Buffer.from(bytes).toString("latin1");
      if (this.#begin.length < 2) return;
      if (!this.#begin.startsWith("OK")) {
        this.close();
        return;
      }
      this.#admitted = true;
      rest = Buffer.from(this.#begin.slice(2), "latin1");
      // A narrow terminal makes a shell draw long lines anew.
      this.#stream.send(Buffer.from(`1:${COLUMNS}:${ROWS}:`));
    }
    if (this.#reader) this.#reader(rest);
    else {
      this.#screen += Buffer.from(rest).toString("latin1");
      const beyond = this.#screen.length - REMEMBERED;
      if (beyond > 0) {
        this.#screen = this.#screen.slice(beyond);
        this.#dropped += beyond;
      }
    }
    this.#onChange();
  }
}
