// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface PostNodesMigrateallParams {
  /** Since 9.1. */
  "max-workers"?: number;
  /** @deprecated */
  maxworkers?: number;
  node: string;
  target: string;
  vms?: string | readonly string[];
  "with-local-disks"?: boolean | 0 | 1;
}

export type PostNodesMigrateallResult = string;
