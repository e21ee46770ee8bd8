// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes.ts";

/** List all nodes (hosts, hypervisors) with CPU, memory and uptime. */
export function getNodes(send: Send, params: T.GetNodesParams = {}, options?: SendOptions): Promise<Answer<T.GetNodesResult>> {
  return send("GET /nodes", params, options);
}

/** Browse what one node offers: guests, storage, disks, network, tasks and services. */
export function getNodesByNode(send: Send, params: T.GetNodesByNodeParams, options?: SendOptions): Promise<Answer<T.GetNodesByNodeResult>> {
  return send("GET /nodes/{node}", params, options);
}
