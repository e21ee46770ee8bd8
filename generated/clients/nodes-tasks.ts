// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-tasks.ts";

/** Search a node's task history by guest, user, type or status. */
export function getNodesTasks(send: Send, params: T.GetNodesTasksParams, options?: SendOptions): Promise<Answer<T.GetNodesTasksResult>> {
  return send("GET /nodes/{node}/tasks", params, options);
}

/** List what can be read about a single task. */
export function getNodesTasksByUpid(send: Send, params: T.GetNodesTasksByUpidParams, options?: SendOptions): Promise<Answer<T.GetNodesTasksByUpidResult>> {
  return send("GET /nodes/{node}/tasks/{upid}", params, options);
}

/** Abort (cancel) a running or hanging task on a node, such as a backup. */
export function deleteNodesTasksByUpid(send: Send, params: T.DeleteNodesTasksByUpidParams, options?: SendOptions): Promise<Answer<T.DeleteNodesTasksByUpidResult>> {
  return send("DELETE /nodes/{node}/tasks/{upid}", params, options);
}

/** Read or download what a task has printed. */
export function getNodesTasksLog(send: Send, params: T.GetNodesTasksLogParams, options?: SendOptions): Promise<Answer<T.GetNodesTasksLogResult>> {
  return send("GET /nodes/{node}/tasks/{upid}/log", params, options);
}

/** Check whether a task still runs and how it ended. */
export function getNodesTasksStatus(send: Send, params: T.GetNodesTasksStatusParams, options?: SendOptions): Promise<Answer<T.GetNodesTasksStatusResult>> {
  return send("GET /nodes/{node}/tasks/{upid}/status", params, options);
}
