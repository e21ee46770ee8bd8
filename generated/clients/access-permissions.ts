// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/access-permissions.ts";

/** Check what a user or token may do on each path. */
export function getAccessPermissions(send: Send, params: T.GetAccessPermissionsParams = {}, options?: SendOptions): Promise<Answer<T.GetAccessPermissionsResult>> {
  return send("GET /access/permissions", params, options);
}
