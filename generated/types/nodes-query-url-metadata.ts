// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetNodesQueryUrlMetadataParams {
  node: string;
  url: string;
  "verify-certificates"?: boolean | 0 | 1;
}

export interface GetNodesQueryUrlMetadataResult {
  [key: string]: unknown;
  filename?: string;
  mimetype?: string;
  size?: number;
}
