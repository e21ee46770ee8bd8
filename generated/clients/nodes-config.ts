// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-config.ts";

/** See a node's notes, ACME domains, wake-on-LAN and start delay. */
export function getNodesConfig(send: Send, params: T.GetNodesConfigParams, options?: SendOptions): Promise<Answer<T.GetNodesConfigResult>> {
  return send("GET /nodes/{node}/config", params, options);
}

/** Change a node's notes, ACME domains, wake-on-LAN or start delay. */
export function putNodesConfig(send: Send, params: T.PutNodesConfigParams, options?: SendOptions): Promise<Answer<T.PutNodesConfigResult>> {
  return send("PUT /nodes/{node}/config", params, options);
}
