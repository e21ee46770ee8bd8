// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/cluster-ha.ts";

/** Browse high availability topics: resources, rules, legacy groups and state. */
export function getClusterHa(send: Send, params: T.GetClusterHaParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterHaResult>> {
  return send("GET /cluster/ha", params, options);
}

/** See the legacy HA node groups (PVE 8 and older). @deprecated */
export function getClusterHaGroups(send: Send, params: T.GetClusterHaGroupsParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterHaGroupsResult>> {
  return send("GET /cluster/ha/groups", params, options);
}

/** Add a legacy HA node group with node priorities (PVE 8 and older). @deprecated */
export function postClusterHaGroups(send: Send, params: T.PostClusterHaGroupsParams, options?: SendOptions): Promise<Answer<T.PostClusterHaGroupsResult>> {
  return send("POST /cluster/ha/groups", params, options);
}

/** Look up the nodes and priorities of a legacy HA group. @deprecated */
export function getClusterHaGroupsByGroup(send: Send, params: T.GetClusterHaGroupsByGroupParams, options?: SendOptions): Promise<Answer<T.GetClusterHaGroupsByGroupResult>> {
  return send("GET /cluster/ha/groups/{group}", params, options);
}

/** Change the nodes or restrictions of a legacy HA group. @deprecated */
export function putClusterHaGroupsByGroup(send: Send, params: T.PutClusterHaGroupsByGroupParams, options?: SendOptions): Promise<Answer<T.PutClusterHaGroupsByGroupResult>> {
  return send("PUT /cluster/ha/groups/{group}", params, options);
}

/** Remove a legacy HA node group (PVE 8 and older). @deprecated */
export function deleteClusterHaGroupsByGroup(send: Send, params: T.DeleteClusterHaGroupsByGroupParams, options?: SendOptions): Promise<Answer<T.DeleteClusterHaGroupsByGroupResult>> {
  return send("DELETE /cluster/ha/groups/{group}", params, options);
}

/** See which guests are managed by high availability. */
export function getClusterHaResources(send: Send, params: T.GetClusterHaResourcesParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterHaResourcesResult>> {
  return send("GET /cluster/ha/resources", params, options);
}

/** Put a VM or container under high availability, with restart and relocation limits. */
export function postClusterHaResources(send: Send, params: T.PostClusterHaResourcesParams, options?: SendOptions): Promise<Answer<T.PostClusterHaResourcesResult>> {
  return send("POST /cluster/ha/resources", params, options);
}

/** Look up a guest's HA settings: requested state, restarts and relocations. */
export function getClusterHaResourcesBySid(send: Send, params: T.GetClusterHaResourcesBySidParams, options?: SendOptions): Promise<Answer<T.GetClusterHaResourcesBySidResult>> {
  return send("GET /cluster/ha/resources/{sid}", params, options);
}

/** Change a guest's requested HA state or its restart limits. */
export function putClusterHaResourcesBySid(send: Send, params: T.PutClusterHaResourcesBySidParams, options?: SendOptions): Promise<Answer<T.PutClusterHaResourcesBySidResult>> {
  return send("PUT /cluster/ha/resources/{sid}", params, options);
}

/** Take a guest out of high availability, purging rule references if asked. */
export function deleteClusterHaResourcesBySid(send: Send, params: T.DeleteClusterHaResourcesBySidParams, options?: SendOptions): Promise<Answer<T.DeleteClusterHaResourcesBySidResult>> {
  return send("DELETE /cluster/ha/resources/{sid}", params, options);
}

/** Ask HA to live-migrate a managed guest to a given node. */
export function postClusterHaResourcesMigrate(send: Send, params: T.PostClusterHaResourcesMigrateParams, options?: SendOptions): Promise<Answer<T.PostClusterHaResourcesMigrateResult>> {
  return send("POST /cluster/ha/resources/{sid}/migrate", params, options);
}

/** Ask HA to stop a managed guest and bring it up elsewhere. */
export function postClusterHaResourcesRelocate(send: Send, params: T.PostClusterHaResourcesRelocateParams, options?: SendOptions): Promise<Answer<T.PostClusterHaResourcesRelocateResult>> {
  return send("POST /cluster/ha/resources/{sid}/relocate", params, options);
}

/** See HA affinity rules tying guests to nodes or to each other. Since 9.0. */
export function getClusterHaRules(send: Send, params: T.GetClusterHaRulesParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterHaRulesResult>> {
  return send("GET /cluster/ha/rules", params, options);
}

/** Add an HA affinity rule: keep guests together, on different nodes, or on chosen nodes. Since 9.0. */
export function postClusterHaRules(send: Send, params: T.PostClusterHaRulesParams, options?: SendOptions): Promise<Answer<T.PostClusterHaRulesResult>> {
  return send("POST /cluster/ha/rules", params, options);
}

/** Look up one HA affinity rule and the guests it binds. Since 9.0. */
export function getClusterHaRulesByRule(send: Send, params: T.GetClusterHaRulesByRuleParams, options?: SendOptions): Promise<Answer<T.GetClusterHaRulesByRuleResult>> {
  return send("GET /cluster/ha/rules/{rule}", params, options);
}

/** Edit, enable or disable an HA affinity rule. Since 9.0. */
export function putClusterHaRulesByRule(send: Send, params: T.PutClusterHaRulesByRuleParams, options?: SendOptions): Promise<Answer<T.PutClusterHaRulesByRuleResult>> {
  return send("PUT /cluster/ha/rules/{rule}", params, options);
}

/** Drop an HA affinity rule. Since 9.0. */
export function deleteClusterHaRulesByRule(send: Send, params: T.DeleteClusterHaRulesByRuleParams, options?: SendOptions): Promise<Answer<T.DeleteClusterHaRulesByRuleResult>> {
  return send("DELETE /cluster/ha/rules/{rule}", params, options);
}

/** Browse high availability state views plus the arm and disarm switches. */
export function getClusterHaStatus(send: Send, params: T.GetClusterHaStatusParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterHaStatusResult>> {
  return send("GET /cluster/ha/status", params, options);
}

/** Switch high availability and fencing back on after maintenance. Since 9.1. */
export function postClusterHaStatusArmHa(send: Send, params: T.PostClusterHaStatusArmHaParams = {}, options?: SendOptions): Promise<Answer<T.PostClusterHaStatusArmHaResult>> {
  return send("POST /cluster/ha/status/arm-ha", params, options);
}

/** Check high availability at a glance: quorum, master, per-node and guest state. */
export function getClusterHaStatusCurrent(send: Send, params: T.GetClusterHaStatusCurrentParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterHaStatusCurrentResult>> {
  return send("GET /cluster/ha/status/current", params, options);
}

/** Switch high availability off for maintenance so no node gets fenced. Since 9.1. */
export function postClusterHaStatusDisarmHa(send: Send, params: T.PostClusterHaStatusDisarmHaParams, options?: SendOptions): Promise<Answer<T.PostClusterHaStatusDisarmHaResult>> {
  return send("POST /cluster/ha/status/disarm-ha", params, options);
}

/** Dump raw HA manager state with every local resource manager, for debugging. */
export function getClusterHaStatusManagerStatus(send: Send, params: T.GetClusterHaStatusManagerStatusParams = {}, options?: SendOptions): Promise<Answer<T.GetClusterHaStatusManagerStatusResult>> {
  return send("GET /cluster/ha/status/manager_status", params, options);
}
