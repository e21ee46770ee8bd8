// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-netstat.ts";

/** See traffic counters of guest network cards on a node. */
export function getNodesNetstat(send: Send, params: T.GetNodesNetstatParams, options?: SendOptions): Promise<Answer<T.GetNodesNetstatResult>> {
  return send("GET /nodes/{node}/netstat", params, options);
}
