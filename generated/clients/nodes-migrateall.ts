// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-migrateall.ts";

/** Evacuate a node by moving its guests to another node. */
export function postNodesMigrateall(send: Send, params: T.PostNodesMigrateallParams, options?: SendOptions): Promise<Answer<T.PostNodesMigrateallResult>> {
  return send("POST /nodes/{node}/migrateall", params, options);
}
