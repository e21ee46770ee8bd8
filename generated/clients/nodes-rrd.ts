// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-rrd.ts";

/** Chart a node's load over time as an image. */
export function getNodesRrd(send: Send, params: T.GetNodesRrdParams, options?: SendOptions): Promise<Answer<T.GetNodesRrdResult>> {
  return send("GET /nodes/{node}/rrd", params, options);
}
