// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export type GetClusterTasksParams = Record<string, never>;

export interface GetClusterTasksResultItem {
  [key: string]: unknown;
  upid: string;
}

export type GetClusterTasksResult = GetClusterTasksResultItem[];
