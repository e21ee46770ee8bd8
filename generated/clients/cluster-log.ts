// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/cluster-log.ts";

/** Read recent entries of the cluster-wide log: logins, actions and warnings. */
export function getClusterLog(send: Send, params: T.GetClusterLogParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterLogResult>> {
  return send("GET /cluster/log", params, options);
}
