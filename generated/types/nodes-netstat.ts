// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetNodesNetstatParams {
  node: string;
}

export type GetNodesNetstatResult = (Record<string, unknown>)[];
