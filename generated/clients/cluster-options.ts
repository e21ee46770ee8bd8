// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/cluster-options.ts";

/** See datacenter settings: migration network, console, MAC prefix, tag style and more. */
export function getClusterOptions(send: Send, params: T.GetClusterOptionsParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterOptionsResult>> {
  return send("GET /cluster/options", params, options);
}

/** Change datacenter settings: bandwidth limits, migration network, tag colours, VM ID range. */
export function putClusterOptions(send: Send, params: T.PutClusterOptionsParams = {}, options?: SendOptions): Promise<Answer<T.PutClusterOptionsResult>> {
  return send("PUT /cluster/options", params, options);
}
