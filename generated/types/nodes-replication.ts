// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetNodesReplicationParams {
  guest?: number;
  node: string;
}

export interface GetNodesReplicationResultItem {
  [key: string]: unknown;
  id: string;
}

export type GetNodesReplicationResult = GetNodesReplicationResultItem[];

export interface GetNodesReplicationByIdParams {
  id: string;
  node: string;
}

export type GetNodesReplicationByIdResult = (Record<string, unknown>)[];

export interface GetNodesReplicationLogParams {
  id: string;
  limit?: number;
  node: string;
  start?: number;
}

export interface GetNodesReplicationLogResultItem {
  [key: string]: unknown;
  n: number;
  t: string;
}

export type GetNodesReplicationLogResult = GetNodesReplicationLogResultItem[];

export interface PostNodesReplicationScheduleNowParams {
  id: string;
  node: string;
}

export type PostNodesReplicationScheduleNowResult = string;

export interface GetNodesReplicationStatusParams {
  id: string;
  node: string;
}

export type GetNodesReplicationStatusResult = Record<string, unknown>;
