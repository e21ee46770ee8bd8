// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetClusterFirewallParams {
  [key: string]: unknown;
}

export type GetClusterFirewallResult = (Record<string, unknown>)[];
export type GetClusterFirewallAliasesParams = Record<string, never>;

export interface GetClusterFirewallAliasesResultItem {
  [key: string]: unknown;
  cidr: string;
  comment?: string;
  digest: string;
  name: string;
}

export type GetClusterFirewallAliasesResult = GetClusterFirewallAliasesResultItem[];

export interface PostClusterFirewallAliasesParams {
  cidr: string;
  comment?: string;
  name: string;
}

export type PostClusterFirewallAliasesResult = null;

export interface GetClusterFirewallAliasesByNameParams {
  name: string;
}

export type GetClusterFirewallAliasesByNameResult = Record<string, unknown>;

export interface PutClusterFirewallAliasesByNameParams {
  cidr: string;
  comment?: string;
  digest?: string;
  name: string;
  rename?: string;
}

export type PutClusterFirewallAliasesByNameResult = null;

export interface DeleteClusterFirewallAliasesByNameParams {
  digest?: string;
  name: string;
}

export type DeleteClusterFirewallAliasesByNameResult = null;
export type GetClusterFirewallGroupsParams = Record<string, never>;

export interface GetClusterFirewallGroupsResultItem {
  [key: string]: unknown;
  comment?: string;
  digest: string;
  group: string;
}

export type GetClusterFirewallGroupsResult = GetClusterFirewallGroupsResultItem[];

export interface PostClusterFirewallGroupsParams {
  comment?: string;
  digest?: string;
  group: string;
  rename?: string;
}

export type PostClusterFirewallGroupsResult = null;

export interface GetClusterFirewallGroupsByGroupParams {
  group: string;
}

export interface GetClusterFirewallGroupsByGroupResultItem {
  [key: string]: unknown;
  action: string;
  comment?: string;
  dest?: string;
  dport?: string;
  enable?: number;
  "icmp-type"?: string;
  iface?: string;
  ipversion?: number;
  log?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  macro?: string;
  pos: number;
  proto?: string;
  source?: string;
  sport?: string;
  type: string;
}

export type GetClusterFirewallGroupsByGroupResult = GetClusterFirewallGroupsByGroupResultItem[];

export interface PostClusterFirewallGroupsByGroupParams {
  action: string;
  comment?: string;
  dest?: string;
  digest?: string;
  dport?: string;
  enable?: number;
  group: string;
  "icmp-type"?: string;
  iface?: string;
  log?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  macro?: string;
  pos?: number;
  proto?: string;
  source?: string;
  sport?: string;
  type: "in" | "out" | "forward" | "group";
}

export type PostClusterFirewallGroupsByGroupResult = null;

export interface DeleteClusterFirewallGroupsByGroupParams {
  group: string;
}

export type DeleteClusterFirewallGroupsByGroupResult = null;

export interface GetClusterFirewallGroupsByPosParams {
  group: string;
  pos: number;
}

export interface GetClusterFirewallGroupsByPosResult {
  [key: string]: unknown;
  action: string;
  comment?: string;
  dest?: string;
  dport?: string;
  enable?: number;
  "icmp-type"?: string;
  iface?: string;
  ipversion?: number;
  log?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  macro?: string;
  pos: number;
  proto?: string;
  source?: string;
  sport?: string;
  type: string;
}

export interface PutClusterFirewallGroupsByPosParams {
  action?: string;
  comment?: string;
  delete?: string | readonly string[];
  dest?: string;
  digest?: string;
  dport?: string;
  enable?: number;
  group: string;
  "icmp-type"?: string;
  iface?: string;
  log?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  macro?: string;
  moveto?: number;
  pos: number;
  proto?: string;
  source?: string;
  sport?: string;
  type?: "in" | "out" | "forward" | "group";
}

export type PutClusterFirewallGroupsByPosResult = null;

export interface DeleteClusterFirewallGroupsByPosParams {
  digest?: string;
  group: string;
  pos: number;
}

export type DeleteClusterFirewallGroupsByPosResult = null;
export type GetClusterFirewallIpsetParams = Record<string, never>;

export interface GetClusterFirewallIpsetResultItem {
  [key: string]: unknown;
  comment?: string;
  digest: string;
  name: string;
}

export type GetClusterFirewallIpsetResult = GetClusterFirewallIpsetResultItem[];

export interface PostClusterFirewallIpsetParams {
  comment?: string;
  digest?: string;
  name: string;
  rename?: string;
}

export type PostClusterFirewallIpsetResult = null;

export interface GetClusterFirewallIpsetByNameParams {
  name: string;
}

export interface GetClusterFirewallIpsetByNameResultItem {
  [key: string]: unknown;
  cidr: string;
  comment?: string;
  digest: string;
  nomatch?: boolean;
}

export type GetClusterFirewallIpsetByNameResult = GetClusterFirewallIpsetByNameResultItem[];

