/** How long things take in a lab; all figures in milliseconds. */
export interface Pace {
  /** A guest's start; everything else is a multiple of it. */
  taskMs: number;
  /** Between a new task's UPID and the moment it can be read (pve-facts 49). */
  taskVisibleMs: number;
  /** Between an HA request and the guest's new state (pve-facts 89). */
  haMs: number;
  /** How late a 401 is (pve-facts 26). */
  authDelayMs: number;
  /** How late a 595 for an offline node is (pve-facts 105). */
  offlineMs: number;
  /** How late the answer of an agent that does not run is (pve-facts 71). */
  agentMs: number;
  /** How long a dead node's guests still count as running: five minutes of lab time (pve-facts 106). */
  staleMs: number;
}

/** Seconds since the epoch. */
export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

/** Timers that end with the lab. */
export class Timers {
  readonly #pending = new Set<NodeJS.Timeout>();
  #closed = false;

  /** Runs `action` after `ms`; returns a way to call it off. */
  after(ms: number, action: () => void): () => void {
    if (this.#closed) return () => {};
    const timer = setTimeout(() => {
      this.#pending.delete(timer);
      action();
    }, ms);
    this.#pending.add(timer);
    return () => {
      clearTimeout(timer);
      this.#pending.delete(timer);
    };
  }

  /** Resolves after `ms`; never, once the lab is closed. */
  sleep(ms: number): Promise<void> {
    return ms <= 0 ? Promise.resolve() : new Promise((resolve) => this.after(ms, resolve));
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#pending) clearTimeout(timer);
    this.#pending.clear();
  }
}
