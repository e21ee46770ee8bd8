// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export type GetClusterJobsParams = Record<string, never>;

export interface GetClusterJobsResultItem {
  [key: string]: unknown;
  subdir: string;
}

export type GetClusterJobsResult = GetClusterJobsResultItem[];
export type GetClusterJobsRealmSyncParams = Record<string, never>;

export interface GetClusterJobsRealmSyncResultItem {
  [key: string]: unknown;
  comment?: string;
  enabled: boolean;
  id: string;
  "last-run"?: number;
  "next-run"?: number;
  realm: string;
  "remove-vanished"?: string;
  schedule: string;
  scope?: "users" | "groups" | "both";
}

export type GetClusterJobsRealmSyncResult = GetClusterJobsRealmSyncResultItem[];

export interface GetClusterJobsRealmSyncByIdParams {
  id: string;
}

export type GetClusterJobsRealmSyncByIdResult = Record<string, unknown>;

export interface PostClusterJobsRealmSyncByIdParams {
  comment?: string;
  "enable-new"?: boolean | 0 | 1;
  enabled?: boolean | 0 | 1;
  id: string;
  realm?: string;
  "remove-vanished"?: string;
  schedule: string;
  scope?: "users" | "groups" | "both";
}

export type PostClusterJobsRealmSyncByIdResult = null;

export interface PutClusterJobsRealmSyncByIdParams {
  comment?: string;
  delete?: string | readonly string[];
  "enable-new"?: boolean | 0 | 1;
  enabled?: boolean | 0 | 1;
  id: string;
  "remove-vanished"?: string;
  schedule: string;
  scope?: "users" | "groups" | "both";
}

export type PutClusterJobsRealmSyncByIdResult = null;

export interface DeleteClusterJobsRealmSyncByIdParams {
  id: string;
}

export type DeleteClusterJobsRealmSyncByIdResult = null;

export interface GetClusterJobsScheduleAnalyzeParams {
  iterations?: number;
  schedule: string;
  starttime?: number;
}

export interface GetClusterJobsScheduleAnalyzeResultItem {
  [key: string]: unknown;
  timestamp: number;
  utc: string;
}

export type GetClusterJobsScheduleAnalyzeResult = GetClusterJobsScheduleAnalyzeResultItem[];
