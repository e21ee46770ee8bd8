// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/access-acl.ts";

/** See which users, groups and tokens hold which roles on which paths. */
export function getAccessAcl(send: Send, params: T.GetAccessAclParams = {}, options?: SendOptions): Promise<Answer<T.GetAccessAclResult>> {
  return send("GET /access/acl", params, options);
}

/** Grant or revoke a role, and so permissions, for users, groups or tokens on a path. */
export function putAccessAcl(send: Send, params: T.PutAccessAclParams, options?: SendOptions): Promise<Answer<T.PutAccessAclResult>> {
  return send("PUT /access/acl", params, options);
}
