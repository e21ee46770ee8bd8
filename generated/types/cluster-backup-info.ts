// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export type GetClusterBackupInfoParams = Record<string, never>;

export interface GetClusterBackupInfoResultItem {
  [key: string]: unknown;
  subdir: string;
}

export type GetClusterBackupInfoResult = GetClusterBackupInfoResultItem[];
export type GetClusterBackupInfoNotBackedUpParams = Record<string, never>;

export interface GetClusterBackupInfoNotBackedUpResultItem {
  [key: string]: unknown;
  name?: string;
  type: "qemu" | "lxc";
  vmid: number;
}

export type GetClusterBackupInfoNotBackedUpResult = GetClusterBackupInfoNotBackedUpResultItem[];
