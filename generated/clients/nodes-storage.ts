// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-storage.ts";

/** List storages a node can use, with free space and active state. */
export function getNodesStorage(send: Send, params: T.GetNodesStorageParams, options?: SendOptions): Promise<Answer<T.GetNodesStorageResult>> {
  return send("GET /nodes/{node}/storage", params, options);
}

/** Browse one storage on a node: contents, usage, uploads and pruning. */
export function getNodesStorageByStorage(send: Send, params: T.GetNodesStorageByStorageParams, options?: SendOptions): Promise<Answer<T.GetNodesStorageByStorageResult>> {
  return send("GET /nodes/{node}/storage/{storage}", params, options);
}

/** List what a storage holds: ISO images, disks, templates, backups. */
export function getNodesStorageContent(send: Send, params: T.GetNodesStorageContentParams, options?: SendOptions): Promise<Answer<T.GetNodesStorageContentResult>> {
  return send("GET /nodes/{node}/storage/{storage}/content", params, options);
}

/** Allocate an empty disk image for a guest on a storage. */
export function postNodesStorageContent(send: Send, params: T.PostNodesStorageContentParams, options?: SendOptions): Promise<Answer<T.PostNodesStorageContentResult>> {
  return send("POST /nodes/{node}/storage/{storage}/content", params, options);
}

/** Inspect one volume on a storage: size, format, notes and path. */
export function getNodesStorageContentByVolume(send: Send, params: T.GetNodesStorageContentByVolumeParams, options?: SendOptions): Promise<Answer<T.GetNodesStorageContentByVolumeResult>> {
  return send("GET /nodes/{node}/storage/{storage}/content/{volume}", params, options);
}

/** Duplicate a stored volume elsewhere, also onto another node (experimental). */
export function postNodesStorageContentByVolume(send: Send, params: T.PostNodesStorageContentByVolumeParams, options?: SendOptions): Promise<Answer<T.PostNodesStorageContentByVolumeResult>> {
  return send("POST /nodes/{node}/storage/{storage}/content/{volume}", params, options);
}

/** Edit a backup's notes or protect it from pruning and deletion. */
export function putNodesStorageContentByVolume(send: Send, params: T.PutNodesStorageContentByVolumeParams, options?: SendOptions): Promise<Answer<T.PutNodesStorageContentByVolumeResult>> {
  return send("PUT /nodes/{node}/storage/{storage}/content/{volume}", params, options);
}

/** Delete an ISO image, backup, template or disk from a storage. */
export function deleteNodesStorageContentByVolume(send: Send, params: T.DeleteNodesStorageContentByVolumeParams, options?: SendOptions): Promise<Answer<T.DeleteNodesStorageContentByVolumeResult>> {
  return send("DELETE /nodes/{node}/storage/{storage}/content/{volume}", params, options);
}

/** Let a node fetch an ISO image, template or disk image from the web. */
export function postNodesStorageDownloadUrl(send: Send, params: T.PostNodesStorageDownloadUrlParams, options?: SendOptions): Promise<Answer<T.PostNodesStorageDownloadUrlResult>> {
  return send("POST /nodes/{node}/storage/{storage}/download-url", params, options);
}

/** Download a single file or folder out of a PBS backup. */
export function getNodesStorageFileRestoreDownload(send: Send, params: T.GetNodesStorageFileRestoreDownloadParams, options?: SendOptions): Promise<Answer<T.GetNodesStorageFileRestoreDownloadResult>> {
  return send("GET /nodes/{node}/storage/{storage}/file-restore/download", params, options);
}

/** Browse folders inside a PBS backup to pick files. */
export function getNodesStorageFileRestoreList(send: Send, params: T.GetNodesStorageFileRestoreListParams, options?: SendOptions): Promise<Answer<T.GetNodesStorageFileRestoreListResult>> {
  return send("GET /nodes/{node}/storage/{storage}/file-restore/list", params, options);
}

/** Get a storage's unique ID, to tell whether two are the same. Since 9.2. */
export function getNodesStorageIdentity(send: Send, params: T.GetNodesStorageIdentityParams, options?: SendOptions): Promise<Answer<T.GetNodesStorageIdentityResult>> {
  return send("GET /nodes/{node}/storage/{storage}/identity", params, options);
}

/** Read the hardware of an ESXi or OVA guest before importing it. Since 8.4. */
export function getNodesStorageImportMetadata(send: Send, params: T.GetNodesStorageImportMetadataParams, options?: SendOptions): Promise<Answer<T.GetNodesStorageImportMetadataResult>> {
  return send("GET /nodes/{node}/storage/{storage}/import-metadata", params, options);
}

/** Pull a Docker/OCI image onto a storage as container template. Since 9.1. */
export function postNodesStorageOciRegistryPull(send: Send, params: T.PostNodesStorageOciRegistryPullParams, options?: SendOptions): Promise<Answer<T.PostNodesStorageOciRegistryPullResult>> {
  return send("POST /nodes/{node}/storage/{storage}/oci-registry-pull", params, options);
}

/** Preview which backups a retention rule would keep or delete. */
export function getNodesStoragePrunebackups(send: Send, params: T.GetNodesStoragePrunebackupsParams, options?: SendOptions): Promise<Answer<T.GetNodesStoragePrunebackupsResult>> {
  return send("GET /nodes/{node}/storage/{storage}/prunebackups", params, options);
}

/** Delete old backups on a storage by retention rules (keep-last, keep-daily). */
export function deleteNodesStoragePrunebackups(send: Send, params: T.DeleteNodesStoragePrunebackupsParams, options?: SendOptions): Promise<Answer<T.DeleteNodesStoragePrunebackupsResult>> {
  return send("DELETE /nodes/{node}/storage/{storage}/prunebackups", params, options);
}

/** Plot how full a storage has been, as an image. */
export function getNodesStorageRrd(send: Send, params: T.GetNodesStorageRrdParams, options?: SendOptions): Promise<Answer<T.GetNodesStorageRrdResult>> {
  return send("GET /nodes/{node}/storage/{storage}/rrd", params, options);
}

/** Get a storage's space usage history as numbers. */
export function getNodesStorageRrddata(send: Send, params: T.GetNodesStorageRrddataParams, options?: SendOptions): Promise<Answer<T.GetNodesStorageRrddataResult>> {
  return send("GET /nodes/{node}/storage/{storage}/rrddata", params, options);
}

/** Check one storage's free space and whether it is active. */
export function getNodesStorageStatus(send: Send, params: T.GetNodesStorageStatusParams, options?: SendOptions): Promise<Answer<T.GetNodesStorageStatusResult>> {
  return send("GET /nodes/{node}/storage/{storage}/status", params, options);
}

/** Upload an ISO image, container template or disk image to a storage. */
export function postNodesStorageUpload(send: Send, params: T.PostNodesStorageUploadParams, options?: SendOptions): Promise<Answer<T.PostNodesStorageUploadResult>> {
  return send("POST /nodes/{node}/storage/{storage}/upload", params, options);
}
