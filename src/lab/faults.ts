/** What goes wrong with the requests that match. */
export interface Fault {
  match?: {
    method?: string;
    /** Tested on the path below `/api2/json`, unescaped. */
    path?: RegExp;
  };
  /** How many requests it hits; all when absent. */
  times?: number;
  /** Answers with this instead of doing anything. */
  status?: number;
  /** Reason phrase for `status`. */
  reason?: string;
  /** Carries the request out before it answers with `status`, as when the proxy gave up on it (pve-facts 24). */
  afterWork?: boolean;
  /** Never answers. */
  hang?: boolean;
  /** Milliseconds to wait before anything else. */
  delayMs?: number;
  /** Carries the request out, then destroys the connection. */
  cutBeforeAnswer?: boolean;
  /** Destroys the connection and does nothing. */
  cutBeforeWork?: boolean;
  /** How a task started by the request ends: `OK`, `WARNINGS: n`, `unexpected status`, or an error text. */
  taskOutcome?: string;
  /** Gives numbers as strings and digit strings as numbers (pve-facts 28). */
  wrongTypes?: boolean;
}

const REASONS: Readonly<Record<number, string>> = {
  400: "Parameter verification failed.",
  401: "Authentication failed!",
  403: "Permission check failed",
  500: "got timeout",
  595: "Connection timed out",
  596: "Broken pipe",
  599: "Too many redirections",
};

/** PVE's usual words for a status. */
export function usualReason(status: number): string {
  return REASONS[status] ?? "error";
}

/** The faults that are switched on. */
export class Faults {
  #active: { fault: Fault; left: number }[] = [];

  /** Switches a fault on; returns a way to switch it off. */
  add(fault: Fault): () => void {
    const entry = { fault, left: fault.times ?? Number.POSITIVE_INFINITY };
    this.#active.push(entry);
    return () => {
      this.#active = this.#active.filter((other) => other !== entry);
    };
  }

  /** Switches all off. */
  clear(): void {
    this.#active = [];
  }

  /** The faults that hit a request, counted as used. */
  take(method: string, path: string): Fault[] {
    if (this.#active.length === 0) return [];
    const hit = this.#active.filter(
      ({ fault: { match } }) =>
        (match?.method === undefined || match.method === method) &&
        (match?.path === undefined || new RegExp(match.path.source, match.path.flags.replace(/[gy]/g, "")).test(path)),
    );
    for (const entry of hit) entry.left -= 1;
    this.#active = this.#active.filter((entry) => entry.left > 0);
    return hit.map(({ fault }) => fault);
  }
}

/** The same answer with every number as a string and every digit string as a number. */
export function flipTypes(value: unknown): unknown {
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return /^(0|[1-9]\d{0,14})$/.test(value) ? Number(value) : value;
  if (Array.isArray(value)) return value.map(flipTypes);
  if (value !== null && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, flipTypes(inner)]));
  return value;
}
