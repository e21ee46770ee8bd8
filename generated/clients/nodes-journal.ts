// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-journal.ts";

/** Read a node's systemd journal, filtered by unit, priority or time. */
export function getNodesJournal(send: Send, params: T.GetNodesJournalParams, options?: SendOptions): Promise<Answer<T.GetNodesJournalResult>> {
  return send("GET /nodes/{node}/journal", params, options);
}
