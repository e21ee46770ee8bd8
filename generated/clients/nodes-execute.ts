// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-execute.ts";

/** Run several API calls on a node as one batch. */
export function postNodesExecute(send: Send, params: T.PostNodesExecuteParams, options?: SendOptions): Promise<Answer<T.PostNodesExecuteResult>> {
  return send("POST /nodes/{node}/execute", params, options);
}
