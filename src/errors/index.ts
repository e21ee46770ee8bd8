/** A next step that a person or a model can take; part of every error's text. */
export interface ErrorDetails {
  /** Stable machine name, e.g. `permission-denied`. */
  code: string;
  /** What went wrong, one sentence. */
  message: string;
  /** What to do next, one sentence. */
  next?: string;
  /** Facts for the structured answer: never secrets. */
  data?: Readonly<Record<string, unknown>>;
  cause?: unknown;
}

/** Base of every error that this project raises on purpose. */
export class ProxmoxMcpError extends Error {
  readonly code: string;
  readonly next: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(details: ErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = details.code;
    this.next = details.next;
    this.data = details.data ?? {};
  }
}
