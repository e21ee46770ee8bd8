// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-query-oci-repo-tags.ts";

/** Find which tags an OCI/Docker registry image has. Since 9.1. */
export function getNodesQueryOciRepoTags(send: Send, params: T.GetNodesQueryOciRepoTagsParams, options?: SendOptions): Promise<Answer<T.GetNodesQueryOciRepoTagsResult>> {
  return send("GET /nodes/{node}/query-oci-repo-tags", params, options);
}
