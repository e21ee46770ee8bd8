import { cleanText } from "../../access/untrusted-text.ts";
import type { Refusal } from "./refusal.ts";

/** Lines of the audit log that those who are not let in can cause in a minute; of the others the number is told. */
const LINES_PER_MINUTE = 10;
const MINUTE_MS = 60_000;
/** Characters of a reason, of which some are a stranger's own. */
const LONGEST = 300;

/** Records who showed a token that is not taken, in bounds: whoever knocks all day must not fill the disk. */
export class Strangers {
  readonly #record: (refused: { outcome: string; detail: string }) => void;
  readonly #now: () => number;
  #since = 0;
  #written = 0;
  #left = 0;

  constructor(record: (refused: { outcome: string; detail: string }) => void, now = () => performance.now()) {
    this.#record = record;
    this.#now = now;
    this.#since = now();
  }

  refused({ reason, message }: Refusal, address: string | undefined): void {
    if (this.#now() - this.#since >= MINUTE_MS) {
      this.#since = this.#now();
      this.#written = 0;
    }
    if (this.#written >= LINES_PER_MINUTE) {
      this.#left += 1;
      return;
    }
    this.#written += 1;
    const before = this.#left === 0 ? "" : ` ${this.#left} more before it were not written down.`;
    this.#left = 0;
    const why = cleanText(message).slice(0, LONGEST);
    this.#record({ outcome: `sign-in-${reason}`, detail: `From ${address ?? "somewhere"}: ${why}${before}` });
  }
}
