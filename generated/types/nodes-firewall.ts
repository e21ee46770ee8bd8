// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetNodesFirewallParams {
  node: string;
}

export type GetNodesFirewallResult = (Record<string, unknown>)[];

export interface GetNodesFirewallLogParams {
  limit?: number;
  node: string;
  since?: number;
  start?: number;
  until?: number;
}

export interface GetNodesFirewallLogResultItem {
  [key: string]: unknown;
  n: number;
  t: string;
}

export type GetNodesFirewallLogResult = GetNodesFirewallLogResultItem[];

export interface GetNodesFirewallOptionsParams {
  node: string;
}

export interface GetNodesFirewallOptionsResult {
  [key: string]: unknown;
  enable?: boolean;
  log_level_forward?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  log_level_in?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  log_level_out?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  log_nf_conntrack?: boolean;
  ndp?: boolean;
  nf_conntrack_allow_invalid?: boolean;
  nf_conntrack_helpers?: string;
  nf_conntrack_max?: number;
  nf_conntrack_tcp_timeout_established?: number;
  nf_conntrack_tcp_timeout_syn_recv?: number;
  nftables?: boolean;
  nosmurfs?: boolean;
  protection_synflood?: boolean;
  protection_synflood_burst?: number;
  protection_synflood_rate?: number;
  smurf_log_level?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  tcp_flags_log_level?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  tcpflags?: boolean;
}

export interface PutNodesFirewallOptionsParams {
  delete?: string | readonly string[];
  digest?: string;
  enable?: boolean | 0 | 1;
  /** Since 8.4. */
  log_level_forward?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  log_level_in?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  log_level_out?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  log_nf_conntrack?: boolean | 0 | 1;
  ndp?: boolean | 0 | 1;
  nf_conntrack_allow_invalid?: boolean | 0 | 1;
  nf_conntrack_helpers?: string;
  nf_conntrack_max?: number;
  nf_conntrack_tcp_timeout_established?: number;
  nf_conntrack_tcp_timeout_syn_recv?: number;
  /** Since 8.4. */
  nftables?: boolean | 0 | 1;
  node: string;
  nosmurfs?: boolean | 0 | 1;
  protection_synflood?: boolean | 0 | 1;
  protection_synflood_burst?: number;
  protection_synflood_rate?: number;
  smurf_log_level?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  tcp_flags_log_level?: "emerg" | "alert" | "crit" | "err" | "warning" | "notice" | "info" | "debug" | "nolog";
  tcpflags?: boolean | 0 | 1;
}

export type PutNodesFirewallOptionsResult = null;

export interface GetNodesFirewallRulesParams {
  node: string;
}

export interface GetNodesFirewallRulesResultItem {
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

export type GetNodesFirewallRulesResult = GetNodesFirewallRulesResultItem[];

export interface PostNodesFirewallRulesParams {
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
  node: string;
  pos?: number;
  proto?: string;
  source?: string;
  sport?: string;
  type: "in" | "out" | "forward" | "group";
}

export type PostNodesFirewallRulesResult = null;

export interface GetNodesFirewallRulesByPosParams {
  node: string;
  pos: number;
}

export interface GetNodesFirewallRulesByPosResult {
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

export interface PutNodesFirewallRulesByPosParams {
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
  node: string;
  pos: number;
  proto?: string;
  source?: string;
  sport?: string;
  type?: "in" | "out" | "forward" | "group";
}

export type PutNodesFirewallRulesByPosResult = null;

export interface DeleteNodesFirewallRulesByPosParams {
  digest?: string;
  node: string;
  pos: number;
}

export type DeleteNodesFirewallRulesByPosResult = null;
