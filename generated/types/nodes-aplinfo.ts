// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetNodesAplinfoParams {
  node: string;
}

export type GetNodesAplinfoResult = (Record<string, unknown>)[];

export interface PostNodesAplinfoParams {
  node: string;
  storage: string;
  template: string;
}

export type PostNodesAplinfoResult = string;
