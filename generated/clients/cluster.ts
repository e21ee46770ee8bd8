// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/cluster.ts";

/** Browse what the datacenter-wide part of the API holds. */
export function getCluster(send: Send, params: T.GetClusterParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterResult>> {
  return send("GET /cluster", params, options);
}
