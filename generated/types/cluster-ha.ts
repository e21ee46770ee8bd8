// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export type GetClusterHaParams = Record<string, never>;

export interface GetClusterHaResultItem {
  [key: string]: unknown;
  id: string;
}

export type GetClusterHaResult = GetClusterHaResultItem[];
export type GetClusterHaGroupsParams = Record<string, never>;

export interface GetClusterHaGroupsResultItem {
  [key: string]: unknown;
  group: string;
}

export type GetClusterHaGroupsResult = GetClusterHaGroupsResultItem[];

export interface PostClusterHaGroupsParams {
  comment?: string;
  group: string;
  nodes: string | readonly string[];
  nofailback?: boolean | 0 | 1;
  restricted?: boolean | 0 | 1;
  type?: "group";
}

export type PostClusterHaGroupsResult = null;

export interface GetClusterHaGroupsByGroupParams {
  group: string;
}

export type GetClusterHaGroupsByGroupResult = unknown;

export interface PutClusterHaGroupsByGroupParams {
  comment?: string;
  delete?: string | readonly string[];
  digest?: string;
  group: string;
  nodes?: string | readonly string[];
  nofailback?: boolean | 0 | 1;
  restricted?: boolean | 0 | 1;
}

export type PutClusterHaGroupsByGroupResult = null;

export interface DeleteClusterHaGroupsByGroupParams {
  group: string;
}

export type DeleteClusterHaGroupsByGroupResult = null;

export interface GetClusterHaResourcesParams {
  type?: "ct" | "vm";
}

export interface GetClusterHaResourcesResultItem {
  [key: string]: unknown;
  sid: string;
}

export type GetClusterHaResourcesResult = GetClusterHaResourcesResultItem[];

export interface PostClusterHaResourcesParams {
  comment?: string;
  /** Since 9.0. */
  failback?: boolean | 0 | 1;
  group?: string;
  max_relocate?: number;
  max_restart?: number;
  sid: string;
  state?: "started" | "stopped" | "enabled" | "disabled" | "ignored";
  type?: "ct" | "vm";
}

export type PostClusterHaResourcesResult = null;

export interface GetClusterHaResourcesBySidParams {
  sid: string;
}

export interface GetClusterHaResourcesBySidResult {
  [key: string]: unknown;
  comment?: string;
  digest: string;
  failback?: boolean;
  group?: string;
  max_relocate?: number;
  max_restart?: number;
  sid: string;
  state?: "started" | "stopped" | "enabled" | "disabled" | "ignored";
  type: string;
}

export interface PutClusterHaResourcesBySidParams {
  comment?: string;
  delete?: string | readonly string[];
  digest?: string;
  /** Since 9.0. */
  failback?: boolean | 0 | 1;
  group?: string;
  max_relocate?: number;
  max_restart?: number;
  sid: string;
  state?: "started" | "stopped" | "enabled" | "disabled" | "ignored";
}

export type PutClusterHaResourcesBySidResult = null;

export interface DeleteClusterHaResourcesBySidParams {
  /** Since 9.1. */
  purge?: boolean | 0 | 1;
  sid: string;
}

export type DeleteClusterHaResourcesBySidResult = null;

export interface PostClusterHaResourcesMigrateParams {
  node: string;
  sid: string;
}

export interface PostClusterHaResourcesMigrateResult {
  [key: string]: unknown;
  "blocking-resources"?: ({ cause: "resource-affinity"; sid: string; [key: string]: unknown })[];
  "comigrated-resources"?: unknown[];
  "requested-node": string;
  sid: string;
}

export interface PostClusterHaResourcesRelocateParams {
  node: string;
  sid: string;
}

export interface PostClusterHaResourcesRelocateResult {
  [key: string]: unknown;
  "blocking-resources"?: ({ cause: "resource-affinity"; sid: string; [key: string]: unknown })[];
  "comigrated-resources"?: string[];
  "requested-node": string;
  sid: string;
}

export interface GetClusterHaRulesParams {
  resource?: string;
  type?: "node-affinity" | "resource-affinity";
}

export interface GetClusterHaRulesResultItem {
  [key: string]: unknown;
  rule: string;
}

export type GetClusterHaRulesResult = GetClusterHaRulesResultItem[];

export interface PostClusterHaRulesParamsCommon {
  rule: string;
}

export type PostClusterHaRulesParams = PostClusterHaRulesParamsCommon & ({ type: "node-affinity"; comment?: string; disable?: boolean | 0 | 1; nodes: string | readonly string[]; resources: string | readonly string[]; strict?: boolean | 0 | 1 } | { type: "resource-affinity"; affinity: "positive" | "negative"; comment?: string; disable?: boolean | 0 | 1; resources: string | readonly string[] });
export type PostClusterHaRulesResult = null;

export interface GetClusterHaRulesByRuleParams {
  rule: string;
}

export interface GetClusterHaRulesByRuleResult {
  [key: string]: unknown;
  rule: string;
  type: "node-affinity" | "resource-affinity";
}

export interface PutClusterHaRulesByRuleParamsCommon {
  delete?: string | readonly string[];
  digest?: string;
  rule: string;
}

export type PutClusterHaRulesByRuleParams = PutClusterHaRulesByRuleParamsCommon & ({ type: "node-affinity"; comment?: string; disable?: boolean | 0 | 1; nodes?: string | readonly string[]; resources?: string | readonly string[]; strict?: boolean | 0 | 1 } | { type: "resource-affinity"; affinity?: "positive" | "negative"; comment?: string; disable?: boolean | 0 | 1; resources?: string | readonly string[] });
export type PutClusterHaRulesByRuleResult = null;

export interface DeleteClusterHaRulesByRuleParams {
  rule: string;
}

export type DeleteClusterHaRulesByRuleResult = null;
export type GetClusterHaStatusParams = Record<string, never>;
export type GetClusterHaStatusResult = (Record<string, unknown>)[];
export type PostClusterHaStatusArmHaParams = Record<string, never>;
export type PostClusterHaStatusArmHaResult = null;
export type GetClusterHaStatusCurrentParams = Record<string, never>;

export interface GetClusterHaStatusCurrentResultItem {
  [key: string]: unknown;
  "armed-state"?: "armed" | "standby" | "disarming" | "disarmed";
  crm_state?: string;
  failback?: boolean;
  id: string;
  max_relocate?: number;
  max_restart?: number;
  node: string;
  quorate?: boolean;
  request_state?: string;
  resource_mode?: "freeze" | "ignore";
  sid?: string;
  state?: string;
  status: string;
  timestamp?: number;
  type: "quorum" | "master" | "lrm" | "service" | "fencing";
}

export type GetClusterHaStatusCurrentResult = GetClusterHaStatusCurrentResultItem[];

export interface PostClusterHaStatusDisarmHaParams {
  "resource-mode": "freeze" | "ignore";
}

export type PostClusterHaStatusDisarmHaResult = null;
export type GetClusterHaStatusManagerStatusParams = Record<string, never>;
export type GetClusterHaStatusManagerStatusResult = Record<string, unknown>;
