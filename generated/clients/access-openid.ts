// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/access-openid.ts";

/** Show the steps of OpenID Connect (SSO) login. */
export function getAccessOpenid(send: Send, params: T.GetAccessOpenidParams = {}, options?: SendOptions): Promise<Answer<T.GetAccessOpenidResult>> {
  return send("GET /access/openid", params, options);
}

/** Get the link that starts an OpenID Connect (SSO) login. */
export function postAccessOpenidAuthUrl(send: Send, params: T.PostAccessOpenidAuthUrlParams, options?: SendOptions): Promise<Answer<T.PostAccessOpenidAuthUrlResult>> {
  return send("POST /access/openid/auth-url", params, options);
}

/** Finish an OpenID Connect (SSO) login and get a session ticket. */
export function postAccessOpenidLogin(send: Send, params: T.PostAccessOpenidLoginParams, options?: SendOptions): Promise<Answer<T.PostAccessOpenidLoginResult>> {
  return send("POST /access/openid/login", params, options);
}
