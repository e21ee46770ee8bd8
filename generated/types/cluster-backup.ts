// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export type GetClusterBackupParams = Record<string, never>;

export interface GetClusterBackupResultItem {
  [key: string]: unknown;
  all?: boolean;
  bwlimit?: number;
  comment?: string;
  compress?: "0" | "1" | "gzip" | "lzo" | "zstd";
  dumpdir?: string;
  enabled?: boolean;
  exclude?: string;
  "exclude-path"?: string[];
  fleecing?: { enabled?: boolean; storage?: string; [key: string]: unknown };
  id: string;
  ionice?: number;
  lockwait?: number;
  /** @deprecated */
  mailnotification?: "always" | "failure";
  /** @deprecated */
  mailto?: string;
  mode?: "snapshot" | "suspend" | "stop";
  "next-run"?: number;
  node?: string;
  "notes-template"?: string;
  "notification-mode"?: "auto" | "legacy-sendmail" | "notification-system";
  "pbs-change-detection-mode"?: "legacy" | "data" | "metadata";
  performance?: { "max-workers"?: number; "pbs-entries-max"?: number; [key: string]: unknown };
  pigz?: number;
  pool?: string;
  protected?: boolean;
  "prune-backups"?: { "keep-all"?: boolean; "keep-daily"?: number; "keep-hourly"?: number; "keep-last"?: number; "keep-monthly"?: number; "keep-weekly"?: number; "keep-yearly"?: number; [key: string]: unknown };
  quiet?: boolean;
  remove?: boolean;
  "repeat-missed"?: boolean;
  schedule?: string;
  script?: string;
  stdexcludes?: boolean;
  stop?: boolean;
  stopwait?: number;
  storage?: string;
  tmpdir?: string;
  vmid?: string;
  zstd?: number;
}

export type GetClusterBackupResult = GetClusterBackupResultItem[];

export interface FleecingKeys {
  enabled?: boolean | 0 | 1;
  storage?: string;
}

