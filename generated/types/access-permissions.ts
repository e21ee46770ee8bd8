// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetAccessPermissionsParams {
  path?: string;
  userid?: string;
}

export type GetAccessPermissionsResult = Record<string, unknown>;
