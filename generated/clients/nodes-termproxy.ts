// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-termproxy.ts";

/** Open a node shell as text terminal (xterm.js). */
export function postNodesTermproxy(send: Send, params: T.PostNodesTermproxyParams, options?: SendOptions): Promise<Answer<T.PostNodesTermproxyResult>> {
  return send("POST /nodes/{node}/termproxy", params, options);
}