export interface PerformanceKeys {
  "max-workers"?: number;
  "pbs-entries-max"?: number;
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

export interface PostClusterBackupParams {
  all?: boolean | 0 | 1;
  bwlimit?: number;
  comment?: string;
  compress?: "0" | "1" | "gzip" | "lzo" | "zstd";
  /** @deprecated */
  dow?: string | readonly string[];
  dumpdir?: string;
  enabled?: boolean | 0 | 1;
  exclude?: string | readonly string[];
  "exclude-path"?: readonly string[];
  /** Since 8.4. */
  fleecing?: string | FleecingKeys;
  id?: string;
  ionice?: number;
  lockwait?: number;
  /** @deprecated */
  mailnotification?: "always" | "failure";
  /** @deprecated */
  mailto?: string | readonly string[];
  mode?: "snapshot" | "suspend" | "stop";
  node?: string;
  "notes-template"?: string;
  /** Since 8.4. */
  "notification-mode"?: "auto" | "legacy-sendmail" | "notification-system";
  /** Since 8.4. */
  "pbs-change-detection-mode"?: "legacy" | "data" | "metadata";
  performance?: string | PerformanceKeys;
  pigz?: number;
  pool?: string;
  protected?: boolean | 0 | 1;
  "prune-backups"?: string | PruneBackupsKeys;
  quiet?: boolean | 0 | 1;
  remove?: boolean | 0 | 1;
  "repeat-missed"?: boolean | 0 | 1;
  schedule?: string;
  script?: string;
  /** @deprecated */
  starttime?: string;
  stdexcludes?: boolean | 0 | 1;
  stop?: boolean | 0 | 1;
  stopwait?: number;
  storage?: string;
  tmpdir?: string;
  vmid?: string | readonly string[];
  zstd?: number;
}

export type PostClusterBackupResult = null;

export interface GetClusterBackupByIdParams {
  id: string;
}

export interface GetClusterBackupByIdResult {
  [key: string]: unknown;
  all?: boolean;
  bwlimit?: number;
  comment?: string;
  compress?: "0" | "1" | "gzip" | "lzo" | "zstd";
  dumpdir?: string;
  enabled?: boolean;
  exclude?: string;
  "exclude-path"?: string[];
  fleecing?: { enabled?: boolean; storage?: string; [key: string]: unknown };
  id: string;
  ionice?: number;
  lockwait?: number;
  /** @deprecated */
  mailnotification?: "always" | "failure";
  /** @deprecated */
  mailto?: string;
  mode?: "snapshot" | "suspend" | "stop";
  "next-run"?: number;
  node?: string;
  "notes-template"?: string;
  "notification-mode"?: "auto" | "legacy-sendmail" | "notification-system";
  "pbs-change-detection-mode"?: "legacy" | "data" | "metadata";
  performance?: { "max-workers"?: number; "pbs-entries-max"?: number; [key: string]: unknown };
  pigz?: number;
  pool?: string;
  protected?: boolean;
  "prune-backups"?: { "keep-all"?: boolean; "keep-daily"?: number; "keep-hourly"?: number; "keep-last"?: number; "keep-monthly"?: number; "keep-weekly"?: number; "keep-yearly"?: number; [key: string]: unknown };
  quiet?: boolean;
  remove?: boolean;
  "repeat-missed"?: boolean;
  schedule?: string;
  script?: string;
  stdexcludes?: boolean;
  stop?: boolean;
  stopwait?: number;
  storage?: string;
  tmpdir?: string;
  vmid?: string;
  zstd?: number;
}

export interface PutClusterBackupByIdParams {
  all?: boolean | 0 | 1;
  bwlimit?: number;
  comment?: string;
  compress?: "0" | "1" | "gzip" | "lzo" | "zstd";
  delete?: string | readonly string[];
  /** @deprecated */
  dow?: string | readonly string[];
  dumpdir?: string;
  enabled?: boolean | 0 | 1;
  exclude?: string | readonly string[];
  "exclude-path"?: readonly string[];
  /** Since 8.4. */
  fleecing?: string | FleecingKeys;
  id: string;
  ionice?: number;
  lockwait?: number;
  /** @deprecated */
  mailnotification?: "always" | "failure";
  /** @deprecated */
  mailto?: string | readonly string[];
  mode?: "snapshot" | "suspend" | "stop";
  node?: string;
  "notes-template"?: string;
  /** Since 8.4. */
  "notification-mode"?: "auto" | "legacy-sendmail" | "notification-system";
  /** Since 8.4. */
  "pbs-change-detection-mode"?: "legacy" | "data" | "metadata";
  performance?: string | PerformanceKeys;
  pigz?: number;
  pool?: string;
  protected?: boolean | 0 | 1;
  "prune-backups"?: string | PruneBackupsKeys;
  quiet?: boolean | 0 | 1;
  remove?: boolean | 0 | 1;
  "repeat-missed"?: boolean | 0 | 1;
  schedule?: string;
  script?: string;
  /** @deprecated */
  starttime?: string;
  stdexcludes?: boolean | 0 | 1;
  stop?: boolean | 0 | 1;
  stopwait?: number;
  storage?: string;
  tmpdir?: string;
  vmid?: string | readonly string[];
  zstd?: number;
}

export type PutClusterBackupByIdResult = null;

export interface DeleteClusterBackupByIdParams {
  id: string;
}

export type DeleteClusterBackupByIdResult = null;

export interface GetClusterBackupIncludedVolumesParams {
  id: string;
}

export interface GetClusterBackupIncludedVolumesResult {
  [key: string]: unknown;
  children: ({ children?: ({ id: string; included: boolean; name: string; reason: string; [key: string]: unknown })[]; id: number; name?: string; type: "qemu" | "lxc" | "unknown"; [key: string]: unknown })[];
}
