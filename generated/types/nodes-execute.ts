// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface PostNodesExecuteParams {
  commands: string;
  node: string;
}

export type PostNodesExecuteResult = (Record<string, unknown>)[];
