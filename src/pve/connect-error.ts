import type { ConnectProblem } from "./connector.ts";
import {
  ConnectionLostError,
  ConnectionRefusedError,
  HostNotFoundError,
  type RequestContext,
  type RequestError,
  TlsMismatchError,
  TlsUntrustedError,
} from "./errors.ts";

/** A connection that was refused before a byte of a request left, as an error that says what to do. */
export function connectError(context: RequestContext, problem: ConnectProblem, cause: unknown): RequestError {
  switch (problem.kind) {
    case "tls-mismatch":
      return new TlsMismatchError(context, problem.fingerprint);
    case "tls-untrusted":
      return new TlsUntrustedError(context, problem.reason, problem.fingerprint);
    case "host-not-found":
      return new HostNotFoundError(context, cause);
    case "lost":
      return new ConnectionLostError(context, problem.code, cause);
    case "refused":
      return new ConnectionRefusedError(context, problem.code, cause);
  }
}
