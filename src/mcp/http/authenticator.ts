import type { Requester } from "../requester.ts";

/** A caller whose word was checked. */
export interface Authenticated {
  readonly requester: Requester;
  /** Milliseconds since the epoch at which its token ends; absent where it has none. */
  readonly expiresAt?: number;
}

/** Finds out who calls. */
export interface Authenticator {
  /** Throws a `Refusal` that says how to sign in. */
  authenticate(authorization: string | undefined): Promise<Authenticated>;
  /** The answer to a caller whose token does not reach as far as the call. */
  stepUp(scope: string): Error;
  /** What stands in the way of it; undefined when nothing does. */
  problem(): Promise<string | undefined>;
  /** Who may give out tokens, for RFC 9728; undefined where nobody has to. */
  readonly metadata: object | undefined;
}

/** Lets everybody in who can reach this machine's loopback address. */
export const ANONYMOUS: Authenticator = {
  authenticate: async () => ({ requester: { principal: "anonymous" } }),
  stepUp: (scope) => new Error(`nobody needs the scope ${scope} here`),
  problem: async () => undefined,
  metadata: undefined,
};
