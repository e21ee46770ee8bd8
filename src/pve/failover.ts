import { setTimeout as sleep } from "node:timers/promises";
import {
  ConnectionLostError,
  ConnectionRefusedError,
  HostNotFoundError,
  TlsMismatchError,
  TlsUntrustedError,
} from "./errors.ts";
import { type Endpoint, TransportFailure, type WireAnswer, type WireOptions, type WireRequest } from "./transport.ts";

/** Milliseconds for which an endpoint that failed is asked last. */
const COOL_DOWN_MS = 30_000;
/** Milliseconds before each repetition of a GET; ±25 % at random. */
const BACKOFF_MS = [200, 800];
/** Statuses after which a GET is repeated (pve-facts 24, 25). */
const REPEATED = new Set([596, 599]);
/** Milliseconds after which such a status means a call that is too slow, and repeating it would hold another worker. */
const SLOW_MS = 5000;

/**
 * The endpoints of one cluster as one. A GET goes on to the next endpoint after a connection failure and is repeated
 * with backoff; a write goes on only as long as nothing was sent, and is never repeated (pve-facts 108).
 */
export class Failover {
  readonly #endpoints: readonly Endpoint[];
  readonly #retryAt = new Map<Endpoint, number>();
  readonly #now: () => number;
  #current: Endpoint | undefined;

  constructor(endpoints: readonly Endpoint[], now: () => number = Date.now) {
    this.#endpoints = endpoints;
    this.#now = now;
  }

  async request(request: WireRequest, options: WireOptions): Promise<WireAnswer & { endpoint: string }> {
    const repeatable = request.method === "GET";
    for (let round = 0; ; round++) {
      const last = !repeatable || round >= BACKOFF_MS.length;
      const outcome = await this.#round(request, options, last);
      if (outcome !== undefined) return outcome;
      await this.#pause(BACKOFF_MS[round]!, options);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#endpoints.map((endpoint) => endpoint.close()));
  }

  /** One pass over the endpoints; undefined asks for another one. */
  async #round(
    request: WireRequest,
    options: WireOptions,
    last: boolean,
  ): Promise<(WireAnswer & { endpoint: string }) | undefined> {
    let worst: TransportFailure | undefined;
    let repeat = false;
    for (const endpoint of this.#order()) {
      const began = performance.now();
      try {
        const answer = await endpoint.request(request, options);
        this.#current = endpoint;
        this.#retryAt.delete(endpoint);
        if (!last && REPEATED.has(answer.status) && performance.now() - began < SLOW_MS) return undefined;
        return { ...answer, endpoint: endpoint.url };
      } catch (failure) {
        if (!(failure instanceof TransportFailure) || !goesOn(failure)) throw failure;
        if (request.method !== "GET" && failure.sent) throw failure;
        this.#retryAt.set(endpoint, this.#now() + COOL_DOWN_MS);
        if (worst === undefined || (!isTls(worst) && isTls(failure))) worst = failure;
        repeat ||= isBrief(failure);
      }
    }
    if (last || !repeat) throw worst ?? new Error("no endpoint");
    return undefined;
  }

  /** The one that answered last first, then the healthy, then those that failed, longest ago first. */
  #order(): Endpoint[] {
    const now = this.#now();
    const due = (endpoint: Endpoint) => {
      const at = this.#retryAt.get(endpoint) ?? 0;
      return at > now ? at : 0;
    };
    const rank = (endpoint: Endpoint) => (endpoint === this.#current ? 0 : 1);
    return [...this.#endpoints].sort((a, b) => due(a) - due(b) || rank(a) - rank(b));
  }

  async #pause(ms: number, options: WireOptions): Promise<void> {
    try {
      await sleep(ms * (0.75 + Math.random() / 2), undefined, options.signal ? { signal: options.signal } : {});
    } catch {
      throw new TransportFailure(false, undefined, options.signal?.reason);
    }
  }
}

/** Whether another endpoint may do better: time limits and the caller's own abort are final. */
function goesOn(failure: TransportFailure): boolean {
  const { error } = failure;
  return (
    error instanceof ConnectionRefusedError ||
    error instanceof ConnectionLostError ||
    error instanceof HostNotFoundError ||
    isTls(failure)
  );
}

/** What will not be otherwise a moment later: a host that swallows packets, and a cluster that was closed. */
const LASTING: readonly unknown[] = ["ETIMEDOUT", "closed"];

/** Whether the same endpoint may answer a moment later. */
function isBrief({ error }: TransportFailure): boolean {
  return (
    error instanceof ConnectionLostError ||
    (error instanceof ConnectionRefusedError && !LASTING.includes(error.data.reason))
  );
}

function isTls(failure: TransportFailure): boolean {
  return failure.error instanceof TlsMismatchError || failure.error instanceof TlsUntrustedError;
}
