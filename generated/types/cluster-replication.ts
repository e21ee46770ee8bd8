// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export type GetClusterReplicationParams = Record<string, never>;

export interface GetClusterReplicationResultItem {
  [key: string]: unknown;
  comment?: string;
  disable?: boolean;
  guest: number;
  id: string;
  jobnum: number;
  rate?: number;
  remove_job?: "local" | "full";
  schedule?: string;
  source?: string;
  target: string;
  type: "local";
}

export type GetClusterReplicationResult = GetClusterReplicationResultItem[];

export interface PostClusterReplicationParams {
  comment?: string;
  disable?: boolean | 0 | 1;
  id: string;
  rate?: number;
  remove_job?: "local" | "full";
  schedule?: string;
  source?: string;
  target: string;
  type: "local";
}

export type PostClusterReplicationResult = null;

export interface GetClusterReplicationByIdParams {
  id: string;
}

export interface GetClusterReplicationByIdResult {
  [key: string]: unknown;
  comment?: string;
  digest?: string;
  disable?: boolean;
  guest: number;
  id: string;
  jobnum: number;
  rate?: number;
  remove_job?: "local" | "full";
  schedule?: string;
  source?: string;
  target: string;
  type: "local";
}

export interface PutClusterReplicationByIdParams {
  comment?: string;
  delete?: string | readonly string[];
  digest?: string;
  disable?: boolean | 0 | 1;
  id: string;
  rate?: number;
  remove_job?: "local" | "full";
  schedule?: string;
  source?: string;
}

export type PutClusterReplicationByIdResult = null;

export interface DeleteClusterReplicationByIdParams {
  force?: boolean | 0 | 1;
  id: string;
  keep?: boolean | 0 | 1;
}

export type DeleteClusterReplicationByIdResult = null;
