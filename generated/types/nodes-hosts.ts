// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetNodesHostsParams {
  node: string;
}

export interface GetNodesHostsResult {
  [key: string]: unknown;
  data: string;
  digest?: string;
}

export interface PostNodesHostsParams {
  data: string;
  digest?: string;
  node: string;
}

export type PostNodesHostsResult = null;
