// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface PostNodesWakeonlanParams {
  node: string;
}

export type PostNodesWakeonlanResult = string;
