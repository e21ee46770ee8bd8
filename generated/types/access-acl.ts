// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export type GetAccessAclParams = Record<string, never>;

export interface GetAccessAclResultItem {
  [key: string]: unknown;
  path: string;
  propagate?: boolean;
  roleid: string;
  type: "user" | "group" | "token";
  ugid: string;
}

export type GetAccessAclResult = GetAccessAclResultItem[];

export interface PutAccessAclParams {
  delete?: boolean | 0 | 1;
  groups?: string | readonly string[];
  path: string;
  propagate?: boolean | 0 | 1;
  roles: string | readonly string[];
  tokens?: string | readonly string[];
  users?: string | readonly string[];
}

export type PutAccessAclResult = null;
