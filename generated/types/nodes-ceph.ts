// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetNodesCephParams {
  node: string;
}

export type GetNodesCephResult = (Record<string, unknown>)[];

export interface GetNodesCephCfgParams {
  node: string;
}

export type GetNodesCephCfgResult = (Record<string, unknown>)[];

export interface GetNodesCephCfgDbParams {
  node: string;
}

export interface GetNodesCephCfgDbResultItem {
  [key: string]: unknown;
  can_update_at_runtime: boolean;
  level: "basic" | "advanced" | "dev";
  mask: string;
  name: string;
  section: string;
  value: string;
}

export type GetNodesCephCfgDbResult = GetNodesCephCfgDbResultItem[];

export interface GetNodesCephCfgRawParams {
  node: string;
}

export type GetNodesCephCfgRawResult = string;

export interface GetNodesCephCfgValueParams {
  "config-keys": string;
  node: string;
}

export type GetNodesCephCfgValueResult = Record<string, unknown>;

export interface GetNodesCephCmdSafetyParams {
  action: "stop" | "destroy";
  id: string;
  node: string;
  service: "osd" | "mon" | "mds";
}

export interface GetNodesCephCmdSafetyResult {
  [key: string]: unknown;
  safe: boolean;
  status?: string;
}

export interface GetNodesCephCrushParams {
  node: string;
}

export type GetNodesCephCrushResult = string;

export interface GetNodesCephFsParams {
  node: string;
}

export interface GetNodesCephFsResultItem {
  [key: string]: unknown;
  data_pool: string;
  data_pool_ids?: number[];
  data_pools?: string[];
  metadata_pool: string;
  metadata_pool_id?: number;
  name: string;
}

export type GetNodesCephFsResult = GetNodesCephFsResultItem[];

export interface PostNodesCephFsByNameParams {
  "add-storage"?: boolean | 0 | 1;
  name: string;
  node: string;
  pg_num?: number;
}

export type PostNodesCephFsByNameResult = string;

export interface DeleteNodesCephFsByNameParams {
  name: string;
  node: string;
  "remove-pools"?: boolean | 0 | 1;
  "remove-storages"?: boolean | 0 | 1;
}

export type DeleteNodesCephFsByNameResult = string;

export interface PostNodesCephInitParams {
  "cluster-network"?: string;
  disable_cephx?: boolean | 0 | 1;
  min_size?: number;
  network?: string;
  node: string;
  /** @deprecated */
  pg_bits?: number;
  size?: number;
}

export type PostNodesCephInitResult = null;

export interface GetNodesCephLogParams {
  limit?: number;
  node: string;
  start?: number;
}

export interface GetNodesCephLogResultItem {
  [key: string]: unknown;
  n: number;
  t: string;
}

export type GetNodesCephLogResult = GetNodesCephLogResultItem[];

export interface GetNodesCephMdsParams {
  node: string;
}

export interface GetNodesCephMdsResultItem {
  [key: string]: unknown;
  addr?: string;
  ceph_version?: string;
  ceph_version_short?: string;
  direxists?: boolean;
  fs_name?: string;
  host?: string;
  name: string;
  rank?: number;
  service?: boolean;
  standby_replay?: boolean;
  state: string;
}

export type GetNodesCephMdsResult = GetNodesCephMdsResultItem[];

export interface PostNodesCephMdsByNameParams {
  /** @deprecated */
  hotstandby?: boolean | 0 | 1;
  name: string;
  node: string;
}

export type PostNodesCephMdsByNameResult = string;

export interface DeleteNodesCephMdsByNameParams {
  name: string;
  node: string;
}

export type DeleteNodesCephMdsByNameResult = string;

export interface GetNodesCephMgrParams {
  node: string;
}

export interface GetNodesCephMgrResultItem {
  [key: string]: unknown;
  addr?: string;
  ceph_version?: string;
  ceph_version_short?: string;
  direxists?: boolean;
  host?: string;
  name: string;
  service?: boolean;
  state: string;
}

export type GetNodesCephMgrResult = GetNodesCephMgrResultItem[];

export interface PostNodesCephMgrByIdParams {
  id: string;
  node: string;
}

