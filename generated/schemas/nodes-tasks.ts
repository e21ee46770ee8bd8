// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.boolean().optional());
const s2 = lazy(() => p.integer({"minimum":0}).optional());
const s3 = lazy(() => p.text({"format":"pve-node"}));
const s4 = lazy(() => p.integer().optional());
const s5 = lazy(() => p.text().optional());
const s6 = lazy(() => p.text());

/** Parameters of GET /nodes/{node}/tasks. */
export const getNodesTasks = lazy(() => z.strictObject({"errors": s1(), "limit": s2(), "node": s3(), "since": s4(), "source": z.enum(["archive","active","all"]).optional(), "start": s2(), "statusfilter": p.list({"format":"pve-task-status-type-list"}).optional(), "typefilter": s5(), "until": s4(), "userfilter": s5(), "vmid": p.integer({"minimum":100,"maximum":999999999,"format":"pve-vmid"}).optional()}));

/** Parameters of GET /nodes/{node}/tasks/{upid}. */
export const getNodesTasksByUpid = lazy(() => z.strictObject({"node": s3(), "upid": s6()}));

/** Parameters of DELETE /nodes/{node}/tasks/{upid}. */
export const deleteNodesTasksByUpid = lazy(() => z.strictObject({"node": s3(), "upid": s6()}));

/** Parameters of GET /nodes/{node}/tasks/{upid}/log. */
export const getNodesTasksLog = lazy(() => z.strictObject({"download": s1(), "limit": s2(), "node": s3(), "start": s2(), "upid": s6()}));

/** Parameters of GET /nodes/{node}/tasks/{upid}/status. */
export const getNodesTasksStatus = lazy(() => z.strictObject({"node": s3(), "upid": s6()}));
