// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetNodesVersionParams {
  node: string;
}

export interface GetNodesVersionResult {
  [key: string]: unknown;
  release: string;
  repoid: string;
  version: string;
}