export type PostNodesCephMgrByIdResult = string;

export interface DeleteNodesCephMgrByIdParams {
  id: string;
  node: string;
}

export type DeleteNodesCephMgrByIdResult = string;

export interface GetNodesCephMonParams {
  node: string;
}

export interface GetNodesCephMonResultItem {
  [key: string]: unknown;
  addr?: string;
  ceph_version?: string;
  ceph_version_short?: string;
  direxists?: boolean;
  host?: string;
  name: string;
  quorum?: boolean;
  rank?: number;
  service?: boolean;
  state?: string;
}

export type GetNodesCephMonResult = GetNodesCephMonResultItem[];

export interface PostNodesCephMonByMonidParams {
  "mon-address"?: string | readonly string[];
  monid: string;
  node: string;
}

export type PostNodesCephMonByMonidResult = string;

export interface DeleteNodesCephMonByMonidParams {
  monid: string;
  node: string;
}

export type DeleteNodesCephMonByMonidResult = string;

export interface GetNodesCephOsdParams {
  node: string;
}

export interface GetNodesCephOsdResult {
  [key: string]: unknown;
  flags?: string;
  root: Record<string, unknown>;
}

export interface PostNodesCephOsdParams {
  "crush-device-class"?: string;
  db_dev?: string;
  db_dev_size?: number;
  dev: string;
  encrypted?: boolean | 0 | 1;
  node: string;
  /** Since 8.4. */
  "osds-per-device"?: number;
  wal_dev?: string;
  wal_dev_size?: number;
}

export type PostNodesCephOsdResult = string;

export interface GetNodesCephOsdByOsdidParams {
  node: string;
  osdid: number;
}

export type GetNodesCephOsdByOsdidResult = (Record<string, unknown>)[];

export interface DeleteNodesCephOsdByOsdidParams {
  cleanup?: boolean | 0 | 1;
  node: string;
  osdid: number;
}

export type DeleteNodesCephOsdByOsdidResult = string;

export interface PostNodesCephOsdInParams {
  node: string;
  osdid: number;
}

export type PostNodesCephOsdInResult = null;

export interface GetNodesCephOsdLvInfoParams {
  node: string;
  osdid: number;
  type?: "block" | "db" | "wal";
}

export interface GetNodesCephOsdLvInfoResult {
  [key: string]: unknown;
  creation_time: string;
  lv_name: string;
  lv_path: string;
  lv_size: number;
  lv_uuid: string;
  vg_name: string;
}

export interface GetNodesCephOsdMetadataParams {
  node: string;
  osdid: number;
}

export interface GetNodesCephOsdMetadataResult {
  [key: string]: unknown;
  devices: ({ dev_node: string; device: "block" | "db" | "wal"; physical_device: string; size: number; support_discard: boolean; type: string; [key: string]: unknown })[];
  osd: { back_addr: string; encrypted: boolean; front_addr: string; hb_back_addr: string; hb_front_addr: string; hostname: string; id: number; mem_usage: number; osd_data: string; osd_objectstore: string; pid?: number; version: string; [key: string]: unknown };
}

export interface PostNodesCephOsdOutParams {
  node: string;
  osdid: number;
}

export type PostNodesCephOsdOutResult = null;

export interface PostNodesCephOsdScrubParams {
  deep?: boolean | 0 | 1;
  node: string;
  osdid: number;
}

export type PostNodesCephOsdScrubResult = null;

export interface GetNodesCephPoolParams {
  node: string;
}

export interface GetNodesCephPoolResultItem {
  [key: string]: unknown;
  application_metadata?: Record<string, unknown>;
  autoscale_status?: Record<string, unknown>;
  bytes_used?: number;
  crush_rule: number;
  crush_rule_name?: string;
  min_size: number;
  percent_used?: number;
  pg_autoscale_mode?: string;
  pg_num: number;
  pg_num_final?: number;
  pg_num_min?: number;
  pool: number;
  pool_name: string;
  size: number;
  target_size?: number;
  target_size_ratio?: number;
  type: "replicated" | "erasure" | "unknown";
}

