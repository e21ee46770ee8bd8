// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-spiceshell.ts";

/** Open a node shell in a SPICE viewer. */
export function postNodesSpiceshell(send: Send, params: T.PostNodesSpiceshellParams, options?: SendOptions): Promise<Answer<T.PostNodesSpiceshellResult>> {
  return send("POST /nodes/{node}/spiceshell", params, options);
}
