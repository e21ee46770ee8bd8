// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-aplinfo.ts";

/** Find container templates that can be downloaded (pveam catalogue). */
export function getNodesAplinfo(send: Send, params: T.GetNodesAplinfoParams, options?: SendOptions): Promise<Answer<T.GetNodesAplinfoResult>> {
  return send("GET /nodes/{node}/aplinfo", params, options);
}

/** Download a container template from the catalogue to a storage. */
export function postNodesAplinfo(send: Send, params: T.PostNodesAplinfoParams, options?: SendOptions): Promise<Answer<T.PostNodesAplinfoResult>> {
  return send("POST /nodes/{node}/aplinfo", params, options);
}
