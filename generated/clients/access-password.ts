// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/access-password.ts";

/** Change a user's login password. */
export function putAccessPassword(send: Send, params: T.PutAccessPasswordParams, options?: SendOptions): Promise<Answer<T.PutAccessPasswordResult>> {
  return send("PUT /access/password", params, options);
}
