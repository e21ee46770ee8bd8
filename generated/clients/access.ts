// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/access.ts";

/** Browse access control topics: users, groups, roles, ACLs, realms, tokens and 2FA. */
export function getAccess(send: Send, params: T.GetAccessParams = {}, options?: SendOptions): Promise<Answer<T.GetAccessResult>> {
  return send("GET /access", params, options);
}
