// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface PostNodesStartallParams {
  force?: boolean | 0 | 1;
  /** Since 9.1. */
  "max-workers"?: number;
  node: string;
  vms?: string | readonly string[];
}

export type PostNodesStartallResult = string;
