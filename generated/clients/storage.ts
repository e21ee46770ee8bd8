// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/storage.ts";

/** List all storages defined in the datacenter, with type and content. */
export function getStorage(send: Send, params: T.GetStorageParams = {}, options?: SendOptions): Promise<Answer<T.GetStorageResult>> {
  return send("GET /storage", params, options);
}

/** Add a storage: NFS, CIFS, LVM, ZFS, Ceph RBD, iSCSI, directory or PBS. */
export function postStorage(send: Send, params: T.PostStorageParams, options?: SendOptions): Promise<Answer<T.PostStorageResult>> {
  return send("POST /storage", params, options);
}

/** Look up one storage definition: type, path, nodes and retention. */
export function getStorageByStorage(send: Send, params: T.GetStorageByStorageParams, options?: SendOptions): Promise<Answer<T.GetStorageByStorageResult>> {
  return send("GET /storage/{storage}", params, options);
}

/** Change content types, nodes, retention or credentials of a storage. */
export function putStorageByStorage(send: Send, params: T.PutStorageByStorageParams, options?: SendOptions): Promise<Answer<T.PutStorageByStorageResult>> {
  return send("PUT /storage/{storage}", params, options);
}

/** Remove a storage definition from the datacenter, leaving its data in place. */
export function deleteStorageByStorage(send: Send, params: T.DeleteStorageByStorageParams, options?: SendOptions): Promise<Answer<T.DeleteStorageByStorageResult>> {
  return send("DELETE /storage/{storage}", params, options);
}
