// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-vncwebsocket.ts";

/** Connect to a node shell over WebSocket with a ticket. */
export function getNodesVncwebsocket(send: Send, params: T.GetNodesVncwebsocketParams, options?: SendOptions): Promise<Answer<T.GetNodesVncwebsocketResult>> {
  return send("GET /nodes/{node}/vncwebsocket", params, options);
}
