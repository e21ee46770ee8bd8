// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text({"format":"pve-configid"}));
const s2 = lazy(() => p.text({"maxLength":512}).optional());
const s3 = lazy(() => p.boolean().optional());
const s4 = lazy(() => p.text({"maxLength":64,"format":"pve-configid"}));
const s5 = lazy(() => p.text({"pattern":"(?:(?:(?:acl|properties|entry);)*(?:acl|properties|entry))|none"}).optional());
const s6 = lazy(() => p.text({"maxLength":128,"format":"pve-calendar-event"}));
const s7 = lazy(() => z.enum(["users","groups","both"]).optional());

/** Parameters of GET /cluster/jobs. */
export const getClusterJobs = lazy(() => z.strictObject({}));

/** Parameters of GET /cluster/jobs/realm-sync. */
export const getClusterJobsRealmSync = lazy(() => z.strictObject({}));

/** Parameters of GET /cluster/jobs/realm-sync/{id}. */
export const getClusterJobsRealmSyncById = lazy(() => z.strictObject({"id": s1()}));

/** Parameters of POST /cluster/jobs/realm-sync/{id}. */
export const postClusterJobsRealmSyncById = lazy(() => z.strictObject({"comment": s2(), "enable-new": s3(), "enabled": s3(), "id": s4(), "realm": p.text({"maxLength":32,"format":"pve-realm"}).optional(), "remove-vanished": s5(), "schedule": s6(), "scope": s7()}));

/** Parameters of PUT /cluster/jobs/realm-sync/{id}. */
export const putClusterJobsRealmSyncById = lazy(() => z.strictObject({"comment": s2(), "delete": p.list({"maxLength":4096,"format":"pve-configid-list"}).optional(), "enable-new": s3(), "enabled": s3(), "id": s4(), "remove-vanished": s5(), "schedule": s6(), "scope": s7()}));

/** Parameters of DELETE /cluster/jobs/realm-sync/{id}. */
export const deleteClusterJobsRealmSyncById = lazy(() => z.strictObject({"id": s1()}));

/** Parameters of GET /cluster/jobs/schedule-analyze. */
export const getClusterJobsScheduleAnalyze = lazy(() => z.strictObject({"iterations": p.integer({"minimum":1,"maximum":100}).optional(), "schedule": s6(), "starttime": p.integer().optional()}));
