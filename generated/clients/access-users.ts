// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/access-users.ts";

/** List user accounts, with their groups and tokens if asked. */
export function getAccessUsers(send: Send, params: T.GetAccessUsersParams = {}, options?: SendOptions): Promise<Answer<T.GetAccessUsersResult>> {
  return send("GET /access/users", params, options);
}

/** Create a user account in a realm. */
export function postAccessUsers(send: Send, params: T.PostAccessUsersParams, options?: SendOptions): Promise<Answer<T.PostAccessUsersResult>> {
  return send("POST /access/users", params, options);
}

/** Look up a user account: groups, e-mail, expiry and state. */
export function getAccessUsersByUserid(send: Send, params: T.GetAccessUsersByUseridParams, options?: SendOptions): Promise<Answer<T.GetAccessUsersByUseridResult>> {
  return send("GET /access/users/{userid}", params, options);
}

/** Edit, disable, expire or regroup a user account. */
export function putAccessUsersByUserid(send: Send, params: T.PutAccessUsersByUseridParams, options?: SendOptions): Promise<Answer<T.PutAccessUsersByUseridResult>> {
  return send("PUT /access/users/{userid}", params, options);
}

/** Remove a user account from access control. */
export function deleteAccessUsersByUserid(send: Send, params: T.DeleteAccessUsersByUseridParams, options?: SendOptions): Promise<Answer<T.DeleteAccessUsersByUseridResult>> {
  return send("DELETE /access/users/{userid}", params, options);
}

/** Check which second factors (2FA) a user has. */
export function getAccessUsersTfa(send: Send, params: T.GetAccessUsersTfaParams, options?: SendOptions): Promise<Answer<T.GetAccessUsersTfaResult>> {
  return send("GET /access/users/{userid}/tfa", params, options);
}

/** See which API tokens a user has. */
export function getAccessUsersToken(send: Send, params: T.GetAccessUsersTokenParams, options?: SendOptions): Promise<Answer<T.GetAccessUsersTokenResult>> {
  return send("GET /access/users/{userid}/token", params, options);
}

/** Look up expiry and privilege separation of one API token. */
export function getAccessUsersTokenByTokenid(send: Send, params: T.GetAccessUsersTokenByTokenidParams, options?: SendOptions): Promise<Answer<T.GetAccessUsersTokenByTokenidResult>> {
  return send("GET /access/users/{userid}/token/{tokenid}", params, options);
}

/** Create an API token for someone and get its secret, shown only once. */
export function postAccessUsersTokenByTokenid(send: Send, params: T.PostAccessUsersTokenByTokenidParams, options?: SendOptions): Promise<Answer<T.PostAccessUsersTokenByTokenidResult>> {
  return send("POST /access/users/{userid}/token/{tokenid}", params, options);
}

/** Change expiry or privilege separation of an API token, or renew its secret. */
export function putAccessUsersTokenByTokenid(send: Send, params: T.PutAccessUsersTokenByTokenidParams, options?: SendOptions): Promise<Answer<T.PutAccessUsersTokenByTokenidResult>> {
  return send("PUT /access/users/{userid}/token/{tokenid}", params, options);
}

/** Revoke a user's API token. */
export function deleteAccessUsersTokenByTokenid(send: Send, params: T.DeleteAccessUsersTokenByTokenidParams, options?: SendOptions): Promise<Answer<T.DeleteAccessUsersTokenByTokenidResult>> {
  return send("DELETE /access/users/{userid}/token/{tokenid}", params, options);
}

/** Unlock a user locked out by failed second factor (2FA) attempts. Since 8.0. */
export function putAccessUsersUnlockTfa(send: Send, params: T.PutAccessUsersUnlockTfaParams, options?: SendOptions): Promise<Answer<T.PutAccessUsersUnlockTfaResult>> {
  return send("PUT /access/users/{userid}/unlock-tfa", params, options);
}
