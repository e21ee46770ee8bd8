// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/cluster-replication.ts";

/** See every guest disk replication job defined in the cluster. */
export function getClusterReplication(send: Send, params: T.GetClusterReplicationParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterReplicationResult>> {
  return send("GET /cluster/replication", params, options);
}

/** Set up scheduled ZFS replication of a guest to a second node. */
export function postClusterReplication(send: Send, params: T.PostClusterReplicationParams, options?: SendOptions): Promise<Answer<T.PostClusterReplicationResult>> {
  return send("POST /cluster/replication", params, options);
}

/** Look up the schedule, target and rate limit of one replication job. */
export function getClusterReplicationById(send: Send, params: T.GetClusterReplicationByIdParams, options?: SendOptions): Promise<Answer<T.GetClusterReplicationByIdResult>> {
  return send("GET /cluster/replication/{id}", params, options);
}

/** Reschedule, throttle, pause or re-enable a guest's replication job. */
export function putClusterReplicationById(send: Send, params: T.PutClusterReplicationByIdParams, options?: SendOptions): Promise<Answer<T.PutClusterReplicationByIdResult>> {
  return send("PUT /cluster/replication/{id}", params, options);
}

/** Drop a replication job, optionally keeping the replicated copies on the target. */
export function deleteClusterReplicationById(send: Send, params: T.DeleteClusterReplicationByIdParams, options?: SendOptions): Promise<Answer<T.DeleteClusterReplicationByIdResult>> {
  return send("DELETE /cluster/replication/{id}", params, options);
}
