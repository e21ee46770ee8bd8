// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetPoolsParams {
  /** Since 8.4. */
  poolid?: string;
  /** Since 8.4. */
  type?: "qemu" | "lxc" | "storage";
}

export interface GetPoolsResultItem {
  [key: string]: unknown;
  comment?: string;
  members?: ({ id: string; node: string; storage?: string; type: "qemu" | "lxc" | "openvz" | "storage"; vmid?: number; [key: string]: unknown })[];
  poolid: string;
}

export type GetPoolsResult = GetPoolsResultItem[];

export interface PostPoolsParams {
  comment?: string;
  poolid: string;
}

export type PostPoolsResult = null;

export interface PutPoolsParams {
  "allow-move"?: boolean | 0 | 1;
  comment?: string;
  delete?: boolean | 0 | 1;
  poolid: string;
  storage?: string | readonly string[];
  vms?: string | readonly string[];
}

export type PutPoolsResult = null;

export interface DeletePoolsParams {
  poolid: string;
}

export type DeletePoolsResult = null;

export interface GetPoolsByPoolidParams {
  poolid: string;
  type?: "qemu" | "lxc" | "storage";
}

export interface GetPoolsByPoolidResult {
  [key: string]: unknown;
  comment?: string;
  members: ({ id: string; node: string; storage?: string; type: "qemu" | "lxc" | "openvz" | "storage"; vmid?: number; [key: string]: unknown })[];
}

export interface PutPoolsByPoolidParams {
  /** Since 8.4. */
  "allow-move"?: boolean | 0 | 1;
  comment?: string;
  delete?: boolean | 0 | 1;
  poolid: string;
  storage?: string | readonly string[];
  vms?: string | readonly string[];
}

export type PutPoolsByPoolidResult = null;

export interface DeletePoolsByPoolidParams {
  poolid: string;
}

export type DeletePoolsByPoolidResult = null;
