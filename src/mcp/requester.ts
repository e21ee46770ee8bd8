import type { ServerContext } from "@modelcontextprotocol/server";

/** Who asks. */
export interface Requester {
  /** Jobs, plans, artifacts, subscriptions and the audit are bound to it. */
  readonly principal: string;
  /** OAuth scopes; absent where the transport has none: then all are held. */
  readonly scopes?: readonly string[];
  /** Whom the token is about, and who says so; absent where nobody signs in. */
  readonly subject?: { readonly id: string; readonly issuer: string };
  /** Groups that the token names. */
  readonly groups?: readonly string[];
}

/** Whoever started the server, over stdio. */
export const LOCAL: Requester = { principal: "local" };

/** Whose message it is: over HTTP whoever its token says, and nobody else. */
export function requesterOf({ http }: ServerContext): Requester {
  if (!http) return LOCAL;
  const found = http.authInfo?.extra?.requester as Requester | undefined;
  if (!found) throw new Error("a request over HTTP came without its caller");
  return found;
}
