// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export type GetClusterCephParams = Record<string, never>;
export type GetClusterCephResult = (Record<string, unknown>)[];
export type GetClusterCephFlagsParams = Record<string, never>;

export interface GetClusterCephFlagsResultItem {
  [key: string]: unknown;
  description: string;
  name: "nobackfill" | "nodeep-scrub" | "nodown" | "noin" | "noout" | "norebalance" | "norecover" | "noscrub" | "notieragent" | "noup" | "pause";
  value: boolean;
}

export type GetClusterCephFlagsResult = GetClusterCephFlagsResultItem[];

export interface PutClusterCephFlagsParams {
  nobackfill?: boolean | 0 | 1;
  "nodeep-scrub"?: boolean | 0 | 1;
  nodown?: boolean | 0 | 1;
  noin?: boolean | 0 | 1;
  noout?: boolean | 0 | 1;
  norebalance?: boolean | 0 | 1;
  norecover?: boolean | 0 | 1;
  noscrub?: boolean | 0 | 1;
  notieragent?: boolean | 0 | 1;
  noup?: boolean | 0 | 1;
  pause?: boolean | 0 | 1;
}

export type PutClusterCephFlagsResult = string;

export interface GetClusterCephFlagsByFlagParams {
  flag: "nobackfill" | "nodeep-scrub" | "nodown" | "noin" | "noout" | "norebalance" | "norecover" | "noscrub" | "notieragent" | "noup" | "pause";
}

export type GetClusterCephFlagsByFlagResult = boolean;

export interface PutClusterCephFlagsByFlagParams {
  flag: "nobackfill" | "nodeep-scrub" | "nodown" | "noin" | "noout" | "norebalance" | "norecover" | "noscrub" | "notieragent" | "noup" | "pause";
  value: boolean | 0 | 1;
}

export type PutClusterCephFlagsByFlagResult = null;

export interface GetClusterCephMetadataParams {
  scope?: "all" | "versions";
}

export interface GetClusterCephMetadataResult {
  [key: string]: unknown;
  mds: Record<string, { addr?: string; ceph_release: string; ceph_version: string; ceph_version_short: string; hostname: string; mem_swap_kb: number; mem_total_kb: number; name?: string; [key: string]: unknown }>;
  mgr: Record<string, { addr?: string; ceph_release: string; ceph_version: string; ceph_version_short: string; hostname: string; mem_swap_kb: number; mem_total_kb: number; name?: string; [key: string]: unknown }>;
  mon: Record<string, { addrs?: string; ceph_release: string; ceph_version: string; ceph_version_short: string; hostname: string; mem_swap_kb: number; mem_total_kb: number; name?: string; [key: string]: unknown }>;
  node: Record<string, { buildcommit: string; version: { parts: string[]; str: string; [key: string]: unknown }; [key: string]: unknown }>;
  osd: ({ back_addr: string; ceph_release: string; ceph_version: string; ceph_version_short: string; device_ids?: string; device_paths?: string; devices?: string; front_addr: string; hostname: string; id: number; mem_swap_kb: number; mem_total_kb: number; osd_data: string; osd_objectstore: string; [key: string]: unknown })[];
}

export interface PostClusterCephRestartBulkParams {
  "dry-run"?: boolean | 0 | 1;
  force?: boolean | 0 | 1;
  "only-outdated"?: boolean | 0 | 1;
  "service-type": "mon" | "mgr" | "mds" | "osd";
  timeout?: number;
}

export type PostClusterCephRestartBulkResult = string;
export type GetClusterCephStatusParams = Record<string, never>;
export type GetClusterCephStatusResult = Record<string, unknown>;
