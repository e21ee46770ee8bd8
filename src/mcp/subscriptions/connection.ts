import type { Requester } from "../requester.ts";
import type { Subscriptions } from "./index.ts";

/**
 * The subscriptions of one connection. Several streams of it may name the same address, which is watched once, as a
 * notification reaches all of them.
 */
export class ConnectionSubscriptions {
  readonly #subscriptions: Subscriptions;
  readonly #requester: Requester;
  readonly #notify: (uri: string) => void;
  readonly #watched = new Map<string, { streams: Set<unknown>; stop: Promise<(() => void) | undefined> }>();

  constructor(subscriptions: Subscriptions, requester: Requester, notify: (uri: string) => void) {
    this.#subscriptions = subscriptions;
    this.#requester = requester;
    this.#notify = notify;
  }

  /** Whether there is anything to watch at the address. Throws when it cannot be found out, or at the limit. */
  async add(stream: unknown, uri: string): Promise<boolean> {
    const known = this.#watched.get(uri);
    if (known) {
      known.streams.add(stream);
      return (await known.stop) !== undefined;
    }
    const stop = this.#subscriptions.watch(this.#requester, uri, () => this.#notify(uri));
    this.#watched.set(uri, { streams: new Set([stream]), stop });
    try {
      const found = (await stop) !== undefined;
      if (!found) this.#watched.delete(uri);
      return found;
    } catch (error) {
      this.#watched.delete(uri);
      throw error;
    }
  }

  /** Ends what a stream subscribed to; without it, all of the connection. */
  remove(stream?: unknown): void {
    for (const [uri, { streams, stop }] of this.#watched) {
      if (stream !== undefined && !(streams.delete(stream) && streams.size === 0)) continue;
      this.#watched.delete(uri);
      // What is still being looked for is ended when it is found.
      void stop.then((end) => end?.()).catch(() => {});
    }
  }
}
