// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface PostNodesSuspendallParams {
  /** Since 9.1. */
  "max-workers"?: number;
  node: string;
  vms?: string | readonly string[];
}

export type PostNodesSuspendallResult = string;
