// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-version.ts";

/** Find which PVE version a particular node runs. */
export function getNodesVersion(send: Send, params: T.GetNodesVersionParams, options?: SendOptions): Promise<Answer<T.GetNodesVersionResult>> {
  return send("GET /nodes/{node}/version", params, options);
}
