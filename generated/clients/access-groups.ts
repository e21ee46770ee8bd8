// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/access-groups.ts";

/** See user groups with their members. */
export function getAccessGroups(send: Send, params: T.GetAccessGroupsParams = {}, options?: SendOptions): Promise<Answer<T.GetAccessGroupsResult>> {
  return send("GET /access/groups", params, options);
}

/** Add a user group for permissions. */
export function postAccessGroups(send: Send, params: T.PostAccessGroupsParams, options?: SendOptions): Promise<Answer<T.PostAccessGroupsResult>> {
  return send("POST /access/groups", params, options);
}

/** Look up members and comment of a user group. */
export function getAccessGroupsByGroupid(send: Send, params: T.GetAccessGroupsByGroupidParams, options?: SendOptions): Promise<Answer<T.GetAccessGroupsByGroupidResult>> {
  return send("GET /access/groups/{groupid}", params, options);
}

/** Change the comment of a user group. */
export function putAccessGroupsByGroupid(send: Send, params: T.PutAccessGroupsByGroupidParams, options?: SendOptions): Promise<Answer<T.PutAccessGroupsByGroupidResult>> {
  return send("PUT /access/groups/{groupid}", params, options);
}

/** Remove a user group from access control. */
export function deleteAccessGroupsByGroupid(send: Send, params: T.DeleteAccessGroupsByGroupidParams, options?: SendOptions): Promise<Answer<T.DeleteAccessGroupsByGroupidResult>> {
  return send("DELETE /access/groups/{groupid}", params, options);
}
