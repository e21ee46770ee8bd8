// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-report.ts";

/** Collect a node's diagnostic report for support. */
export function getNodesReport(send: Send, params: T.GetNodesReportParams, options?: SendOptions): Promise<Answer<T.GetNodesReportResult>> {
  return send("GET /nodes/{node}/report", params, options);
}
