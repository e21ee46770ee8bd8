// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-time.ts";

/** Check a node's clock and time zone. */
export function getNodesTime(send: Send, params: T.GetNodesTimeParams, options?: SendOptions): Promise<Answer<T.GetNodesTimeResult>> {
  return send("GET /nodes/{node}/time", params, options);
}

/** Move a node to a different time zone. */
export function putNodesTime(send: Send, params: T.PutNodesTimeParams, options?: SendOptions): Promise<Answer<T.PutNodesTimeResult>> {
  return send("PUT /nodes/{node}/time", params, options);
}
