// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-apt.ts";

/** Browse package topics of a node: upgrades, repositories, versions. */
export function getNodesApt(send: Send, params: T.GetNodesAptParams, options?: SendOptions): Promise<Answer<T.GetNodesAptResult>> {
  return send("GET /nodes/{node}/apt", params, options);
}

/** Read what changed in a package before upgrading a node. */
export function getNodesAptChangelog(send: Send, params: T.GetNodesAptChangelogParams, options?: SendOptions): Promise<Answer<T.GetNodesAptChangelogResult>> {
  return send("GET /nodes/{node}/apt/changelog", params, options);
}

/** Check a node's package repositories, with errors and warnings. */
export function getNodesAptRepositories(send: Send, params: T.GetNodesAptRepositoriesParams, options?: SendOptions): Promise<Answer<T.GetNodesAptRepositoriesResult>> {
  return send("GET /nodes/{node}/apt/repositories", params, options);
}

/** Enable or disable one of a node's package repositories. */
export function postNodesAptRepositories(send: Send, params: T.PostNodesAptRepositoriesParams, options?: SendOptions): Promise<Answer<T.PostNodesAptRepositoriesResult>> {
  return send("POST /nodes/{node}/apt/repositories", params, options);
}

/** Add the enterprise, no-subscription, test or Ceph repository to a node. */
export function putNodesAptRepositories(send: Send, params: T.PutNodesAptRepositoriesParams, options?: SendOptions): Promise<Answer<T.PutNodesAptRepositoriesResult>> {
  return send("PUT /nodes/{node}/apt/repositories", params, options);
}

/** See pending package upgrades on a node. */
export function getNodesAptUpdate(send: Send, params: T.GetNodesAptUpdateParams, options?: SendOptions): Promise<Answer<T.GetNodesAptUpdateResult>> {
  return send("GET /nodes/{node}/apt/update", params, options);
}

/** Refresh a node's package lists (apt update). */
export function postNodesAptUpdate(send: Send, params: T.PostNodesAptUpdateParams, options?: SendOptions): Promise<Answer<T.PostNodesAptUpdateResult>> {
  return send("POST /nodes/{node}/apt/update", params, options);
}

/** See installed versions of Proxmox packages on a node (pveversion). */
export function getNodesAptVersions(send: Send, params: T.GetNodesAptVersionsParams, options?: SendOptions): Promise<Answer<T.GetNodesAptVersionsResult>> {
  return send("GET /nodes/{node}/apt/versions", params, options);
}
