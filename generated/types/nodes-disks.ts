// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetNodesDisksParams {
  node: string;
}

export type GetNodesDisksResult = (Record<string, unknown>)[];

export interface GetNodesDisksDirectoryParams {
  node: string;
}

export interface GetNodesDisksDirectoryResultItem {
  [key: string]: unknown;
  device: string;
  options: string;
  path: string;
  type: string;
  unitfile: string;
}

export type GetNodesDisksDirectoryResult = GetNodesDisksDirectoryResultItem[];

export interface PostNodesDisksDirectoryParams {
  add_storage?: boolean | 0 | 1;
  device: string;
  filesystem?: "ext4" | "xfs";
  name: string;
  node: string;
}

export type PostNodesDisksDirectoryResult = string;

export interface DeleteNodesDisksDirectoryByNameParams {
  "cleanup-config"?: boolean | 0 | 1;
  "cleanup-disks"?: boolean | 0 | 1;
  name: string;
  node: string;
}

export type DeleteNodesDisksDirectoryByNameResult = string;

export interface PostNodesDisksInitgptParams {
  disk: string;
  node: string;
  uuid?: string;
}

export type PostNodesDisksInitgptResult = string;

export interface GetNodesDisksListParams {
  "include-partitions"?: boolean | 0 | 1;
  node: string;
  skipsmart?: boolean | 0 | 1;
  type?: "unused" | "journal_disks";
}

export interface GetNodesDisksListResultItem {
  [key: string]: unknown;
  devpath: string;
  gpt: boolean;
  health?: string;
  model?: string;
  mounted: boolean;
  osdid: number;
  "osdid-list": number[];
  parent?: string;
  serial?: string;
  size: number;
  used?: string;
  vendor?: string;
  wwn?: string;
}

export type GetNodesDisksListResult = GetNodesDisksListResultItem[];

export interface GetNodesDisksLvmParams {
  node: string;
}

export interface GetNodesDisksLvmResult {
  [key: string]: unknown;
  children: ({ children?: ({ free: number; leaf: boolean; name: string; size: number; [key: string]: unknown })[]; free: number; leaf: boolean; name: string; size: number; [key: string]: unknown })[];
  leaf: boolean;
}

export interface PostNodesDisksLvmParams {
  add_storage?: boolean | 0 | 1;
  device: string;
  name: string;
  node: string;
}

export type PostNodesDisksLvmResult = string;

export interface DeleteNodesDisksLvmByNameParams {
  "cleanup-config"?: boolean | 0 | 1;
  "cleanup-disks"?: boolean | 0 | 1;
  name: string;
  node: string;
}

export type DeleteNodesDisksLvmByNameResult = string;

export interface GetNodesDisksLvmthinParams {
  node: string;
}

export interface GetNodesDisksLvmthinResultItem {
  [key: string]: unknown;
  lv: string;
  lv_size: number;
  metadata_size: number;
  metadata_used: number;
  used: number;
  vg: string;
}

export type GetNodesDisksLvmthinResult = GetNodesDisksLvmthinResultItem[];

export interface PostNodesDisksLvmthinParams {
  add_storage?: boolean | 0 | 1;
  device: string;
  name: string;
  node: string;
}

export type PostNodesDisksLvmthinResult = string;

export interface DeleteNodesDisksLvmthinByNameParams {
  "cleanup-config"?: boolean | 0 | 1;
  "cleanup-disks"?: boolean | 0 | 1;
  name: string;
  node: string;
  "volume-group": string;
}

export type DeleteNodesDisksLvmthinByNameResult = string;

export interface GetNodesDisksSmartParams {
  disk: string;
  healthonly?: boolean | 0 | 1;
  node: string;
}

export interface GetNodesDisksSmartResult {
  [key: string]: unknown;
  attributes?: unknown[];
  health: string;
  text?: string;
  type?: string;
}

export interface PutNodesDisksWipediskParams {
  disk: string;
  node: string;
}

export type PutNodesDisksWipediskResult = string;

export interface GetNodesDisksZfsParams {
  node: string;
}

export interface GetNodesDisksZfsResultItem {
  [key: string]: unknown;
  alloc: number;
  dedup: number;
  frag: number;
  free: number;
  health: string;
  name: string;
  size: number;
}

export type GetNodesDisksZfsResult = GetNodesDisksZfsResultItem[];

export interface DraidConfigKeys {
  data: number;
  spares: number;
}

export interface PostNodesDisksZfsParams {
  add_storage?: boolean | 0 | 1;
  ashift?: number;
  compression?: "on" | "off" | "gzip" | "lz4" | "lzjb" | "zle" | "zstd";
  devices: string | readonly string[];
  "draid-config"?: string | DraidConfigKeys;
  name: string;
  node: string;
  raidlevel: "single" | "mirror" | "raid10" | "raidz" | "raidz2" | "raidz3" | "draid" | "draid2" | "draid3";
}

export type PostNodesDisksZfsResult = string;

export interface GetNodesDisksZfsByNameParams {
  name: string;
  node: string;
}

export interface GetNodesDisksZfsByNameResult {
  [key: string]: unknown;
  action?: string;
  children: ({ cksum?: number; msg: string; name: string; read?: number; state?: string; write?: number; [key: string]: unknown })[];
  errors: string;
  name: string;
  scan?: string;
  state: string;
  status?: string;
}

export interface DeleteNodesDisksZfsByNameParams {
  "cleanup-config"?: boolean | 0 | 1;
  "cleanup-disks"?: boolean | 0 | 1;
  name: string;
  node: string;
}

export type DeleteNodesDisksZfsByNameResult = string;
