import type { FaultByName, FaultControls } from "./faults/definition.ts";
import { buildFault } from "./faults/index.ts";
import type { Answer } from "./routes/route.ts";
import type { ClusterState } from "./state/cluster.ts";
import type { TaskTrouble } from "./tasks.ts";

export { flipTypes } from "./faults/types.ts";

/** A request as a fault sees it. */
export interface Hit {
  method: string;
  /** Below `/api2/json`, unescaped. */
  path: string;
  params: Readonly<Record<string, unknown>>;
  /** Requests on its connection so far, this one included. */
  served: number;
  /** Milliseconds that the connection was idle before it. */
  idleMs: number;
  /** Who asks, once it is known. */
  token?: string;
}

/** What goes wrong with the requests that match. */
export interface Fault {
  match?: {
    method?: string;
    /** Tested on the path below `/api2/json`, unescaped. */
    path?: RegExp;
    /** Asked last. */
    when?: (hit: Hit) => boolean;
  };
  /** How many requests it hits; all when absent. */
  times?: number;
  /** How many requests that match are spared first. */
  skip?: number;
  /** Answers with this instead of doing anything. */
  status?: number;
  /** Reason phrase for `status`. */
  reason?: string;
  /** Texts by parameter that go with `status`. */
  errors?: Record<string, string>;
  /** Answers 200 with this instead of doing anything. */
  data?: unknown;
  /** Carries the request out before it answers with `status`, as when the proxy gave up on it (pve-facts 24). */
  afterWork?: boolean;
  /** Never answers. */
  hang?: boolean;
  /** Milliseconds to wait before anything else. */
  delayMs?: number;
  /** Milliseconds that the request keeps a worker of its node busy (pve-facts 122). */
  workMs?: number;
  /** Carries the request out, then destroys the connection. */
  cutBeforeAnswer?: boolean;
  /** Destroys the connection and does nothing. */
  cutBeforeWork?: boolean;
  /** How a task started by the request ends: `OK`, `WARNINGS: n`, `unexpected status`, or an error text. */
  taskOutcome?: string;
  /** What else is odd about tasks that the request starts. */
  task?: (state: ClusterState, hit: Hit) => TaskTrouble;
  /** Gives numbers as strings and digit strings as numbers (pve-facts 28). */
  wrongTypes?: boolean;
  /** Leaves `message` out of errors (pve-facts 22). */
  noMessage?: boolean;
  /** Changes an answer that went well; `operation` is method and path template. */
  answer?: (answer: Answer, operation: string, hit: Hit) => Answer;
  /** Changes the JSON text of an answer. */
  text?: (json: string) => string;
  /** Runs before the request is carried out, and after. */
  before?: (hit: Hit) => void;
  after?: (hit: Hit) => void;
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

interface Active {
  fault: Fault;
  left: number;
  spared: number;
}

/** The faults that are switched on. */
export class Faults {
  readonly #controls: FaultControls | undefined;
  #active: Active[] = [];
  readonly #undo = new Set<() => void>();

  /** `controls` are what faults by name act on. */
  constructor(controls?: FaultControls) {
    this.#controls = controls;
  }

  /** Switches a fault on, of one's own making or by its name; returns a way to switch it off. */
  add(fault: Fault | FaultByName): () => void {
    if (!("fault" in fault)) return this.#addOne(fault);
    if (!this.#controls) throw new Error("faults by name need a lab");
    const { times, skip, ...named } = fault;
    const effect = buildFault(named, this.#controls);
    const own: Pick<Fault, "times" | "skip"> = {
      ...(times === undefined ? {} : { times }),
      ...(skip === undefined ? {} : { skip }),
    };
    const offs = (effect.faults ?? []).map((one) => this.#addOne({ ...one, ...own }));
    const stop = effect.start?.();
    const off = (): void => {
      if (!this.#undo.delete(off)) return;
      for (const each of offs) each();
      stop?.();
    };
    this.#undo.add(off);
    return off;
  }

  #addOne(fault: Fault): () => void {
    const entry = { fault, left: fault.times ?? Number.POSITIVE_INFINITY, spared: fault.skip ?? 0 };
    this.#active.push(entry);
    return () => {
      this.#active = this.#active.filter((other) => other !== entry);
    };
  }

  /** Switches all off. */
  clear(): void {
    this.#active = [];
    for (const off of [...this.#undo]) off();
  }

  /** The faults that hit a request, counted as used. */
  take(hit: Hit): Fault[] {
    if (this.#active.length === 0) return [];
    const matching = this.#active.filter(({ fault: { match } }) => matches(match, hit));
    const due = matching.filter((entry) => entry.spared <= 0);
    for (const entry of matching) entry.spared -= 1;
    for (const entry of due) entry.left -= 1;
    this.#active = this.#active.filter((entry) => entry.left > 0);
    return due.map(({ fault }) => fault);
  }
}

function matches(match: Fault["match"], hit: Hit): boolean {
  if (!match) return true;
  if (match.method !== undefined && match.method !== hit.method) return false;
  // A pattern with a memory would match every other time.
  if (match.path && !new RegExp(match.path.source, match.path.flags.replace(/[gy]/g, "")).test(hit.path)) return false;
  return match.when?.(hit) ?? true;
}
