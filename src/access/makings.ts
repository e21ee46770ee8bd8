import type { OperationId, Params } from "../schema/operation.ts";

/** What makes a thing, what takes it away again, and the parameters that say which thing it is. */
const MAKES: Readonly<Record<OperationId, { gone: OperationId; which: readonly string[] }>> = {
  "POST /access/roles": { gone: "DELETE /access/roles/{roleid}", which: ["roleid"] },
  "POST /access/users": { gone: "DELETE /access/users/{userid}", which: ["userid"] },
  "POST /access/users/{userid}/token/{tokenid}": {
    gone: "DELETE /access/users/{userid}/token/{tokenid}",
    which: ["userid", "tokenid"],
  },
  "PUT /access/acl": { gone: "PUT /access/acl", which: ["path", "roles", "users", "tokens", "groups"] },
};

/** Calls under way that are remembered at most. */
const MOST = 200;

/**
 * What each call of a tool has made. The same call may take it away again unasked, when a later step of it fails:
 * whoever agreed to the making agreed to its not being left half done.
 */
export class Makings {
  readonly #made = new Map<string, Set<string>>();

  /** Notes what an admitted request has made, or may have made. */
  note(requestId: string, operation: OperationId, params: Params): void {
    const making = MAKES[operation];
    if (!making || params.delete) return;
    const own = this.#made.get(requestId) ?? new Set<string>();
    this.#made.set(requestId, own.add(keyOf(making.gone, making.which, params)));
    if (this.#made.size > MOST) this.#made.delete(this.#made.keys().next().value!);
  }

  /** Whether a request takes away what the same call has made; it may do so once. */
  take(requestId: string, operation: OperationId, params: Params): boolean {
    const making = Object.values(MAKES).find(({ gone }) => gone === operation);
    if (!making || (operation === "PUT /access/acl" && !params.delete)) return false;
    return this.#made.get(requestId)?.delete(keyOf(operation, making.which, params)) ?? false;
  }
}

function keyOf(gone: OperationId, which: readonly string[], params: Params): string {
  return JSON.stringify([gone, ...which.map((name) => params[name] ?? null)]);
}
