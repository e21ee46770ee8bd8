// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-replication.ts";

/** See how replication jobs on a node are doing: last sync, failures. */
export function getNodesReplication(send: Send, params: T.GetNodesReplicationParams, options?: SendOptions): Promise<Answer<T.GetNodesReplicationResult>> {
  return send("GET /nodes/{node}/replication", params, options);
}

/** List what can be read about a replication job on its node. */
export function getNodesReplicationById(send: Send, params: T.GetNodesReplicationByIdParams, options?: SendOptions): Promise<Answer<T.GetNodesReplicationByIdResult>> {
  return send("GET /nodes/{node}/replication/{id}", params, options);
}

/** Read what a replication job's last run printed. */
export function getNodesReplicationLog(send: Send, params: T.GetNodesReplicationLogParams, options?: SendOptions): Promise<Answer<T.GetNodesReplicationLogResult>> {
  return send("GET /nodes/{node}/replication/{id}/log", params, options);
}

/** Run a replication job now instead of waiting for its schedule. */
export function postNodesReplicationScheduleNow(send: Send, params: T.PostNodesReplicationScheduleNowParams, options?: SendOptions): Promise<Answer<T.PostNodesReplicationScheduleNowResult>> {
  return send("POST /nodes/{node}/replication/{id}/schedule_now", params, options);
}

/** Check a replication job's last and next sync, duration and error. */
export function getNodesReplicationStatus(send: Send, params: T.GetNodesReplicationStatusParams, options?: SendOptions): Promise<Answer<T.GetNodesReplicationStatusResult>> {
  return send("GET /nodes/{node}/replication/{id}/status", params, options);
}
