// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetNodesTimeParams {
  node: string;
}

export interface GetNodesTimeResult {
  [key: string]: unknown;
  localtime: number;
  time: number;
  timezone: string;
}

export interface PutNodesTimeParams {
  node: string;
  timezone: string;
}

export type PutNodesTimeResult = null;
