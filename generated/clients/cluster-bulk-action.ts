// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/cluster-bulk-action.ts";

/** Show which object kinds cluster-wide bulk actions cover. Since 9.1. */
export function getClusterBulkAction(send: Send, params: T.GetClusterBulkActionParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterBulkActionResult>> {
  return send("GET /cluster/bulk-action", params, options);
}

/** Show the bulk actions offered for guests, such as mass start or migrate. Since 9.1. */
export function getClusterBulkActionGuest(send: Send, params: T.GetClusterBulkActionGuestParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterBulkActionGuestResult>> {
  return send("GET /cluster/bulk-action/guest", params, options);
}

/** Move many VMs and containers to one target node, e.g. to evacuate. Since 9.1. */
export function postClusterBulkActionGuestMigrate(send: Send, params: T.PostClusterBulkActionGuestMigrateParams, options?: SendOptions): Promise<Answer<T.PostClusterBulkActionGuestMigrateResult>> {
  return send("POST /cluster/bulk-action/guest/migrate", params, options);
}

/** Shut down many VMs and containers across the cluster, optionally by force. Since 9.1. */
export function postClusterBulkActionGuestShutdown(send: Send, params: T.PostClusterBulkActionGuestShutdownParams = {}, options?: SendOptions): Promise<Answer<T.PostClusterBulkActionGuestShutdownResult>> {
  return send("POST /cluster/bulk-action/guest/shutdown", params, options);
}

/** Power on or resume many VMs and containers across the cluster together. Since 9.1. */
export function postClusterBulkActionGuestStart(send: Send, params: T.PostClusterBulkActionGuestStartParams = {}, options?: SendOptions): Promise<Answer<T.PostClusterBulkActionGuestStartResult>> {
  return send("POST /cluster/bulk-action/guest/start", params, options);
}

/** Pause or hibernate many VMs across the cluster together. Since 9.1. */
export function postClusterBulkActionGuestSuspend(send: Send, params: T.PostClusterBulkActionGuestSuspendParams = {}, options?: SendOptions): Promise<Answer<T.PostClusterBulkActionGuestSuspendResult>> {
  return send("POST /cluster/bulk-action/guest/suspend", params, options);
}
