// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-vzdump.ts";

/** Back up guests now (vzdump): VMs, containers, a pool or all on a node. */
export function postNodesVzdump(send: Send, params: T.PostNodesVzdumpParams, options?: SendOptions): Promise<Answer<T.PostNodesVzdumpResult>> {
  return send("POST /nodes/{node}/vzdump", params, options);
}

/** See a node's preset backup options from vzdump.conf. */
export function getNodesVzdumpDefaults(send: Send, params: T.GetNodesVzdumpDefaultsParams, options?: SendOptions): Promise<Answer<T.GetNodesVzdumpDefaultsResult>> {
  return send("GET /nodes/{node}/vzdump/defaults", params, options);
}

/** Show the guest settings stored inside a backup archive. */
export function getNodesVzdumpExtractconfig(send: Send, params: T.GetNodesVzdumpExtractconfigParams, options?: SendOptions): Promise<Answer<T.GetNodesVzdumpExtractconfigResult>> {
  return send("GET /nodes/{node}/vzdump/extractconfig", params, options);
}
