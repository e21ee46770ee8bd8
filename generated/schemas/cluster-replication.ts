// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text({"maxLength":4096}).optional());
const s2 = lazy(() => p.boolean().optional());
const s3 = lazy(() => p.text({"pattern":"[1-9][0-9]{2,8}-\\p{Nd}{1,9}","format":"pve-replication-job-id"}));
const s4 = lazy(() => p.number({"minimum":1}).optional());
const s5 = lazy(() => z.enum(["local","full"]).optional());
const s6 = lazy(() => p.text({"maxLength":128,"format":"pve-calendar-event"}).optional());
const s7 = lazy(() => p.text({"format":"pve-node"}).optional());

/** Parameters of GET /cluster/replication. */
export const getClusterReplication = lazy(() => z.strictObject({}));

/** Parameters of POST /cluster/replication. */
export const postClusterReplication = lazy(() => z.strictObject({"comment": s1(), "disable": s2(), "id": s3(), "rate": s4(), "remove_job": s5(), "schedule": s6(), "source": s7(), "target": p.text({"format":"pve-node"}), "type": z.literal("local")}));

/** Parameters of GET /cluster/replication/{id}. */
export const getClusterReplicationById = lazy(() => z.strictObject({"id": s3()}));

/** Parameters of PUT /cluster/replication/{id}. */
export const putClusterReplicationById = lazy(() => z.strictObject({"comment": s1(), "delete": p.list({"maxLength":4096,"format":"pve-configid-list"}).optional(), "digest": p.text({"maxLength":64}).optional(), "disable": s2(), "id": s3(), "rate": s4(), "remove_job": s5(), "schedule": s6(), "source": s7()}));

/** Parameters of DELETE /cluster/replication/{id}. */
export const deleteClusterReplicationById = lazy(() => z.strictObject({"force": s2(), "id": s3(), "keep": s2()}));
