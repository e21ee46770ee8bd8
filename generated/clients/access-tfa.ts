// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/access-tfa.ts";

/** See second factors (2FA) of all users, with lockouts. */
export function getAccessTfa(send: Send, params: T.GetAccessTfaParams = {}, options?: SendOptions): Promise<Answer<T.GetAccessTfaResult>> {
  return send("GET /access/tfa", params, options);
}

/** See the second factor (2FA) entries of one user. */
export function getAccessTfaByUserid(send: Send, params: T.GetAccessTfaByUseridParams, options?: SendOptions): Promise<Answer<T.GetAccessTfaByUseridResult>> {
  return send("GET /access/tfa/{userid}", params, options);
}

/** Register a second factor for a user: TOTP, WebAuthn or recovery keys. */
export function postAccessTfaByUserid(send: Send, params: T.PostAccessTfaByUseridParams, options?: SendOptions): Promise<Answer<T.PostAccessTfaByUseridResult>> {
  return send("POST /access/tfa/{userid}", params, options);
}

/** Look up one second factor (2FA) entry of a user. */
export function getAccessTfaById(send: Send, params: T.GetAccessTfaByIdParams, options?: SendOptions): Promise<Answer<T.GetAccessTfaByIdResult>> {
  return send("GET /access/tfa/{userid}/{id}", params, options);
}

/** Rename, enable or disable a user's second factor (2FA). */
export function putAccessTfaById(send: Send, params: T.PutAccessTfaByIdParams, options?: SendOptions): Promise<Answer<T.PutAccessTfaByIdResult>> {
  return send("PUT /access/tfa/{userid}/{id}", params, options);
}

/** Remove one second factor (2FA) from a user. */
export function deleteAccessTfaById(send: Send, params: T.DeleteAccessTfaByIdParams, options?: SendOptions): Promise<Answer<T.DeleteAccessTfaByIdResult>> {
  return send("DELETE /access/tfa/{userid}/{id}", params, options);
}