export type GetNodesCephPoolResult = GetNodesCephPoolResultItem[];

export interface ErasureCodingKeys {
  "device-class"?: string;
  "failure-domain"?: string;
  k: number;
  m: number;
  profile?: string;
}

export interface PostNodesCephPoolParams {
  add_storages?: boolean | 0 | 1;
  application?: "rbd" | "cephfs" | "rgw";
  crush_rule?: string;
  "erasure-coding"?: string | ErasureCodingKeys;
  min_size?: number;
  name: string;
  node: string;
  pg_autoscale_mode?: "on" | "off" | "warn";
  pg_num?: number;
  pg_num_min?: number;
  size?: number;
  target_size?: string;
  target_size_ratio?: number;
}

export type PostNodesCephPoolResult = string;

export interface GetNodesCephPoolByNameParams {
  name: string;
  node: string;
}

export type GetNodesCephPoolByNameResult = (Record<string, unknown>)[];

export interface PutNodesCephPoolByNameParams {
  application?: "rbd" | "cephfs" | "rgw";
  crush_rule?: string;
  min_size?: number;
  name: string;
  node: string;
  pg_autoscale_mode?: "on" | "off" | "warn";
  pg_num?: number;
  pg_num_min?: number;
  size?: number;
  target_size?: string;
  target_size_ratio?: number;
}

export type PutNodesCephPoolByNameResult = string;

export interface DeleteNodesCephPoolByNameParams {
  force?: boolean | 0 | 1;
  name: string;
  node: string;
  remove_ecprofile?: boolean | 0 | 1;
  remove_storages?: boolean | 0 | 1;
}

export type DeleteNodesCephPoolByNameResult = string;

export interface GetNodesCephPoolStatusParams {
  name: string;
  node: string;
  verbose?: boolean | 0 | 1;
}

export interface GetNodesCephPoolStatusResult {
  [key: string]: unknown;
  application?: "rbd" | "cephfs" | "rgw";
  application_list?: string[];
  autoscale_status?: Record<string, unknown>;
  crush_rule?: string;
  fast_read: boolean;
  hashpspool: boolean;
  id: number;
  min_size?: number;
  name: string;
  "nodeep-scrub": boolean;
  nodelete: boolean;
  nopgchange: boolean;
  noscrub: boolean;
  nosizechange: boolean;
  pg_autoscale_mode?: "on" | "off" | "warn";
  pg_num?: number;
  pg_num_min?: number;
  pgp_num: number;
  size?: number;
  statistics?: Record<string, unknown>;
  target_size?: string;
  target_size_ratio?: number;
  use_gmt_hitset: boolean;
  write_fadvise_dontneed: boolean;
}

export interface GetNodesCephReleasesParams {
  node: string;
}

export interface GetNodesCephReleasesResultItem {
  [key: string]: unknown;
  available: boolean;
  "is-default": boolean;
  release: string;
  unsupported: boolean;
  version: string;
}

export type GetNodesCephReleasesResult = GetNodesCephReleasesResultItem[];

export interface PostNodesCephRestartParams {
  node: string;
  service?: string;
}

export type PostNodesCephRestartResult = string;

export interface PostNodesCephRestartBulkParams {
  "dry-run"?: boolean | 0 | 1;
  force?: boolean | 0 | 1;
  node: string;
  "only-outdated"?: boolean | 0 | 1;
  resume?: boolean | 0 | 1;
  "service-type": "osd";
  "set-noout"?: boolean | 0 | 1;
  timeout?: number;
}

export type PostNodesCephRestartBulkResult = string;

export interface GetNodesCephRulesParams {
  node: string;
}

export interface GetNodesCephRulesResultItem {
  [key: string]: unknown;
  name: string;
}

export type GetNodesCephRulesResult = GetNodesCephRulesResultItem[];

export interface PostNodesCephStartParams {
  node: string;
  service?: string;
}

export type PostNodesCephStartResult = string;

export interface GetNodesCephStatusParams {
  node: string;
}

export type GetNodesCephStatusResult = Record<string, unknown>;

export interface PostNodesCephStopParams {
  node: string;
  service?: string;
}

export type PostNodesCephStopResult = string;
