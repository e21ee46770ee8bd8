// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetNodesScanParams {
  node: string;
}

export interface GetNodesScanResultItem {
  [key: string]: unknown;
  method: string;
}

export type GetNodesScanResult = GetNodesScanResultItem[];

export interface GetNodesScanCifsParams {
  domain?: string;
  node: string;
  password?: string;
  server: string;
  username?: string;
}

export interface GetNodesScanCifsResultItem {
  [key: string]: unknown;
  description: string;
  share: string;
}

export type GetNodesScanCifsResult = GetNodesScanCifsResultItem[];

export interface GetNodesScanIscsiParams {
  node: string;
  portal: string;
}

export interface GetNodesScanIscsiResultItem {
  [key: string]: unknown;
  portal: string;
  target: string;
}

export type GetNodesScanIscsiResult = GetNodesScanIscsiResultItem[];

export interface GetNodesScanLvmParams {
  node: string;
}

export interface GetNodesScanLvmResultItem {
  [key: string]: unknown;
  vg: string;
}

export type GetNodesScanLvmResult = GetNodesScanLvmResultItem[];

export interface GetNodesScanLvmthinParams {
  node: string;
  vg: string;
}

export interface GetNodesScanLvmthinResultItem {
  [key: string]: unknown;
  lv: string;
}

export type GetNodesScanLvmthinResult = GetNodesScanLvmthinResultItem[];

export interface GetNodesScanNfsParams {
  node: string;
  server: string;
}

export interface GetNodesScanNfsResultItem {
  [key: string]: unknown;
  options: string;
  path: string;
}

export type GetNodesScanNfsResult = GetNodesScanNfsResultItem[];

export interface GetNodesScanPbsParams {
  fingerprint?: string;
  node: string;
  password: string;
  port?: number;
  server: string;
  username: string;
}

export interface GetNodesScanPbsResultItem {
  [key: string]: unknown;
  comment?: string;
  store: string;
}

export type GetNodesScanPbsResult = GetNodesScanPbsResultItem[];

export interface GetNodesScanZfsParams {
  node: string;
}

export interface GetNodesScanZfsResultItem {
  [key: string]: unknown;
  pool: string;
}

export type GetNodesScanZfsResult = GetNodesScanZfsResultItem[];
