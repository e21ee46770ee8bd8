// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetNodesQueryOciRepoTagsParams {
  node: string;
  reference: string;
}

export type GetNodesQueryOciRepoTagsResult = string[];
