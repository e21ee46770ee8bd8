// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import { requiring } from "../../src/schema/operation-schema.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.integer({"minimum":1,"maximum":64}).optional());
const s2 = lazy(() => p.boolean().optional());
const s3 = lazy(() => p.array({"items":{"type":"integer","minimum":100,"maximum":999999999,"format":"pve-vmid"}}).optional());
const s4 = lazy(() => p.integer().optional());

/** Parameters of GET /cluster/bulk-action. */
export const getClusterBulkAction = lazy(() => z.strictObject({}));

/** Parameters of GET /cluster/bulk-action/guest. */
export const getClusterBulkActionGuest = lazy(() => z.strictObject({}));

/** Parameters of POST /cluster/bulk-action/guest/migrate. */
export const postClusterBulkActionGuestMigrate = lazy(() => z.strictObject({"max-workers": s1(), "maxworkers": s1(), "online": s2(), "target": p.text({"format":"pve-node"}), "vms": s3(), "with-local-disks": s2()}));

/** Parameters of POST /cluster/bulk-action/guest/shutdown. */
export const postClusterBulkActionGuestShutdown = lazy(() => z.strictObject({"force-stop": s2(), "max-workers": s1(), "maxworkers": s1(), "timeout": s4(), "vms": s3()}));

/** Parameters of POST /cluster/bulk-action/guest/start. */
export const postClusterBulkActionGuestStart = lazy(() => z.strictObject({"max-workers": s1(), "maxworkers": s1(), "timeout": s4(), "vms": s3()}));

/** Parameters of POST /cluster/bulk-action/guest/suspend. */
export const postClusterBulkActionGuestSuspend = lazy(() => requiring(z.strictObject({"max-workers": s1(), "maxworkers": s1(), "statestorage": p.text({"format":"pve-storage-id"}).optional(), "to-disk": s2(), "vms": s3()}), {"statestorage":"to-disk"}));
