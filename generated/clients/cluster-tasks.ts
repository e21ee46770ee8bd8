// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/cluster-tasks.ts";

/** See running and recently finished tasks from all nodes. */
export function getClusterTasks(send: Send, params: T.GetClusterTasksParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterTasksResult>> {
  return send("GET /cluster/tasks", params, options);
}
