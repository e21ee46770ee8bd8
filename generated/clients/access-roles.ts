// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/access-roles.ts";

/** See permission roles and the privileges in each. */
export function getAccessRoles(send: Send, params: T.GetAccessRolesParams = {}, options?: SendOptions): Promise<Answer<T.GetAccessRolesResult>> {
  return send("GET /access/roles", params, options);
}

/** Define a permission role from chosen privileges. */
export function postAccessRoles(send: Send, params: T.PostAccessRolesParams, options?: SendOptions): Promise<Answer<T.PostAccessRolesResult>> {
  return send("POST /access/roles", params, options);
}

/** Look up which privileges a permission role grants. */
export function getAccessRolesByRoleid(send: Send, params: T.GetAccessRolesByRoleidParams, options?: SendOptions): Promise<Answer<T.GetAccessRolesByRoleidResult>> {
  return send("GET /access/roles/{roleid}", params, options);
}

/** Change or extend the privileges of a custom permission role. */
export function putAccessRolesByRoleid(send: Send, params: T.PutAccessRolesByRoleidParams, options?: SendOptions): Promise<Answer<T.PutAccessRolesByRoleidResult>> {
  return send("PUT /access/roles/{roleid}", params, options);
}

/** Remove a custom permission role. */
export function deleteAccessRolesByRoleid(send: Send, params: T.DeleteAccessRolesByRoleidParams, options?: SendOptions): Promise<Answer<T.DeleteAccessRolesByRoleidResult>> {
  return send("DELETE /access/roles/{roleid}", params, options);
}