export interface PostClusterFirewallIpsetByNameParams {
  cidr: string;
  comment?: string;
  name: string;
  nomatch?: boolean | 0 | 1;
}

export type PostClusterFirewallIpsetByNameResult = null;

export interface DeleteClusterFirewallIpsetByNameParams {
  force?: boolean | 0 | 1;
  name: string;
}

export type DeleteClusterFirewallIpsetByNameResult = null;

export interface GetClusterFirewallIpsetByCidrParams {
  cidr: string;
  name: string;
}

export type GetClusterFirewallIpsetByCidrResult = Record<string, unknown>;

export interface PutClusterFirewallIpsetByCidrParams {
  cidr: string;
  comment?: string;
  digest?: string;
  name: string;
  nomatch?: boolean | 0 | 1;
}

export type PutClusterFirewallIpsetByCidrResult = null;

export interface DeleteClusterFirewallIpsetByCidrParams {
  cidr: string;
  digest?: string;
  name: string;
}

export type DeleteClusterFirewallIpsetByCidrResult = null;

export interface GetClusterFirewallMacrosParams {
  [key: string]: unknown;
}

export interface GetClusterFirewallMacrosResultItem {
  [key: string]: unknown;
  descr: string;
  macro: string;
}

export type GetClusterFirewallMacrosResult = GetClusterFirewallMacrosResultItem[];

export interface GetClusterFirewallOptionsParams {
  [key: string]: unknown;
}

export interface GetClusterFirewallOptionsResult {
  [key: string]: unknown;
  ebtables?: boolean;
  enable?: number;
  log_ratelimit?: string;
  policy_forward?: "ACCEPT" | "DROP";
  policy_in?: "ACCEPT" | "REJECT" | "DROP";
  policy_out?: "ACCEPT" | "REJECT" | "DROP";
}

export interface LogRatelimitKeys {
  burst?: number;
  enable: boolean | 0 | 1;
  rate?: string;
}

export interface PutClusterFirewallOptionsParams {
  delete?: string | readonly string[];
  digest?: string;
  ebtables?: boolean | 0 | 1;
  enable?: number;
  log_ratelimit?: string | LogRatelimitKeys;
  /** Since 8.4. */
  policy_forward?: "ACCEPT" | "DROP";
  policy_in?: "ACCEPT" | "REJECT" | "DROP";
  policy_out?: "ACCEPT" | "REJECT" | "DROP";
}

export type PutClusterFirewallOptionsResult = null;

export interface GetClusterFirewallRefsParams {
  type?: "alias" | "ipset";
}

export interface GetClusterFirewallRefsResultItem {
  [key: string]: unknown;
  comment?: string;
  name: string;
  ref: string;
  scope: string;
  type: "alias" | "ipset";
}

export type GetClusterFirewallRefsResult = GetClusterFirewallRefsResultItem[];
export type GetClusterFirewallRulesParams = Record<string, never>;

export interface GetClusterFirewallRulesResultItem {
  [key: string]: unknown;
  action: string;
  comment?: string;
  dest?: string;
  dport?: string;
  enable?: number;
  "icmp-type"?: string;
  iface?: string;
  ipversion?: number;
  log?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  macro?: string;
  pos: number;
  proto?: string;
  source?: string;
  sport?: string;
  type: string;
}

export type GetClusterFirewallRulesResult = GetClusterFirewallRulesResultItem[];

export interface PostClusterFirewallRulesParams {
  action: string;
  comment?: string;
  dest?: string;
  digest?: string;
  dport?: string;
  enable?: number;
  "icmp-type"?: string;
  iface?: string;
  log?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  macro?: string;
  pos?: number;
  proto?: string;
  source?: string;
  sport?: string;
  type: "in" | "out" | "forward" | "group";
}

export type PostClusterFirewallRulesResult = null;

export interface GetClusterFirewallRulesByPosParams {
  pos: number;
}

export interface GetClusterFirewallRulesByPosResult {
  [key: string]: unknown;
  action: string;
  comment?: string;
  dest?: string;
  dport?: string;
  enable?: number;
  "icmp-type"?: string;
  iface?: string;
  ipversion?: number;
  log?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  macro?: string;
  pos: number;
  proto?: string;
  source?: string;
  sport?: string;
  type: string;
}

export interface PutClusterFirewallRulesByPosParams {
  action?: string;
  comment?: string;
  delete?: string | readonly string[];
  dest?: string;
  digest?: string;
  dport?: string;
  enable?: number;
  "icmp-type"?: string;
  iface?: string;
  log?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  macro?: string;
  moveto?: number;
  pos: number;
  proto?: string;
  source?: string;
  sport?: string;
  type?: "in" | "out" | "forward" | "group";
}

export type PutClusterFirewallRulesByPosResult = null;

export interface DeleteClusterFirewallRulesByPosParams {
  digest?: string;
  pos: number;
}

export type DeleteClusterFirewallRulesByPosResult = null;
