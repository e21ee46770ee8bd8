// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-subscription.ts";

/** Check a node's subscription: level, state and due date. */
export function getNodesSubscription(send: Send, params: T.GetNodesSubscriptionParams, options?: SendOptions): Promise<Answer<T.GetNodesSubscriptionResult>> {
  return send("GET /nodes/{node}/subscription", params, options);
}

/** Re-check a node's subscription with the licence server. */
export function postNodesSubscription(send: Send, params: T.PostNodesSubscriptionParams, options?: SendOptions): Promise<Answer<T.PostNodesSubscriptionResult>> {
  return send("POST /nodes/{node}/subscription", params, options);
}

/** Enter a new subscription key for a node. */
export function putNodesSubscription(send: Send, params: T.PutNodesSubscriptionParams, options?: SendOptions): Promise<Answer<T.PutNodesSubscriptionResult>> {
  return send("PUT /nodes/{node}/subscription", params, options);
}

/** Forget a node's subscription key. */
export function deleteNodesSubscription(send: Send, params: T.DeleteNodesSubscriptionParams, options?: SendOptions): Promise<Answer<T.DeleteNodesSubscriptionResult>> {
  return send("DELETE /nodes/{node}/subscription", params, options);
}
