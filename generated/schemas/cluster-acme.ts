// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import { requiring } from "../../src/schema/operation-schema.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text({"pattern":"^https?:\\/\\/[^\\n]*"}).optional());
const s2 = lazy(() => p.text().optional());
const s3 = lazy(() => p.text({"format":"pve-configid"}));
const s4 = lazy(() => z.enum(["1984hosting","acmedns","acmeproxy","active24","ad","ali","anx","arvan","autodns","aws","azure","cf","clouddns","cloudns","cn","conoha","constellix","cx","cyon","da","ddnss","desec","df","dgon","dnsimple","do","doapi","domeneshop","dp","dpi","dreamhost","duckdns","durabledns","dyn","dynu","dynv6","easydns","edgedns","euserv","exoscale","freedns","gandi_livedns","gcloud","gd","gdnsdk","he","hetzner","hexonet","hostingde","huaweicloud","infoblox","infomaniak","internetbs","inwx","ionos","ispconfig","jd","joker","kappernet","kas","kinghost","knot","leaseweb","lexicon","linode","linode_v4","loopia","lua","maradns","me","miab","misaka","myapi","mydevil","mydnsjp","namecheap","namecom","namesilo","nederhost","neodigit","netcup","netlify","nic","njalla","nm","nsd","nsone","nsupdate","nw","one","online","openprovider","openstack","opnsense","ovh","pdns","pleskxml","pointhq","rackcorp","rackspace","rcode0","regru","scaleway","schlundtech","selectel","servercow","simply","tele3","transip","ultra","unoeuro","variomedia","vscale","vultr","world4you","yandex","zilore","zone","zonomi"]).optional());
const s5 = lazy(() => p.boolean().optional());
const s6 = lazy(() => p.list({"format":"pve-node-list"}).optional());
const s7 = lazy(() => p.integer({"minimum":0,"maximum":172800}).optional());

/** Parameters of GET /cluster/acme. */
export const getClusterAcme = lazy(() => z.strictObject({}));

/** Parameters of GET /cluster/acme/account. */
export const getClusterAcmeAccount = lazy(() => z.strictObject({}));

/** Parameters of POST /cluster/acme/account. */
export const postClusterAcmeAccount = lazy(() => requiring(z.strictObject({"contact": p.list({"format":"email-list"}), "directory": s1(), "eab-hmac-key": s2(), "eab-kid": s2(), "name": p.text({"format":"pve-configid"}).optional(), "tos_url": s2()}), {"eab-hmac-key":"eab-kid","eab-kid":"eab-hmac-key"}));

/** Parameters of GET /cluster/acme/account/{name}. */
export const getClusterAcmeAccountByName = lazy(() => z.strictObject({"name": s3()}));

/** Parameters of PUT /cluster/acme/account/{name}. */
export const putClusterAcmeAccountByName = lazy(() => z.strictObject({"contact": p.list({"format":"email-list"}).optional(), "name": s3()}));

/** Parameters of DELETE /cluster/acme/account/{name}. */
export const deleteClusterAcmeAccountByName = lazy(() => z.strictObject({"name": s3()}));

/** Parameters of GET /cluster/acme/challenge-schema. */
export const getClusterAcmeChallengeSchema = lazy(() => z.strictObject({}));

/** Parameters of GET /cluster/acme/directories. */
export const getClusterAcmeDirectories = lazy(() => z.strictObject({}));

/** Parameters of GET /cluster/acme/meta. */
export const getClusterAcmeMeta = lazy(() => z.strictObject({"directory": s1()}));

/** Parameters of GET /cluster/acme/plugins. */
export const getClusterAcmePlugins = lazy(() => z.strictObject({"type": z.enum(["dns","standalone"]).optional()}));

/** Parameters of POST /cluster/acme/plugins. */
export const postClusterAcmePlugins = lazy(() => z.strictObject({"api": s4(), "data": s2(), "disable": s5(), "id": s3(), "nodes": s6(), "type": z.enum(["dns","standalone"]), "validation-delay": s7()}));

/** Parameters of GET /cluster/acme/plugins/{id}. */
export const getClusterAcmePluginsById = lazy(() => z.strictObject({"id": s3()}));

/** Parameters of PUT /cluster/acme/plugins/{id}. */
export const putClusterAcmePluginsById = lazy(() => z.strictObject({"api": s4(), "data": s2(), "delete": p.list({"maxLength":4096,"format":"pve-configid-list"}).optional(), "digest": p.text({"maxLength":64}).optional(), "disable": s5(), "id": s3(), "nodes": s6(), "validation-delay": s7()}));

/** Parameters of DELETE /cluster/acme/plugins/{id}. */
export const deleteClusterAcmePluginsById = lazy(() => z.strictObject({"id": s3()}));

/** Parameters of GET /cluster/acme/tos. */
export const getClusterAcmeTos = lazy(() => z.strictObject({"directory": s1()}));
