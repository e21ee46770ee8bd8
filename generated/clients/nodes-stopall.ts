// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-stopall.ts";

/** Shut down the guests on a node, by default every one. */
export function postNodesStopall(send: Send, params: T.PostNodesStopallParams, options?: SendOptions): Promise<Answer<T.PostNodesStopallResult>> {
  return send("POST /nodes/{node}/stopall", params, options);
}
