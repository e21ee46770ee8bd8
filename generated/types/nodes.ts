// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export type GetNodesParams = Record<string, never>;

export interface GetNodesResultItem {
  [key: string]: unknown;
  cpu?: number;
  level?: string;
  maxcpu?: number;
  maxmem?: number;
  mem?: number;
  node: string;
  ssl_fingerprint?: string;
  status: "unknown" | "online" | "offline";
  uptime?: number;
}

export type GetNodesResult = GetNodesResultItem[];

export interface GetNodesByNodeParams {
  node: string;
}

export type GetNodesByNodeResult = (Record<string, unknown>)[];
