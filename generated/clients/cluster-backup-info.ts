// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/cluster-backup-info.ts";

/** Browse the reports on which guests scheduled backups leave out. */
export function getClusterBackupInfo(send: Send, params: T.GetClusterBackupInfoParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterBackupInfoResult>> {
  return send("GET /cluster/backup-info", params, options);
}

/** Find unprotected guests: VMs and containers that no scheduled backup includes. */
export function getClusterBackupInfoNotBackedUp(send: Send, params: T.GetClusterBackupInfoNotBackedUpParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterBackupInfoNotBackedUpResult>> {
  return send("GET /cluster/backup-info/not-backed-up", params, options);
}
