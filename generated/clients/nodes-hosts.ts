// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-hosts.ts";

/** Read a node's /etc/hosts file. */
export function getNodesHosts(send: Send, params: T.GetNodesHostsParams, options?: SendOptions): Promise<Answer<T.GetNodesHostsResult>> {
  return send("GET /nodes/{node}/hosts", params, options);
}

/** Replace a node's /etc/hosts file. */
export function postNodesHosts(send: Send, params: T.PostNodesHostsParams, options?: SendOptions): Promise<Answer<T.PostNodesHostsResult>> {
  return send("POST /nodes/{node}/hosts", params, options);
}
