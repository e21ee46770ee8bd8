// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-status.ts";

/** Check a node's load, memory, CPU model, kernel, root disk and uptime. */
export function getNodesStatus(send: Send, params: T.GetNodesStatusParams, options?: SendOptions): Promise<Answer<T.GetNodesStatusResult>> {
  return send("GET /nodes/{node}/status", params, options);
}

/** Reboot or power off a whole node (host). */
export function postNodesStatus(send: Send, params: T.PostNodesStatusParams, options?: SendOptions): Promise<Answer<T.PostNodesStatusResult>> {
  return send("POST /nodes/{node}/status", params, options);
}
