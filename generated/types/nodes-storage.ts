// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetNodesStorageParams {
  content?: string | readonly string[];
  enabled?: boolean | 0 | 1;
  format?: boolean | 0 | 1;
  node: string;
  storage?: string;
  target?: string;
}

export interface GetNodesStorageResultItem {
  [key: string]: unknown;
  active?: boolean;
  avail?: number;
  content: string;
  enabled?: boolean;
  formats?: { default: "qcow2" | "raw" | "subvol" | "vmdk"; supported: ("qcow2" | "raw" | "subvol" | "vmdk")[]; [key: string]: unknown };
  select_existing?: boolean;
  shared?: boolean;
  storage: string;
  total?: number;
  type: string;
  used?: number;
  used_fraction?: number;
}

export type GetNodesStorageResult = GetNodesStorageResultItem[];

export interface GetNodesStorageByStorageParams {
  node: string;
  storage: string;
}

export interface GetNodesStorageByStorageResultItem {
  [key: string]: unknown;
  subdir: string;
}

export type GetNodesStorageByStorageResult = GetNodesStorageByStorageResultItem[];

export interface GetNodesStorageContentParams {
  content?: string;
  node: string;
  storage: string;
  vmid?: number;
}

export interface GetNodesStorageContentResultItem {
  [key: string]: unknown;
  "approximate-size"?: number;
  ctime?: number;
  encrypted?: string;
  format: string;
  notes?: string;
  parent?: string;
  protected?: boolean;
  size?: number;
  used?: number;
  verification?: { state: string; upid: string; [key: string]: unknown };
  vmid?: number;
  volid: string;
}

export type GetNodesStorageContentResult = GetNodesStorageContentResultItem[];

export interface PostNodesStorageContentParams {
  filename: string;
  format?: "raw" | "qcow2" | "subvol" | "vmdk";
  node: string;
  size: string;
  storage: string;
  vmid: number;
}

export type PostNodesStorageContentResult = string;

export interface GetNodesStorageContentByVolumeParams {
  node: string;
  storage: string;
  volume: string;
}

export interface GetNodesStorageContentByVolumeResult {
  [key: string]: unknown;
  format: string;
  notes?: string;
  path: string;
  protected?: boolean;
  size: number;
  used: number;
}

export interface PostNodesStorageContentByVolumeParams {
  node: string;
  storage: string;
  target: string;
  target_node?: string;
  volume: string;
}

export type PostNodesStorageContentByVolumeResult = string;

export interface PutNodesStorageContentByVolumeParams {
  node: string;
  notes?: string;
  protected?: boolean | 0 | 1;
  storage: string;
  volume: string;
}

export type PutNodesStorageContentByVolumeResult = null;

export interface DeleteNodesStorageContentByVolumeParams {
  delay?: number;
  node: string;
  storage: string;
  volume: string;
}

export type DeleteNodesStorageContentByVolumeResult = string;

export interface PostNodesStorageDownloadUrlParams {
  checksum?: string;
  "checksum-algorithm"?: "md5" | "sha1" | "sha224" | "sha256" | "sha384" | "sha512";
  /** Since 8.4. */
  compression?: string;
  content: "iso" | "vztmpl" | "import";
  filename: string;
  node: string;
  storage: string;
  url: string;
  "verify-certificates"?: boolean | 0 | 1;
}

export type PostNodesStorageDownloadUrlResult = string;

export interface GetNodesStorageFileRestoreDownloadParams {
  filepath: string;
  node: string;
  storage: string;
  /** Since 8.4. */
  tar?: boolean | 0 | 1;
  volume: string;
}

export type GetNodesStorageFileRestoreDownloadResult = unknown;

export interface GetNodesStorageFileRestoreListParams {
  filepath: string;
  node: string;
  storage: string;
  volume: string;
}

export interface GetNodesStorageFileRestoreListResultItem {
  [key: string]: unknown;
  filepath: string;
  leaf: boolean;
  mtime?: number;
  size?: number;
  text: string;
  type: string;
}

