import { formsOf, SHORTEST } from "./forms.ts";

/** A secret that was found. */
export interface Found {
  /** All that it is. */
  kinds: ReadonlySet<string>;
  secret: string;
  /** Byte at which it begins. */
  at: number;
  length: number;
}

const BITS = 16;

/**
 * Many secrets, looked for in one pass: a hash of the last six bytes says where one may begin (Rabin and Karp), so that
 * the time does not depend on how many there are.
 */
export class Search {
  readonly #kinds = new Map<string, Set<string>>();
  readonly #begin = new Map<number, { form: Buffer; secret: string }[]>();
  readonly #maybe = new Uint8Array(1 << BITS);

  get size(): number {
    return this.#kinds.size;
  }

  /** Adds a secret, or says of one what else it is. */
  add(kind: string, secret: string): void {
    // What Proxmox shows in the place of a secret is none.
    if (secret.trim().length < SHORTEST || /^\*+$/.test(secret)) return;
    const known = this.#kinds.get(secret)?.add(kind);
    if (known) return;
    this.#kinds.set(secret, new Set([kind]));
    for (const text of formsOf(secret)) {
      const form = Buffer.from(text);
      let hash = 0;
      for (let at = 0; at < SHORTEST; at++) hash = next(hash, form[at]!);
      this.#maybe[slot(hash)] = 1;
      const same = this.#begin.get(hash);
      if (same) same.push({ form, secret });
      else this.#begin.set(hash, [{ form, secret }]);
    }
  }

  /** Every place where the bytes hold a secret. */
  find(bytes: Buffer): Found[] {
    const found: Found[] = [];
    let hash = 0;
    for (let at = 0; at < bytes.length; at++) {
      hash = next(hash, bytes[at]!);
      if (this.#maybe[slot(hash)] === 0 || at < SHORTEST - 1) continue;
      const start = at - SHORTEST + 1;
      for (const { form, secret } of this.#begin.get(hash) ?? []) {
        if (!bytes.subarray(start, start + form.length).equals(form)) continue;
        found.push({ kinds: this.#kinds.get(secret)!, secret, at: start, length: form.length });
      }
    }
    return found;
  }
}

/** Five bits further with each byte, thirty in all: after six bytes nothing is left of the one before. */
const next = (hash: number, byte: number): number => ((hash << 5) ^ byte) & 0x3fffffff;
const slot = (hash: number): number => (hash ^ (hash >>> (30 - BITS))) & ((1 << BITS) - 1);
