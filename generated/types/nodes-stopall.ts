// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface PostNodesStopallParams {
  "force-stop"?: boolean | 0 | 1;
  /** Since 9.1. */
  "max-workers"?: number;
  node: string;
  timeout?: number;
  vms?: string | readonly string[];
}

export type PostNodesStopallResult = string;
