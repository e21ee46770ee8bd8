// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-vncshell.ts";

/** Open a node shell (or upgrade, Ceph install) in a VNC console. */
export function postNodesVncshell(send: Send, params: T.PostNodesVncshellParams, options?: SendOptions): Promise<Answer<T.PostNodesVncshellResult>> {
  return send("POST /nodes/{node}/vncshell", params, options);
}
