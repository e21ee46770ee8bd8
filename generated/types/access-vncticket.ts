// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface PostAccessVncticketParams {
  authid: string;
  path: string;
  port?: number;
  privs: string | readonly string[];
  vncticket: string;
}

export type PostAccessVncticketResult = null;
