// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/access-domains.ts";

/** See login realms (PAM, PVE, LDAP, AD, OpenID). */
export function getAccessDomains(send: Send, params: T.GetAccessDomainsParams = {}, options?: SendOptions): Promise<Answer<T.GetAccessDomainsResult>> {
  return send("GET /access/domains", params, options);
}

/** Connect a login realm: LDAP, Active Directory or OpenID (SSO). */
export function postAccessDomains(send: Send, params: T.PostAccessDomainsParams, options?: SendOptions): Promise<Answer<T.PostAccessDomainsResult>> {
  return send("POST /access/domains", params, options);
}

/** Look up the settings of one login realm. */
export function getAccessDomainsByRealm(send: Send, params: T.GetAccessDomainsByRealmParams, options?: SendOptions): Promise<Answer<T.GetAccessDomainsByRealmResult>> {
  return send("GET /access/domains/{realm}", params, options);
}

/** Change server, bind, sync or default settings of a login realm. */
export function putAccessDomainsByRealm(send: Send, params: T.PutAccessDomainsByRealmParams, options?: SendOptions): Promise<Answer<T.PutAccessDomainsByRealmResult>> {
  return send("PUT /access/domains/{realm}", params, options);
}

/** Remove a login realm from access control. */
export function deleteAccessDomainsByRealm(send: Send, params: T.DeleteAccessDomainsByRealmParams, options?: SendOptions): Promise<Answer<T.DeleteAccessDomainsByRealmResult>> {
  return send("DELETE /access/domains/{realm}", params, options);
}

/** Import users and groups from an LDAP or AD realm now. */
export function postAccessDomainsSync(send: Send, params: T.PostAccessDomainsSyncParams, options?: SendOptions): Promise<Answer<T.PostAccessDomainsSyncResult>> {
  return send("POST /access/domains/{realm}/sync", params, options);
}
