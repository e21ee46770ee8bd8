// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-query-url-metadata.ts";

/** Check size, name and type of a web file before downloading it. */
export function getNodesQueryUrlMetadata(send: Send, params: T.GetNodesQueryUrlMetadataParams, options?: SendOptions): Promise<Answer<T.GetNodesQueryUrlMetadataResult>> {
  return send("GET /nodes/{node}/query-url-metadata", params, options);
}
