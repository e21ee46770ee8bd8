// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/cluster-resources.ts";

/** Inventory the cluster: list VMs, containers, nodes, storage and pools with usage. */
export function getClusterResources(send: Send, params: T.GetClusterResourcesParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterResourcesResult>> {
  return send("GET /cluster/resources", params, options);
}
