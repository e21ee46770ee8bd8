import { Refusal } from "./refusal.ts";

/** What one principal has under way. */
interface Account {
  /** Requests that it may still make at once; grows back with time. */
  left: number;
  at: number;
  requests: number;
  streams: number;
}

export interface CallerLimits {
  requestsPerMinute: number;
  maxRequests: number;
  maxStreams: number;
}

/** Accounts of idle principals that are kept before they are looked through. */
const MANY = 4096;

/** Counts what each principal asks for, and refuses what is too much. */
export class Callers {
  readonly #limits: CallerLimits;
  readonly #accounts = new Map<string, Account>();
  readonly #now: () => number;

  constructor(limits: CallerLimits, now: () => number = () => performance.now()) {
    this.#limits = limits;
    this.#now = now;
  }

  /** Takes `cost` requests of the minute; throws a 429 that says when to come back. */
  charge(principal: string, cost = 1): void {
    const { requestsPerMinute } = this.#limits;
    const account = this.#account(principal);
    const perMs = requestsPerMinute / 60_000;
    const now = this.#now();
    account.left = Math.min(requestsPerMinute, account.left + (now - account.at) * perMs);
    account.at = now;
    if (account.left < cost) {
      const seconds = Math.max(1, Math.ceil((Math.min(cost, requestsPerMinute) - account.left) / perMs / 1000));
      throw new Refusal(
        429,
        "rate",
        `Too many requests: a caller may make ${requestsPerMinute} in a minute. Wait ${seconds} s.`,
        { headers: { "retry-after": String(seconds) } },
      );
    }
    account.left -= cost;
  }

  /** Begins a request; gives what ends it. */
  begin(principal: string): () => void {
    return this.#enter(principal, "requests", this.#limits.maxRequests, "requests at a time");
  }

  /** Begins a stream of notifications; gives what ends it. */
  stream(principal: string): () => void {
    return this.#enter(principal, "streams", this.#limits.maxStreams, "streams");
  }

  #enter(principal: string, what: "requests" | "streams", most: number, words: string): () => void {
    const account = this.#account(principal);
    if (account[what] >= most) {
      throw new Refusal(429, what, `Too many ${words}: a caller may have ${most}. Wait for one of them to end.`, {
        headers: { "retry-after": "1" },
      });
    }
    account[what]++;
    let open = true;
    return () => {
      if (open) account[what]--;
      open = false;
    };
  }

  #account(principal: string): Account {
    const known = this.#accounts.get(principal);
    if (known) return known;
    if (this.#accounts.size >= MANY) this.#forget();
    const fresh = { left: this.#limits.requestsPerMinute, at: this.#now(), requests: 0, streams: 0 };
    this.#accounts.set(principal, fresh);
    return fresh;
  }

  /** Drops the accounts that say nothing any more. */
  #forget(): void {
    const now = this.#now();
    for (const [principal, { at, requests, streams }] of this.#accounts) {
      if (requests === 0 && streams === 0 && now - at > 60_000) this.#accounts.delete(principal);
    }
  }
}
