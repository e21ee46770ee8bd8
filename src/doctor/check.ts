/** How one thing stands. */
export type Status = "ok" | "warn" | "fail";

/** One thing that was looked at. */
export interface Check {
  /** `server`, or the cluster's name. */
  area: string;
  /** Stable machine name, e.g. `certificate`. */
  check: string;
  status: Status;
  /** What was found, one sentence. */
  message: string;
  /** What to do next, one sentence; where there is something to do. */
  next?: string;
  /** Lines to copy as they stand: to run on a node, or to set. */
  commands?: string[];
  data?: Readonly<Record<string, unknown>>;
}

/** What every check of one area leaves. */
export class Findings {
  readonly checks: Check[] = [];
  readonly #area: string;

  constructor(area: string) {
    this.#area = area;
  }

  add(status: Status, check: string, message: string, more: Pick<Check, "next" | "commands" | "data"> = {}): void {
    this.checks.push({ area: this.#area, check, status, message, ...more });
  }
}
