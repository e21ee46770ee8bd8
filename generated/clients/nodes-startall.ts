// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-startall.ts";

/** Boot the guests on a node, by default those marked start-at-boot. */
export function postNodesStartall(send: Send, params: T.PostNodesStartallParams, options?: SendOptions): Promise<Answer<T.PostNodesStartallResult>> {
  return send("POST /nodes/{node}/startall", params, options);
}
