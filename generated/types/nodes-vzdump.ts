// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

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

export interface PostNodesVzdumpParams {
  all?: boolean | 0 | 1;
  bwlimit?: number;
  compress?: "0" | "1" | "gzip" | "lzo" | "zstd";
  dumpdir?: string;
  exclude?: string | readonly string[];
  "exclude-path"?: readonly string[];
  /** Since 8.4. */
  fleecing?: string | FleecingKeys;
  ionice?: number;
  /** Since 8.4. */
  "job-id"?: string;
  lockwait?: number;
  /** @deprecated */
  mailnotification?: "always" | "failure";
  /** @deprecated */
  mailto?: string | readonly string[];
  mode?: "snapshot" | "suspend" | "stop";
  node: string;
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
  script?: string;
  stdexcludes?: boolean | 0 | 1;
  stdout?: boolean | 0 | 1;
  stop?: boolean | 0 | 1;
  stopwait?: number;
  storage?: string;
  tmpdir?: string;
  vmid?: string | readonly string[];
  zstd?: number;
}

export type PostNodesVzdumpResult = string;

export interface GetNodesVzdumpDefaultsParams {
  node: string;
  storage?: string;
}

export interface GetNodesVzdumpDefaultsResult {
  [key: string]: unknown;
  all?: boolean;
  bwlimit?: number;
  compress?: "0" | "1" | "gzip" | "lzo" | "zstd";
  dumpdir?: string;
  exclude?: string;
  "exclude-path"?: string[];
  fleecing?: string;
  ionice?: number;
  lockwait?: number;
  /** @deprecated */
  mailnotification?: "always" | "failure";
  /** @deprecated */
  mailto?: string;
  mode?: "snapshot" | "suspend" | "stop";
  node?: string;
  "notes-template"?: string;
  "notification-mode"?: "auto" | "legacy-sendmail" | "notification-system";
  "pbs-change-detection-mode"?: "legacy" | "data" | "metadata";
  performance?: string;
  pigz?: number;
  pool?: string;
  protected?: boolean;
  "prune-backups"?: string;
  quiet?: boolean;
  remove?: boolean;
  script?: string;
  stdexcludes?: boolean;
  stop?: boolean;
  stopwait?: number;
  storage?: string;
  tmpdir?: string;
  vmid?: string;
  zstd?: number;
}

export interface GetNodesVzdumpExtractconfigParams {
  node: string;
  volume: string;
}

export type GetNodesVzdumpExtractconfigResult = string;
