// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-wakeonlan.ts";

/** Power on a sleeping node by magic packet (WoL). */
export function postNodesWakeonlan(send: Send, params: T.PostNodesWakeonlanParams, options?: SendOptions): Promise<Answer<T.PostNodesWakeonlanResult>> {
  return send("POST /nodes/{node}/wakeonlan", params, options);
}
