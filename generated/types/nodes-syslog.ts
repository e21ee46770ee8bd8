// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetNodesSyslogParams {
  limit?: number;
  node: string;
  service?: string;
  since?: string;
  start?: number;
  until?: string;
}

export interface GetNodesSyslogResultItem {
  [key: string]: unknown;
  n: number;
  t: string;
}

export type GetNodesSyslogResult = GetNodesSyslogResultItem[];
