// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-syslog.ts";

/** Read a node's syslog, filtered by service or time. */
export function getNodesSyslog(send: Send, params: T.GetNodesSyslogParams, options?: SendOptions): Promise<Answer<T.GetNodesSyslogResult>> {
  return send("GET /nodes/{node}/syslog", params, options);
}
