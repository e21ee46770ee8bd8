// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export type GetAccessOpenidParams = Record<string, never>;

export interface GetAccessOpenidResultItem {
  [key: string]: unknown;
  subdir: string;
}

export type GetAccessOpenidResult = GetAccessOpenidResultItem[];

export interface PostAccessOpenidAuthUrlParams {
  realm: string;
  "redirect-url": string;
}

export type PostAccessOpenidAuthUrlResult = string;

export interface PostAccessOpenidLoginParams {
  code: string;
  "redirect-url": string;
  state: string;
}

export interface PostAccessOpenidLoginResult {
  [key: string]: unknown;
  CSRFPreventionToken: string;
  cap: Record<string, unknown>;
  clustername?: string;
  ticket: string;
  username: string;
}
