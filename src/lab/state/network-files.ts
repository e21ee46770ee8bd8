import { type Interfaces, readInterfaces } from "./interfaces-read.ts";
import { writeInterfaces } from "./interfaces-write.ts";
import { unifiedDiff } from "./unified-diff.ts";

const FILE = "/etc/network/interfaces";

function stamp(time: Date): string {
  const [date, clock] = time.toISOString().replace("Z", "").split("T");
  return `${date} ${clock}000000 +0000`;
}

/** A node's network configuration: what holds, and what waits to be applied beside it (pve-facts 101). */
export class NetworkFiles {
  readonly #cards: readonly string[];
  #current: { text: string; time: Date };
  #pending: { text: string; time: Date } | undefined;
  #active: ReadonlySet<string> = new Set();

  constructor(text: string, cards: readonly string[], time: Date) {
    this.#cards = cards;
    this.#current = { text, time };
    this.#bringUp();
  }

  /** Interfaces that start on their own, and the cards of the machine, are up. */
  #bringUp(): void {
    const { ifaces } = readInterfaces(this.#current.text, this.#cards, new Set());
    this.#active = new Set(
      [...ifaces].filter(([, iface]) => iface.autostart === 1 || iface.exists === 1).map(([name]) => name),
    );
  }

  /** What the pending file says, or the current one when there is none. */
  read(): Interfaces {
    return readInterfaces((this.#pending ?? this.#current).text, this.#cards, this.#active);
  }

  /** Writes the pending file, or throws why the interfaces do not fit together. */
  write(config: Interfaces): void {
    this.#pending = { text: writeInterfaces(config), time: new Date() };
  }

  /** The difference that waits, as `diff -u` prints it; nothing when none does. */
  changes(): string | undefined {
    if (!this.#pending) return undefined;
    const body = unifiedDiff(this.#current.text, this.#pending.text);
    if (body === "") return undefined;
    return `--- ${FILE}\t${stamp(this.#current.time)}\n+++ ${FILE}.new\t${stamp(this.#pending.time)}\n${body}`;
  }

  /** Drops what waits. */
  revert(): void {
    this.#pending = undefined;
  }

  /** Makes what waits the configuration; `reload` tells whether the interfaces follow. */
  apply(reload: boolean): void {
    if (this.#pending) this.#current = this.#pending;
    this.#pending = undefined;
    if (reload) this.#bringUp();
  }

  /** The text of the current file. */
  get text(): string {
    return this.#current.text;
  }
}
