// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-dns.ts";

/** See which DNS servers and search domain a node uses. */
export function getNodesDns(send: Send, params: T.GetNodesDnsParams, options?: SendOptions): Promise<Answer<T.GetNodesDnsResult>> {
  return send("GET /nodes/{node}/dns", params, options);
}

/** Change the DNS servers and search domain of a node. */
export function putNodesDns(send: Send, params: T.PutNodesDnsParams, options?: SendOptions): Promise<Answer<T.PutNodesDnsResult>> {
  return send("PUT /nodes/{node}/dns", params, options);
}
