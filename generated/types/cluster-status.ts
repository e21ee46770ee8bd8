// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export type GetClusterStatusParams = Record<string, never>;

export interface GetClusterStatusResultItem {
  [key: string]: unknown;
  id: string;
  ip?: string;
  level?: string;
  local?: boolean;
  name: string;
  nodeid?: number;
  nodes?: number;
  online?: boolean;
  quorate?: boolean;
  type: "cluster" | "node";
  version?: number;
}

export type GetClusterStatusResult = GetClusterStatusResultItem[];
