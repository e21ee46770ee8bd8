// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/cluster-acme.ts";

/** Browse ACME (Let's Encrypt) topics: accounts, DNS plugins and CA directories. */
export function getClusterAcme(send: Send, params: T.GetClusterAcmeParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterAcmeResult>> {
  return send("GET /cluster/acme", params, options);
}

/** See the registered ACME (Let's Encrypt) accounts. */
export function getClusterAcmeAccount(send: Send, params: T.GetClusterAcmeAccountParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterAcmeAccountResult>> {
  return send("GET /cluster/acme/account", params, options);
}

/** Sign up with an ACME CA such as Let's Encrypt. */
export function postClusterAcmeAccount(send: Send, params: T.PostClusterAcmeAccountParams, options?: SendOptions): Promise<Answer<T.PostClusterAcmeAccountResult>> {
  return send("POST /cluster/acme/account", params, options);
}

/** Look up contact, directory and state of an ACME account. */
export function getClusterAcmeAccountByName(send: Send, params: T.GetClusterAcmeAccountByNameParams, options?: SendOptions): Promise<Answer<T.GetClusterAcmeAccountByNameResult>> {
  return send("GET /cluster/acme/account/{name}", params, options);
}

/** Change the e-mail contacts of an ACME account or refresh it. */
export function putClusterAcmeAccountByName(send: Send, params: T.PutClusterAcmeAccountByNameParams, options?: SendOptions): Promise<Answer<T.PutClusterAcmeAccountByNameResult>> {
  return send("PUT /cluster/acme/account/{name}", params, options);
}

/** Close an ACME (Let's Encrypt) account at its certificate authority. */
export function deleteClusterAcmeAccountByName(send: Send, params: T.DeleteClusterAcmeAccountByNameParams, options?: SendOptions): Promise<Answer<T.DeleteClusterAcmeAccountByNameResult>> {
  return send("DELETE /cluster/acme/account/{name}", params, options);
}

/** Find which DNS providers ACME validation supports and the fields they need. */
export function getClusterAcmeChallengeSchema(send: Send, params: T.GetClusterAcmeChallengeSchemaParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterAcmeChallengeSchemaResult>> {
  return send("GET /cluster/acme/challenge-schema", params, options);
}

/** Find the known ACME CA URLs, such as Let's Encrypt production and staging. */
export function getClusterAcmeDirectories(send: Send, params: T.GetClusterAcmeDirectoriesParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterAcmeDirectoriesResult>> {
  return send("GET /cluster/acme/directories", params, options);
}

/** Get an ACME CA's terms link and external account binding requirements. Since 8.4. */
export function getClusterAcmeMeta(send: Send, params: T.GetClusterAcmeMetaParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterAcmeMetaResult>> {
  return send("GET /cluster/acme/meta", params, options);
}

/** See the ACME DNS and standalone challenge plugins. */
export function getClusterAcmePlugins(send: Send, params: T.GetClusterAcmePluginsParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterAcmePluginsResult>> {
  return send("GET /cluster/acme/plugins", params, options);
}

/** Add a DNS provider plugin so ACME can validate domains. */
export function postClusterAcmePlugins(send: Send, params: T.PostClusterAcmePluginsParams, options?: SendOptions): Promise<Answer<T.PostClusterAcmePluginsResult>> {
  return send("POST /cluster/acme/plugins", params, options);
}

/** Look up one ACME challenge plugin and its DNS provider. */
export function getClusterAcmePluginsById(send: Send, params: T.GetClusterAcmePluginsByIdParams, options?: SendOptions): Promise<Answer<T.GetClusterAcmePluginsByIdResult>> {
  return send("GET /cluster/acme/plugins/{id}", params, options);
}

/** Change DNS provider, credentials or delay of an ACME challenge plugin. */
export function putClusterAcmePluginsById(send: Send, params: T.PutClusterAcmePluginsByIdParams, options?: SendOptions): Promise<Answer<T.PutClusterAcmePluginsByIdResult>> {
  return send("PUT /cluster/acme/plugins/{id}", params, options);
}

/** Remove an ACME challenge plugin with its DNS credentials. */
export function deleteClusterAcmePluginsById(send: Send, params: T.DeleteClusterAcmePluginsByIdParams, options?: SendOptions): Promise<Answer<T.DeleteClusterAcmePluginsByIdResult>> {
  return send("DELETE /cluster/acme/plugins/{id}", params, options);
}

/** Get the terms of service link of an ACME CA (older call). @deprecated */
export function getClusterAcmeTos(send: Send, params: T.GetClusterAcmeTosParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterAcmeTosResult>> {
  return send("GET /cluster/acme/tos", params, options);
}
