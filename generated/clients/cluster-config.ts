// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/cluster-config.ts";

/** Browse Corosync topics: nodes, join data, totem and quorum device. */
export function getClusterConfig(send: Send, params: T.GetClusterConfigParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterConfigResult>> {
  return send("GET /cluster/config", params, options);
}

/** Create a cluster with this node as its first member. */
export function postClusterConfig(send: Send, params: T.PostClusterConfigParams, options?: SendOptions): Promise<Answer<T.PostClusterConfigResult>> {
  return send("POST /cluster/config", params, options);
}

/** Find the cluster join protocol version this node speaks. */
export function getClusterConfigApiversion(send: Send, params: T.GetClusterConfigApiversionParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterConfigApiversionResult>> {
  return send("GET /cluster/config/apiversion", params, options);
}

/** Fetch fingerprint, addresses and join data a new node needs. */
export function getClusterConfigJoin(send: Send, params: T.GetClusterConfigJoinParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterConfigJoinResult>> {
  return send("GET /cluster/config/join", params, options);
}

/** Make this standalone node join a cluster through an existing member. */
export function postClusterConfigJoin(send: Send, params: T.PostClusterConfigJoinParams, options?: SendOptions): Promise<Answer<T.PostClusterConfigJoinResult>> {
  return send("POST /cluster/config/join", params, options);
}

/** See the members, votes and ring addresses in the Corosync setup. */
export function getClusterConfigNodes(send: Send, params: T.GetClusterConfigNodesParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterConfigNodesResult>> {
  return send("GET /cluster/config/nodes", params, options);
}

/** Register a joining member with Corosync (used internally when a node joins). */
export function postClusterConfigNodesByNode(send: Send, params: T.PostClusterConfigNodesByNodeParams, options?: SendOptions): Promise<Answer<T.PostClusterConfigNodesByNodeResult>> {
  return send("POST /cluster/config/nodes/{node}", params, options);
}

/** Evict a dead or retired node from Corosync membership. */
export function deleteClusterConfigNodesByNode(send: Send, params: T.DeleteClusterConfigNodesByNodeParams, options?: SendOptions): Promise<Answer<T.DeleteClusterConfigNodesByNodeResult>> {
  return send("DELETE /cluster/config/nodes/{node}", params, options);
}

/** See whether the external quorum vote device is connected. */
export function getClusterConfigQdevice(send: Send, params: T.GetClusterConfigQdeviceParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterConfigQdeviceResult>> {
  return send("GET /cluster/config/qdevice", params, options);
}

/** Look at Corosync's totem options, such as transport and crypto. */
export function getClusterConfigTotem(send: Send, params: T.GetClusterConfigTotemParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterConfigTotemResult>> {
  return send("GET /cluster/config/totem", params, options);
}
