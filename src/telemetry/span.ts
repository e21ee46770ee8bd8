export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** One thing that is done, for as long as it takes. Never holds a value that a caller gave, or a secret. */
export interface Span {
  set(attributes: Attributes): void;
  /** It went wrong without throwing; the code says how. */
  fail(code: string): void;
}

export interface SpanOptions {
  kind?: "server" | "client";
  attributes?: Attributes;
  /** W3C trace context of whoever asked, as it came; what is not well formed is left out of account. */
  parent?: { traceparent?: unknown; tracestate?: unknown };
}

/** What records spans; there is none until an operator asks for it. */
export interface Tracer {
  inSpan<T>(name: string, options: SpanOptions, act: (span: Span) => Promise<T>): Promise<T>;
}

const NOWHERE: Span = { set() {}, fail() {} };
let tracer: Tracer | undefined;

/** Spans of this process go there from now on. */
export function traceTo(one: Tracer | undefined): void {
  tracer = one;
}

/** Does something as a span, below the one that is under way; just does it where nothing is traced. */
export function inSpan<T>(name: string, options: SpanOptions, act: (span: Span) => Promise<T>): Promise<T> {
  return tracer === undefined ? act(NOWHERE) : tracer.inSpan(name, options, act);
}
