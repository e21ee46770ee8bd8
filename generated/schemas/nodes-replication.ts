// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text({"format":"pve-node"}));
const s2 = lazy(() => p.text({"pattern":"[1-9][0-9]{2,8}-\\p{Nd}{1,9}","format":"pve-replication-job-id"}));
const s3 = lazy(() => p.integer({"minimum":0}).optional());

/** Parameters of GET /nodes/{node}/replication. */
export const getNodesReplication = lazy(() => z.strictObject({"guest": p.integer({"minimum":100,"maximum":999999999,"format":"pve-vmid"}).optional(), "node": s1()}));

/** Parameters of GET /nodes/{node}/replication/{id}. */
export const getNodesReplicationById = lazy(() => z.strictObject({"id": s2(), "node": s1()}));

/** Parameters of GET /nodes/{node}/replication/{id}/log. */
export const getNodesReplicationLog = lazy(() => z.strictObject({"id": s2(), "limit": s3(), "node": s1(), "start": s3()}));

/** Parameters of POST /nodes/{node}/replication/{id}/schedule_now. */
export const postNodesReplicationScheduleNow = lazy(() => z.strictObject({"id": s2(), "node": s1()}));

/** Parameters of GET /nodes/{node}/replication/{id}/status. */
export const getNodesReplicationStatus = lazy(() => z.strictObject({"id": s2(), "node": s1()}));
