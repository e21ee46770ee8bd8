// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetClusterLogParams {
  max?: number;
}

export type GetClusterLogResult = (Record<string, unknown>)[];
