// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/cluster-jobs.ts";

/** Browse scheduled job kinds, such as LDAP/AD user sync. */
export function getClusterJobs(send: Send, params: T.GetClusterJobsParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterJobsResult>> {
  return send("GET /cluster/jobs", params, options);
}

/** See the scheduled LDAP/AD user sync jobs. Since 8.0. */
export function getClusterJobsRealmSync(send: Send, params: T.GetClusterJobsRealmSyncParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterJobsRealmSyncResult>> {
  return send("GET /cluster/jobs/realm-sync", params, options);
}

/** Look up schedule and scope of an LDAP/AD user sync job. Since 8.0. */
export function getClusterJobsRealmSyncById(send: Send, params: T.GetClusterJobsRealmSyncByIdParams, options?: SendOptions): Promise<Answer<T.GetClusterJobsRealmSyncByIdResult>> {
  return send("GET /cluster/jobs/realm-sync/{id}", params, options);
}

/** Schedule regular user and group sync from an LDAP or AD realm. Since 8.0. */
export function postClusterJobsRealmSyncById(send: Send, params: T.PostClusterJobsRealmSyncByIdParams, options?: SendOptions): Promise<Answer<T.PostClusterJobsRealmSyncByIdResult>> {
  return send("POST /cluster/jobs/realm-sync/{id}", params, options);
}

/** Change schedule, scope or state of an LDAP/AD user sync job. Since 8.0. */
export function putClusterJobsRealmSyncById(send: Send, params: T.PutClusterJobsRealmSyncByIdParams, options?: SendOptions): Promise<Answer<T.PutClusterJobsRealmSyncByIdResult>> {
  return send("PUT /cluster/jobs/realm-sync/{id}", params, options);
}

/** Cancel a scheduled LDAP/AD user sync for good. Since 8.0. */
export function deleteClusterJobsRealmSyncById(send: Send, params: T.DeleteClusterJobsRealmSyncByIdParams, options?: SendOptions): Promise<Answer<T.DeleteClusterJobsRealmSyncByIdResult>> {
  return send("DELETE /cluster/jobs/realm-sync/{id}", params, options);
}

/** Preview when a calendar event schedule would fire next. */
export function getClusterJobsScheduleAnalyze(send: Send, params: T.GetClusterJobsScheduleAnalyzeParams, options?: SendOptions): Promise<Answer<T.GetClusterJobsScheduleAnalyzeResult>> {
  return send("GET /cluster/jobs/schedule-analyze", params, options);
}
