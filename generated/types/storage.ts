// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetStorageParams {
  type?: "btrfs" | "cephfs" | "cifs" | "dir" | "esxi" | "iscsi" | "iscsidirect" | "lvm" | "lvmthin" | "nfs" | "pbs" | "rbd" | "zfs" | "zfspool";
}

export interface GetStorageResultItem {
  [key: string]: unknown;
  storage: string;
}

export type GetStorageResult = GetStorageResultItem[];

export interface BwlimitKeys {
  clone?: number;
  default?: number;
  migration?: number;
  move?: number;
  restore?: number;
}

export interface PruneBackupsKeys {
  "keep-all"?: boolean | 0 | 1;
  "keep-last"?: number;
  "keep-hourly"?: number;
  "keep-daily"?: number;
  "keep-weekly"?: number;
  "keep-monthly"?: number;
  "keep-yearly"?: number;
}

export interface PostStorageParams {
  authsupported?: string;
  base?: string;
  blocksize?: string;
  bwlimit?: string | BwlimitKeys;
  comstar_hg?: string;
  comstar_tg?: string;
  content?: string | readonly string[];
  "content-dirs"?: string | readonly string[];
  /** Since 8.0. */
  "create-base-path"?: boolean | 0 | 1;
  /** Since 8.0. */
  "create-subdirs"?: boolean | 0 | 1;
  "data-pool"?: string;
  datastore?: string;
  disable?: boolean | 0 | 1;
  domain?: string;
  "encryption-key"?: string;
  export?: string;
  fingerprint?: string;
  format?: "raw" | "qcow2" | "subvol" | "vmdk";
  "fs-name"?: string;
  fuse?: boolean | 0 | 1;
  is_mountpoint?: string;
  iscsiprovider?: string;
  keyring?: string;
  krbd?: boolean | 0 | 1;
  lio_tpg?: string;
  "master-pubkey"?: string;
  "max-protected-backups"?: number;
  /** @deprecated */
  mkdir?: boolean | 0 | 1;
  monhost?: string | readonly string[];
  mountpoint?: string;
  namespace?: string;
  nocow?: boolean | 0 | 1;
  nodes?: string | readonly string[];
  nowritecache?: boolean | 0 | 1;
  options?: string;
  password?: string;
  path?: string;
  pool?: string;
  port?: number;
  portal?: string;
  preallocation?: "off" | "metadata" | "falloc" | "full";
  "prune-backups"?: string | PruneBackupsKeys;
  saferemove?: boolean | 0 | 1;
  /** Since 9.1. */
  "saferemove-stepsize"?: 1 | 2 | 4 | 8 | 16 | 32;
  saferemove_throughput?: string;
  server?: string;
  share?: string;
  shared?: boolean | 0 | 1;
  /** Since 8.4. */
  "skip-cert-verification"?: boolean | 0 | 1;
  smbversion?: "default" | "2.0" | "2.1" | "3" | "3.0" | "3.11";
  /** Since 9.0. */
  "snapshot-as-volume-chain"?: boolean | 0 | 1;
  sparse?: boolean | 0 | 1;
  storage: string;
  subdir?: string;
  tagged_only?: boolean | 0 | 1;
  target?: string;
  thinpool?: string;
  type: "btrfs" | "cephfs" | "cifs" | "dir" | "esxi" | "iscsi" | "iscsidirect" | "lvm" | "lvmthin" | "nfs" | "pbs" | "rbd" | "zfs" | "zfspool";
  username?: string;
  vgname?: string;
  /** Since 9.0. */
  "zfs-base-path"?: string;
}

export interface PostStorageResult {
  [key: string]: unknown;
  config?: { "encryption-key"?: string; [key: string]: unknown };
  storage: string;
  type: "btrfs" | "cephfs" | "cifs" | "dir" | "esxi" | "iscsi" | "iscsidirect" | "lvm" | "lvmthin" | "nfs" | "pbs" | "rbd" | "zfs" | "zfspool";
}

export interface GetStorageByStorageParams {
  storage: string;
}

export type GetStorageByStorageResult = Record<string, unknown>;

export interface PutStorageByStorageParams {
  blocksize?: string;
  bwlimit?: string | BwlimitKeys;
  comstar_hg?: string;
  comstar_tg?: string;
  content?: string | readonly string[];
  "content-dirs"?: string | readonly string[];
  /** Since 8.0. */
  "create-base-path"?: boolean | 0 | 1;
  /** Since 8.0. */
  "create-subdirs"?: boolean | 0 | 1;
  "data-pool"?: string;
  delete?: string | readonly string[];
  digest?: string;
  disable?: boolean | 0 | 1;
  domain?: string;
  "encryption-key"?: string;
  fingerprint?: string;
  format?: "raw" | "qcow2" | "subvol" | "vmdk";
  "fs-name"?: string;
  fuse?: boolean | 0 | 1;
  is_mountpoint?: string;
  keyring?: string;
  krbd?: boolean | 0 | 1;
  lio_tpg?: string;
  "master-pubkey"?: string;
  "max-protected-backups"?: number;
  /** @deprecated */
  mkdir?: boolean | 0 | 1;
  monhost?: string | readonly string[];
  mountpoint?: string;
  namespace?: string;
  nocow?: boolean | 0 | 1;
  nodes?: string | readonly string[];
  nowritecache?: boolean | 0 | 1;
  options?: string;
  password?: string;
  pool?: string;
  port?: number;
  preallocation?: "off" | "metadata" | "falloc" | "full";
  "prune-backups"?: string | PruneBackupsKeys;
  saferemove?: boolean | 0 | 1;
  /** Since 9.1. */
  "saferemove-stepsize"?: 1 | 2 | 4 | 8 | 16 | 32;
  saferemove_throughput?: string;
  server?: string;
  shared?: boolean | 0 | 1;
  /** Since 8.4. */
  "skip-cert-verification"?: boolean | 0 | 1;
  smbversion?: "default" | "2.0" | "2.1" | "3" | "3.0" | "3.11";
  /** Since 9.0. */
  "snapshot-as-volume-chain"?: boolean | 0 | 1;
  sparse?: boolean | 0 | 1;
  storage: string;
  subdir?: string;
  tagged_only?: boolean | 0 | 1;
  username?: string;
  /** Since 9.0. */
  "zfs-base-path"?: string;
}

export interface PutStorageByStorageResult {
  [key: string]: unknown;
  config?: { "encryption-key"?: string; [key: string]: unknown };
  storage: string;
  type: "btrfs" | "cephfs" | "cifs" | "dir" | "esxi" | "iscsi" | "iscsidirect" | "lvm" | "lvmthin" | "nfs" | "pbs" | "rbd" | "zfs" | "zfspool";
}

export interface DeleteStorageByStorageParams {
  storage: string;
}

export type DeleteStorageByStorageResult = null;
