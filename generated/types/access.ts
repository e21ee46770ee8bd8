// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export type GetAccessParams = Record<string, never>;

export interface GetAccessResultItem {
  [key: string]: unknown;
  subdir: string;
}

export type GetAccessResult = GetAccessResultItem[];
