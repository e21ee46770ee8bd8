import type { Parser } from "./parsers.ts";

/** One environment variable: the same entry parses it and documents it. */
export interface Variable<T> {
  /** What it sets, one sentence. */
  description: string;
  /** Allowed values, for error texts and the documentation. */
  allowed: string;
  /** Shown in the documentation; the value itself is set where the configuration is built. */
  default?: string;
  /** The value must never be printed; a variable of the same name and `_FILE` may name a file that holds it. */
  secret?: true;
  parse: Parser<T>;
}

/** Gives an entry its type. */
export function variable<T>(entry: Variable<T>): Variable<T> {
  return entry;
}
