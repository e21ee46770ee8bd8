// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/version.ts";

/** Find which PVE release is running, and its default console viewer. */
export function getVersion(send: Send, params: T.GetVersionParams = {}, options?: SendOptions): Promise<Answer<T.GetVersionResult>> {
  return send("GET /version", params, options);
}
