// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/cluster-backup.ts";

/** List the cluster's scheduled backup jobs. */
export function getClusterBackup(send: Send, params: T.GetClusterBackupParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterBackupResult>> {
  return send("GET /cluster/backup", params, options);
}

/** Create a scheduled backup job: times, storage, retention and guest selection. */
export function postClusterBackup(send: Send, params: T.PostClusterBackupParams = {}, options?: SendOptions): Promise<Answer<T.PostClusterBackupResult>> {
  return send("POST /cluster/backup", params, options);
}

/** Inspect one scheduled backup job: when, what and where. */
export function getClusterBackupById(send: Send, params: T.GetClusterBackupByIdParams, options?: SendOptions): Promise<Answer<T.GetClusterBackupByIdResult>> {
  return send("GET /cluster/backup/{id}", params, options);
}

/** Change schedule, guests, retention or state of a scheduled backup job. */
export function putClusterBackupById(send: Send, params: T.PutClusterBackupByIdParams, options?: SendOptions): Promise<Answer<T.PutClusterBackupByIdResult>> {
  return send("PUT /cluster/backup/{id}", params, options);
}

/** Cancel a scheduled backup job for good, leaving its archives alone. */
export function deleteClusterBackupById(send: Send, params: T.DeleteClusterBackupByIdParams, options?: SendOptions): Promise<Answer<T.DeleteClusterBackupByIdResult>> {
  return send("DELETE /cluster/backup/{id}", params, options);
}

/** See which guest disks a backup job includes or skips, and why. */
export function getClusterBackupIncludedVolumes(send: Send, params: T.GetClusterBackupIncludedVolumesParams, options?: SendOptions): Promise<Answer<T.GetClusterBackupIncludedVolumesResult>> {
  return send("GET /cluster/backup/{id}/included_volumes", params, options);
}
