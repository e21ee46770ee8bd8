// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/access-vncticket.ts";

/** Check that a console (VNC) ticket is valid. Since 9.1. */
export function postAccessVncticket(send: Send, params: T.PostAccessVncticketParams, options?: SendOptions): Promise<Answer<T.PostAccessVncticketResult>> {
  return send("POST /access/vncticket", params, options);
}
