import { Slots } from "../pve/slots.ts";
import type { HostConnection } from "./connection.ts";

/** Below sshd's own MaxSessions of 10, so that none is refused. */
const CHANNELS = 8;

export interface PoolOptions {
  /** Milliseconds without use after which a connection is closed. */
  idleMs?: number;
  /** Channels of one connection at a time; more wait. */
  channels?: number;
}

/** The use of a connection by one channel. */
export interface Lease {
  connection: HostConnection;
  release(): void;
}

interface Entry {
  connection: Promise<HostConnection>;
  slots: Slots;
  uses: number;
  idle?: NodeJS.Timeout;
}

/** One connection for each node and identity, opened at the first use, again after a loss, and closed when idle. */
export class ConnectionPool {
  readonly #entries = new Map<string, Entry>();
  readonly #idleMs: number;
  readonly #channels: number;
  #closed = false;

  constructor({ idleMs = 60_000, channels = CHANNELS }: PoolOptions = {}) {
    this.#idleMs = idleMs;
    this.#channels = channels;
  }

  /** Waits for a channel's worth of the connection under this key; `connect` opens one where there is none. */
  async lease(key: string, connect: () => Promise<HostConnection>, signal?: AbortSignal): Promise<Lease> {
    if (this.#closed) throw new Error("the pool is closed");
    const entry = this.#entries.get(key) ?? this.#open(key, connect);
    entry.uses++;
    clearTimeout(entry.idle);
    let give: (() => void) | undefined;
    const release = () => {
      give?.();
      entry.uses--;
      if (entry.uses === 0) this.#rest(key, entry);
    };
    try {
      const connection = await abortable(entry.connection, signal);
      give = await entry.slots.acquire(signal);
      if (connection.isOpen) return { connection, release: once(release) };
    } catch (error) {
      release();
      throw error;
    }
    // It ended while this use waited for its turn: nothing was sent on it.
    release();
    return this.lease(key, connect, signal);
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    this.#closed = true;
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    await Promise.allSettled(
      entries.map(async (entry) => {
        clearTimeout(entry.idle);
        (await entry.connection).end();
      }),
    );
  }

  #open(key: string, connect: () => Promise<HostConnection>): Entry {
    const entry: Entry = { connection: connect(), slots: new Slots(this.#channels), uses: 0 };
    this.#entries.set(key, entry);
    const forget = () => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
    };
    entry.connection.then((connection) => connection.onEnd(forget), forget);
    return entry;
  }

  #rest(key: string, entry: Entry): void {
    clearTimeout(entry.idle);
    entry.idle = setTimeout(() => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
      entry.connection.then(
        (connection) => connection.end(),
        () => {},
      );
    }, this.#idleMs);
    entry.idle.unref();
  }
}

/** The promise's value, or the signal's reason if that comes first; the promise itself goes on. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise<T>((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    act();
  };
}
