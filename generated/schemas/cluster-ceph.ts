// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.boolean().optional());
const s2 = lazy(() => z.enum(["nobackfill","nodeep-scrub","nodown","noin","noout","norebalance","norecover","noscrub","notieragent","noup","pause"]));

/** Parameters of GET /cluster/ceph. */
export const getClusterCeph = lazy(() => z.strictObject({}));

/** Parameters of GET /cluster/ceph/flags. */
export const getClusterCephFlags = lazy(() => z.strictObject({}));

/** Parameters of PUT /cluster/ceph/flags. */
export const putClusterCephFlags = lazy(() => z.strictObject({"nobackfill": s1(), "nodeep-scrub": s1(), "nodown": s1(), "noin": s1(), "noout": s1(), "norebalance": s1(), "norecover": s1(), "noscrub": s1(), "notieragent": s1(), "noup": s1(), "pause": s1()}));

/** Parameters of GET /cluster/ceph/flags/{flag}. */
export const getClusterCephFlagsByFlag = lazy(() => z.strictObject({"flag": s2()}));

/** Parameters of PUT /cluster/ceph/flags/{flag}. */
export const putClusterCephFlagsByFlag = lazy(() => z.strictObject({"flag": s2(), "value": p.boolean()}));

/** Parameters of GET /cluster/ceph/metadata. */
export const getClusterCephMetadata = lazy(() => z.strictObject({"scope": z.enum(["all","versions"]).optional()}));

/** Parameters of POST /cluster/ceph/restart-bulk. */
export const postClusterCephRestartBulk = lazy(() => z.strictObject({"dry-run": s1(), "force": s1(), "only-outdated": s1(), "service-type": z.enum(["mon","mgr","mds","osd"]), "timeout": p.integer({"minimum":30,"maximum":1800}).optional()}));

/** Parameters of GET /cluster/ceph/status. */
export const getClusterCephStatus = lazy(() => z.strictObject({}));
