// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface PutAccessPasswordParams {
  /** Since 8.4. */
  "confirmation-password"?: string;
  password: string;
  userid: string;
}

export type PutAccessPasswordResult = null;
