// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/cluster-nextid.ts";

/** Find an unused VM ID for a new guest, or test one. */
export function getClusterNextid(send: Send, params: T.GetClusterNextidParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterNextidResult>> {
  return send("GET /cluster/nextid", params, options);
}
