// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export type GetClusterParams = Record<string, never>;
export type GetClusterResult = (Record<string, unknown>)[];
