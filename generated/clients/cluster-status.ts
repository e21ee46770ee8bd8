// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/cluster-status.ts";

/** Check which nodes are online and whether the cluster has quorum. */
export function getClusterStatus(send: Send, params: T.GetClusterStatusParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterStatusResult>> {
  return send("GET /cluster/status", params, options);
}
