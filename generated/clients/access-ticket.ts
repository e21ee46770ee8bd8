// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/access-ticket.ts";

/** Answer nothing; placeholder behind the login page. */
export function getAccessTicket(send: Send, params: T.GetAccessTicketParams = {}, options?: SendOptions): Promise<Answer<T.GetAccessTicketResult>> {
  return send("GET /access/ticket", params, options);
}

/** Log in with a password (and 2FA) and get a session ticket. */
export function postAccessTicket(send: Send, params: T.PostAccessTicketParams, options?: SendOptions): Promise<Answer<T.PostAccessTicketResult>> {
  return send("POST /access/ticket", params, options);
}
