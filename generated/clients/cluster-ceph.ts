// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/cluster-ceph.ts";

/** Browse datacenter-wide Ceph topics: health, flags and daemon versions. */
export function getClusterCeph(send: Send, params: T.GetClusterCephParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterCephResult>> {
  return send("GET /cluster/ceph", params, options);
}

/** See which cluster-wide OSD flags, such as noout or norebalance, are on. */
export function getClusterCephFlags(send: Send, params: T.GetClusterCephFlagsParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterCephFlagsResult>> {
  return send("GET /cluster/ceph/flags", params, options);
}

/** Switch several Ceph OSD flags together, for example before maintenance. */
export function putClusterCephFlags(send: Send, params: T.PutClusterCephFlagsParams = {}, options?: SendOptions): Promise<Answer<T.PutClusterCephFlagsResult>> {
  return send("PUT /cluster/ceph/flags", params, options);
}

/** Check one Ceph flag, for example whether noout is on. */
export function getClusterCephFlagsByFlag(send: Send, params: T.GetClusterCephFlagsByFlagParams, options?: SendOptions): Promise<Answer<T.GetClusterCephFlagsByFlagResult>> {
  return send("GET /cluster/ceph/flags/{flag}", params, options);
}

/** Turn one Ceph flag on or off, for example noout. */
export function putClusterCephFlagsByFlag(send: Send, params: T.PutClusterCephFlagsByFlagParams, options?: SendOptions): Promise<Answer<T.PutClusterCephFlagsByFlagResult>> {
  return send("PUT /cluster/ceph/flags/{flag}", params, options);
}

/** See versions, hosts and addresses of all Ceph daemons in the cluster. */
export function getClusterCephMetadata(send: Send, params: T.GetClusterCephMetadataParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterCephMetadataResult>> {
  return send("GET /cluster/ceph/metadata", params, options);
}

/** Restart Ceph daemons of one kind across the cluster, one after another. Since 9.2. */
export function postClusterCephRestartBulk(send: Send, params: T.PostClusterCephRestartBulkParams, options?: SendOptions): Promise<Answer<T.PostClusterCephRestartBulkResult>> {
  return send("POST /cluster/ceph/restart-bulk", params, options);
}

/** Check overall Ceph health, capacity and recovery from the cluster level. */
export function getClusterCephStatus(send: Send, params: T.GetClusterCephStatusParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterCephStatusResult>> {
  return send("GET /cluster/ceph/status", params, options);
}
