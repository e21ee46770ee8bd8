// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetNodesSubscriptionParams {
  node: string;
}

export interface GetNodesSubscriptionResult {
  [key: string]: unknown;
  checktime?: number;
  key?: string;
  level?: string;
  message?: string;
  nextduedate?: string;
  productname?: string;
  regdate?: string;
  serverid?: string;
  signature?: string;
  sockets?: number;
  status: "new" | "notfound" | "active" | "invalid" | "expired" | "suspended";
  url?: string;
}

export interface PostNodesSubscriptionParams {
  force?: boolean | 0 | 1;
  node: string;
}

export type PostNodesSubscriptionResult = null;

export interface PutNodesSubscriptionParams {
  key: string;
  node: string;
}

export type PutNodesSubscriptionResult = null;

export interface DeleteNodesSubscriptionParams {
  node: string;
}

export type DeleteNodesSubscriptionResult = null;
