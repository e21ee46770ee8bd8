// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetAccessTicketParams {
  [key: string]: unknown;
}

export type GetAccessTicketResult = null;

export interface PostAccessTicketParams {
  "new-format"?: boolean | 0 | 1;
  otp?: string;
  password: string;
  path?: string;
  privs?: string | readonly string[];
  realm?: string;
  "tfa-challenge"?: string;
  username: string;
}

export interface PostAccessTicketResult {
  [key: string]: unknown;
  CSRFPreventionToken?: string;
  clustername?: string;
  ticket?: string;
  username: string;
}