export type GetNodesStorageFileRestoreListResult = GetNodesStorageFileRestoreListResultItem[];

export interface GetNodesStorageIdentityParams {
  node: string;
  storage: string;
}

export interface GetNodesStorageIdentityResult {
  [key: string]: unknown;
  id: string;
  type: "btrfs" | "cephfs" | "cifs" | "dir" | "esxi" | "iscsi" | "iscsidirect" | "lvm" | "lvmthin" | "nfs" | "pbs" | "rbd" | "zfs" | "zfspool";
}

export interface GetNodesStorageImportMetadataParams {
  node: string;
  storage: string;
  volume: string;
}

export interface GetNodesStorageImportMetadataResult {
  [key: string]: unknown;
  "create-args": Record<string, unknown>;
  disks?: Record<string, unknown>;
  net?: Record<string, unknown>;
  source: "esxi";
  type: "vm";
  warnings?: ({ key?: string; type: "cdrom-image-ignored" | "efi-state-lost" | "guest-is-running" | "nvme-unsupported" | "ova-needs-extracting" | "ovmf-with-lsi-unsupported" | "serial-port-socket-only"; value?: string; [key: string]: unknown })[];
}

export interface PostNodesStorageOciRegistryPullParams {
  filename?: string;
  node: string;
  reference: string;
  storage: string;
}

export type PostNodesStorageOciRegistryPullResult = string;

export interface PruneBackupsKeys {
  "keep-all"?: boolean | 0 | 1;
  "keep-last"?: number;
  "keep-hourly"?: number;
  "keep-daily"?: number;
  "keep-weekly"?: number;
  "keep-monthly"?: number;
  "keep-yearly"?: number;
}

export interface GetNodesStoragePrunebackupsParams {
  node: string;
  "prune-backups"?: string | PruneBackupsKeys;
  storage: string;
  type?: "qemu" | "lxc";
  vmid?: number;
}

export interface GetNodesStoragePrunebackupsResultItem {
  [key: string]: unknown;
  ctime: number;
  mark: "keep" | "remove" | "protected" | "renamed";
  type: string;
  vmid?: number;
  volid: string;
}

export type GetNodesStoragePrunebackupsResult = GetNodesStoragePrunebackupsResultItem[];

export interface DeleteNodesStoragePrunebackupsParams {
  node: string;
  "prune-backups"?: string | PruneBackupsKeys;
  storage: string;
  type?: "qemu" | "lxc";
  vmid?: number;
}

export type DeleteNodesStoragePrunebackupsResult = string;

export interface GetNodesStorageRrdParams {
  cf?: "AVERAGE" | "MAX";
  ds: string | readonly string[];
  node: string;
  storage: string;
  timeframe: "hour" | "day" | "week" | "month" | "year";
}

export interface GetNodesStorageRrdResult {
  [key: string]: unknown;
  filename: string;
}

export interface GetNodesStorageRrddataParams {
  cf?: "AVERAGE" | "MAX";
  node: string;
  storage: string;
  timeframe: "hour" | "day" | "week" | "month" | "year";
}

export type GetNodesStorageRrddataResult = (Record<string, unknown>)[];

export interface GetNodesStorageStatusParams {
  node: string;
  storage: string;
}

export interface GetNodesStorageStatusResult {
  [key: string]: unknown;
  active?: boolean;
  avail?: number;
  content: string;
  enabled?: boolean;
  shared?: boolean;
  total?: number;
  type: string;
  used?: number;
}

export interface PostNodesStorageUploadParams {
  checksum?: string;
  "checksum-algorithm"?: "md5" | "sha1" | "sha224" | "sha256" | "sha384" | "sha512";
  content: "iso" | "vztmpl" | "import";
  filename: string;
  node: string;
  storage: string;
  tmpfilename?: string;
}

export type PostNodesStorageUploadResult = string;
