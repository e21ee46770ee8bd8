// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetNodesDnsParams {
  node: string;
}

export interface GetNodesDnsResult {
  [key: string]: unknown;
  dns1?: string;
  dns2?: string;
  dns3?: string;
  search?: string;
}

export interface PutNodesDnsParams {
  dns1?: string;
  dns2?: string;
  dns3?: string;
  node: string;
  search: string;
}

export type PutNodesDnsResult = null;
