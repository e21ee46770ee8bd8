// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import { variants } from "../../src/schema/operation-schema.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text({"maxLength":4096}).optional());
const s2 = lazy(() => p.text({"format":"pve-configid"}));
const s3 = lazy(() => p.list({"format":"pve-ha-node-list"}));
const s4 = lazy(() => p.boolean().optional());
const s5 = lazy(() => p.list({"maxLength":4096,"format":"pve-configid-list"}).optional());
const s6 = lazy(() => p.text({"maxLength":64}).optional());
const s7 = lazy(() => p.list({"format":"pve-ha-node-list"}).optional());
const s8 = lazy(() => z.enum(["ct","vm"]).optional());
const s9 = lazy(() => p.text({"format":"pve-configid"}).optional());
const s10 = lazy(() => p.integer({"minimum":0}).optional());
const s11 = lazy(() => p.text({"format":"pve-ha-resource-or-vm-id"}));
const s12 = lazy(() => z.enum(["started","stopped","enabled","disabled","ignored"]).optional());
const s13 = lazy(() => p.text({"format":"pve-node"}));
const s14 = lazy(() => p.list({"format":"pve-ha-resource-id-list"}));
const s15 = lazy(() => z.enum(["node-affinity","resource-affinity"]));
const s16 = lazy(() => p.list({"format":"pve-ha-resource-id-list"}).optional());

/** Parameters of GET /cluster/ha. */
export const getClusterHa = lazy(() => z.strictObject({}));

/** Parameters of GET /cluster/ha/groups. */
export const getClusterHaGroups = lazy(() => z.strictObject({}));

/** Parameters of POST /cluster/ha/groups. */
export const postClusterHaGroups = lazy(() => z.strictObject({"comment": s1(), "group": s2(), "nodes": s3(), "nofailback": s4(), "restricted": s4(), "type": z.literal("group").optional()}));

/** Parameters of GET /cluster/ha/groups/{group}. */
export const getClusterHaGroupsByGroup = lazy(() => z.strictObject({"group": s2()}));

/** Parameters of PUT /cluster/ha/groups/{group}. */
export const putClusterHaGroupsByGroup = lazy(() => z.strictObject({"comment": s1(), "delete": s5(), "digest": s6(), "group": s2(), "nodes": s7(), "nofailback": s4(), "restricted": s4()}));

/** Parameters of DELETE /cluster/ha/groups/{group}. */
export const deleteClusterHaGroupsByGroup = lazy(() => z.strictObject({"group": s2()}));

/** Parameters of GET /cluster/ha/resources. */
export const getClusterHaResources = lazy(() => z.strictObject({"type": s8()}));

/** Parameters of POST /cluster/ha/resources. */
export const postClusterHaResources = lazy(() => z.strictObject({"comment": s1(), "failback": s4(), "group": s9(), "max_relocate": s10(), "max_restart": s10(), "sid": s11(), "state": s12(), "type": s8()}));

/** Parameters of GET /cluster/ha/resources/{sid}. */
export const getClusterHaResourcesBySid = lazy(() => z.strictObject({"sid": s11()}));

/** Parameters of PUT /cluster/ha/resources/{sid}. */
export const putClusterHaResourcesBySid = lazy(() => z.strictObject({"comment": s1(), "delete": s5(), "digest": s6(), "failback": s4(), "group": s9(), "max_relocate": s10(), "max_restart": s10(), "sid": s11(), "state": s12()}));

/** Parameters of DELETE /cluster/ha/resources/{sid}. */
export const deleteClusterHaResourcesBySid = lazy(() => z.strictObject({"purge": s4(), "sid": s11()}));

/** Parameters of POST /cluster/ha/resources/{sid}/migrate. */
export const postClusterHaResourcesMigrate = lazy(() => z.strictObject({"node": s13(), "sid": s11()}));

/** Parameters of POST /cluster/ha/resources/{sid}/relocate. */
export const postClusterHaResourcesRelocate = lazy(() => z.strictObject({"node": s13(), "sid": s11()}));

/** Parameters of GET /cluster/ha/rules. */
export const getClusterHaRules = lazy(() => z.strictObject({"resource": p.text().optional(), "type": z.enum(["node-affinity","resource-affinity"]).optional()}));

/** Parameters of POST /cluster/ha/rules. */
export const postClusterHaRules = lazy(() => variants("type", {"rule": s2(), "type": s15()}, { "node-affinity": {"comment": s1(), "disable": s4(), "nodes": s3(), "resources": s14(), "strict": s4()}, "resource-affinity": {"affinity": z.enum(["positive","negative"]), "comment": s1(), "disable": s4(), "resources": s14()} }));

/** Parameters of GET /cluster/ha/rules/{rule}. */
export const getClusterHaRulesByRule = lazy(() => z.strictObject({"rule": s2()}));

/** Parameters of PUT /cluster/ha/rules/{rule}. */
export const putClusterHaRulesByRule = lazy(() => variants("type", {"delete": s5(), "digest": s6(), "rule": s2(), "type": s15()}, { "node-affinity": {"comment": s1(), "disable": s4(), "nodes": s7(), "resources": s16(), "strict": s4()}, "resource-affinity": {"affinity": z.enum(["positive","negative"]).optional(), "comment": s1(), "disable": s4(), "resources": s16()} }));

/** Parameters of DELETE /cluster/ha/rules/{rule}. */
export const deleteClusterHaRulesByRule = lazy(() => z.strictObject({"rule": s2()}));

/** Parameters of GET /cluster/ha/status. */
export const getClusterHaStatus = lazy(() => z.strictObject({}));

/** Parameters of POST /cluster/ha/status/arm-ha. */
export const postClusterHaStatusArmHa = lazy(() => z.strictObject({}));

/** Parameters of GET /cluster/ha/status/current. */
export const getClusterHaStatusCurrent = lazy(() => z.strictObject({}));

/** Parameters of POST /cluster/ha/status/disarm-ha. */
export const postClusterHaStatusDisarmHa = lazy(() => z.strictObject({"resource-mode": z.enum(["freeze","ignore"])}));

/** Parameters of GET /cluster/ha/status/manager_status. */
export const getClusterHaStatusManagerStatus = lazy(() => z.strictObject({}));
