// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text({"pattern":"^[^\\x00-\\x1F\\x7F <>#\"]*(?=\\n?$)"}).optional());
const s2 = lazy(() => p.boolean().optional());
const s3 = lazy(() => p.text({"maxLength":256}).optional());
const s4 = lazy(() => p.text().optional());
const s5 = lazy(() => p.text({"maxLength":4096}).optional());
const s6 = lazy(() => p.text({"maxLength":256,"pattern":"[^\\t-\\r \\x85\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000]+"}).optional());
const s7 = lazy(() => p.text({"maxLength":2048}).optional());
const s8 = lazy(() => p.list({"format":"ldap-simple-attr-list"}).optional());
const s9 = lazy(() => p.text({"maxLength":256,"format":"ldap-simple-attr"}).optional());
const s10 = lazy(() => p.text({"maxLength":256,"pattern":"(?:[A-Za-z0-9.\\-_]+)"}).optional());
const s11 = lazy(() => z.enum(["ldap","ldaps","ldap+starttls"]).optional());
const s12 = lazy(() => p.integer({"minimum":1,"maximum":65535}).optional());
const s13 = lazy(() => p.text({"pattern":"(?:none|login|consent|select_account|[^\\t-\\r \\x85\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000]+)"}).optional());
const s14 = lazy(() => p.text({"maxLength":32,"format":"pve-realm"}));
const s15 = lazy(() => p.text({"maxLength":256,"format":"address"}).optional());
const s16 = lazy(() => z.enum(["tlsv1","tlsv1_1","tlsv1_2","tlsv1_3"]).optional());
const s17 = lazy(() => p.properties({"format":"realm-sync-options"}).optional());
const s18 = lazy(() => p.text({"pattern":"[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}]+=[^,]+(?:,[\\t-\\r \\x85\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000]*[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}]+=[^,]+)*"}).optional());
const s19 = lazy(() => p.properties({"maxLength":128,"format":"pve-tfa-config"}).optional());
const s20 = lazy(() => p.text({"maxLength":256,"pattern":"[^\\t-\\r \\x85\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000]{2,}"}).optional());

/** Parameters of GET /access/domains. */
export const getAccessDomains = lazy(() => z.strictObject({}));

/** Parameters of POST /access/domains. */
export const postAccessDomains = lazy(() => z.strictObject({"acr-values": s1(), "audiences": s1(), "autocreate": s2(), "base_dn": s3(), "bind_dn": s3(), "capath": s4(), "case-sensitive": s2(), "cert": s4(), "certkey": s4(), "check-connection": s2(), "client-id": s3(), "client-key": s3(), "comment": s5(), "default": s2(), "domain": s6(), "filter": s7(), "group_classes": s8(), "group_dn": s3(), "group_filter": s7(), "group_name_attr": s9(), "groups-autocreate": s2(), "groups-claim": s10(), "groups-overwrite": s2(), "issuer-url": s3(), "mode": s11(), "password": s4(), "port": s12(), "prompt": s13(), "query-userinfo": s2(), "realm": s14(), "scopes": s4(), "secure": s2(), "server1": s15(), "server2": s15(), "sslversion": s16(), "sync-defaults-options": s17(), "sync_attributes": s18(), "tfa": s19(), "type": z.enum(["ad","ldap","openid","pam","pve"]), "user_attr": s20(), "user_classes": s8(), "username-claim": s4(), "verify": s2()}));

/** Parameters of GET /access/domains/{realm}. */
export const getAccessDomainsByRealm = lazy(() => z.strictObject({"realm": s14()}));

/** Parameters of PUT /access/domains/{realm}. */
export const putAccessDomainsByRealm = lazy(() => z.strictObject({"acr-values": s1(), "audiences": s1(), "autocreate": s2(), "base_dn": s3(), "bind_dn": s3(), "capath": s4(), "case-sensitive": s2(), "cert": s4(), "certkey": s4(), "check-connection": s2(), "client-id": s3(), "client-key": s3(), "comment": s5(), "default": s2(), "delete": p.list({"maxLength":4096,"format":"pve-configid-list"}).optional(), "digest": p.text({"maxLength":64}).optional(), "domain": s6(), "filter": s7(), "group_classes": s8(), "group_dn": s3(), "group_filter": s7(), "group_name_attr": s9(), "groups-autocreate": s2(), "groups-claim": s10(), "groups-overwrite": s2(), "issuer-url": s3(), "mode": s11(), "password": s4(), "port": s12(), "prompt": s13(), "query-userinfo": s2(), "realm": s14(), "scopes": s4(), "secure": s2(), "server1": s15(), "server2": s15(), "sslversion": s16(), "sync-defaults-options": s17(), "sync_attributes": s18(), "tfa": s19(), "user_attr": s20(), "user_classes": s8(), "verify": s2()}));

/** Parameters of DELETE /access/domains/{realm}. */
export const deleteAccessDomainsByRealm = lazy(() => z.strictObject({"realm": s14()}));

/** Parameters of POST /access/domains/{realm}/sync. */
export const postAccessDomainsSync = lazy(() => z.strictObject({"dry-run": s2(), "enable-new": s2(), "full": s2(), "purge": s2(), "realm": s14(), "remove-vanished": p.text({"pattern":"(?:(?:(?:acl|properties|entry);)*(?:acl|properties|entry))|none"}).optional(), "scope": z.enum(["users","groups","both"]).optional()}));
