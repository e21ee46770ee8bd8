// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-suspendall.ts";

/** Pause the VMs on a node, by default every one. Since 8.4. */
export function postNodesSuspendall(send: Send, params: T.PostNodesSuspendallParams, options?: SendOptions): Promise<Answer<T.PostNodesSuspendallResult>> {
  return send("POST /nodes/{node}/suspendall", params, options);
}
