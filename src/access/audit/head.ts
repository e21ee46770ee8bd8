import { closeSync, constants, openSync, readFileSync, writeSync } from "node:fs";
import type { StateKey } from "../state-key.ts";
import { headPath } from "./files.ts";
import type { Place } from "./line.ts";

/** What a chain is known to hold: its last synced place, and the number of the oldest line that is kept. */
export interface Head extends Place {
  firstSeq: number;
}

/** Of one length, so that each write covers the one before it. */
const LENGTH = 256;

/** Writes the head of one chain in place. */
export class HeadFile {
  readonly #file: number;
  readonly #chain: string;
  readonly #key: StateKey;
  #closed = false;

  constructor(directory: string, chain: string, key: StateKey) {
    this.#file = openSync(headPath(directory, chain), constants.O_RDWR | constants.O_CREAT, 0o600);
    this.#chain = chain;
    this.#key = key;
  }

  write({ seq, hash, firstSeq }: Head): void {
    if (this.#closed) return;
    const mac = this.#key.tag("audit-head", this.#chain, String(seq), hash, String(firstSeq));
    const text = JSON.stringify({ seq, hash, firstSeq, mac });
    writeSync(this.#file, `${text.padEnd(LENGTH - 1)}\n`, 0);
  }

  close(): void {
    if (!this.#closed) closeSync(this.#file);
    this.#closed = true;
  }
}

/** The head of a chain; `missing` when there is none, `invalid` when this key did not make it for this chain. */
export function readHead(directory: string, chain: string, key: StateKey): Head | "missing" | "invalid" {
  let text: string;
  try {
    text = readFileSync(headPath(directory, chain), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "missing";
    throw error;
  }
  try {
    const { seq, hash, firstSeq, mac } = JSON.parse(text) as Head & { mac: string };
    const genuine = key.verify(mac, "audit-head", chain, String(seq), hash, String(firstSeq));
    return genuine ? { seq, hash, firstSeq } : "invalid";
  } catch {
    return "invalid";
  }
}
