// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export type GetAccessGroupsParams = Record<string, never>;

export interface GetAccessGroupsResultItem {
  [key: string]: unknown;
  comment?: string;
  groupid: string;
  users?: string;
}

export type GetAccessGroupsResult = GetAccessGroupsResultItem[];

export interface PostAccessGroupsParams {
  comment?: string;
  groupid: string;
}

export type PostAccessGroupsResult = null;

export interface GetAccessGroupsByGroupidParams {
  groupid: string;
}

export interface GetAccessGroupsByGroupidResult {
  [key: string]: unknown;
  comment?: string;
  members: string[];
}

export interface PutAccessGroupsByGroupidParams {
  comment?: string;
  groupid: string;
}

export type PutAccessGroupsByGroupidResult = null;

export interface DeleteAccessGroupsByGroupidParams {
  groupid: string;
}

export type DeleteAccessGroupsByGroupidResult = null;
