// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-rrddata.ts";

/** Get a node's past usage of CPU, memory, I/O wait and traffic as numbers. */
export function getNodesRrddata(send: Send, params: T.GetNodesRrddataParams, options?: SendOptions): Promise<Answer<T.GetNodesRrddataResult>> {
  return send("GET /nodes/{node}/rrddata", params, options);
}
