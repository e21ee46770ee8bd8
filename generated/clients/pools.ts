// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/pools.ts";

/** List resource pools, or the members of one. */
export function getPools(send: Send, params: T.GetPoolsParams = {}, options?: SendOptions): Promise<Answer<T.GetPoolsResult>> {
  return send("GET /pools", params, options);
}

/** Create a resource pool for grouping guests and storage. */
export function postPools(send: Send, params: T.PostPoolsParams, options?: SendOptions): Promise<Answer<T.PostPoolsResult>> {
  return send("POST /pools", params, options);
}

/** Add guests or storage to a resource pool, or take them out. Since 8.4. */
export function putPools(send: Send, params: T.PutPoolsParams, options?: SendOptions): Promise<Answer<T.PutPoolsResult>> {
  return send("PUT /pools", params, options);
}

/** Remove an empty resource pool, even a nested one. Since 8.4. */
export function deletePools(send: Send, params: T.DeletePoolsParams, options?: SendOptions): Promise<Answer<T.DeletePoolsResult>> {
  return send("DELETE /pools", params, options);
}

/** See a resource pool's members by its path (old form, no nesting). @deprecated */
export function getPoolsByPoolid(send: Send, params: T.GetPoolsByPoolidParams, options?: SendOptions): Promise<Answer<T.GetPoolsByPoolidResult>> {
  return send("GET /pools/{poolid}", params, options);
}

/** Change a resource pool's members by its path (old form, no nesting). @deprecated */
export function putPoolsByPoolid(send: Send, params: T.PutPoolsByPoolidParams, options?: SendOptions): Promise<Answer<T.PutPoolsByPoolidResult>> {
  return send("PUT /pools/{poolid}", params, options);
}

/** Remove a resource pool by its path (old form, no nesting). @deprecated */
export function deletePoolsByPoolid(send: Send, params: T.DeletePoolsByPoolidParams, options?: SendOptions): Promise<Answer<T.DeletePoolsByPoolidResult>> {
  return send("DELETE /pools/{poolid}", params, options);
}
