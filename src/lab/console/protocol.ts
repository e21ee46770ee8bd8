import type { Terminal } from "../shell/terminal.ts";

/** The line with which a visitor comes does not end. */
const LINE_LIMIT = 8192;

export interface ProtocolOptions {
  /** Whether the first line names the right visitor. */
  admits(line: string): boolean;
  /** Starts what is behind the console; called once. */
  open(): Terminal;
  write(bytes: Uint8Array): void;
  /** Ends the connection. */
  end(): void;
}

/** What comes in at a terminal's port: `user:ticket`, then keys, sizes and pings by length (pve-facts 82). */
export class TerminalProtocol {
  readonly #options: ProtocolOptions;
  #bytes = Buffer.alloc(0);
  #terminal: Terminal | undefined;

  constructor(options: ProtocolOptions) {
    this.#options = options;
  }

  /** Whether the visitor was let in. */
  get admitted(): boolean {
    return this.#terminal !== undefined;
  }

  receive(chunk: Uint8Array): void {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    if (!this.#terminal && !this.#greet()) return;
    while (this.#bytes.length > 0 && this.#message());
  }

  close(): void {
    this.#terminal?.close();
  }

  #greet(): boolean {
    const end = this.#bytes.indexOf("\n");
    if (end < 0) {
      if (this.#bytes.length > LINE_LIMIT) this.#options.end();
      return false;
    }
    const line = this.#bytes.subarray(0, end).toString("utf8");
    this.#bytes = this.#bytes.subarray(end + 1);
    if (!this.#options.admits(line)) {
      this.#options.end();
      return false;
    }
    this.#options.write(Buffer.from("OK"));
    this.#terminal = this.#options.open();
    return true;
  }

  /** Takes one message off; false when it is not complete, or no message at all. */
  #message(): boolean {
    const text = this.#bytes.subarray(0, 32).toString("latin1");
    if (text.startsWith("2")) return this.#drop(1);
    const size = /^1:(\d+):(\d+):/.exec(text);
    if (size) {
      this.#terminal?.resize(Number(size[1]), Number(size[2]));
      return this.#drop(size[0].length);
    }
    const keys = /^0:(\d+):/.exec(text);
    if (keys) {
      const end = keys[0].length + Number(keys[1]);
      if (this.#bytes.length < end) return false;
      const data = this.#bytes.subarray(keys[0].length, end);
      this.#drop(end);
      this.#terminal?.type(data);
      return true;
    }
    // Whatever is no message ends the session, unless more of it may come.
    if (!/^[01](?::\d*){0,2}$/.test(text)) this.#options.end();
    return false;
  }

  #drop(count: number): true {
    this.#bytes = this.#bytes.subarray(count);
    return true;
  }
}
