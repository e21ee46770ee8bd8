// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetNodesAptParams {
  node: string;
}

export interface GetNodesAptResultItem {
  [key: string]: unknown;
  id: string;
}

export type GetNodesAptResult = GetNodesAptResultItem[];

export interface GetNodesAptChangelogParams {
  name: string;
  node: string;
  version?: string;
}

export type GetNodesAptChangelogResult = string;

export interface GetNodesAptRepositoriesParams {
  node: string;
}

export interface GetNodesAptRepositoriesResult {
  [key: string]: unknown;
  digest: string;
  errors: ({ error: string; path: string; [key: string]: unknown })[];
  files: ({ digest: number[]; "file-type": "list" | "sources"; path: string; repositories: ({ Comment?: string; Components?: string[]; Enabled: boolean; FileType: "list" | "sources"; Options?: ({ Key: string; Values: string[]; [key: string]: unknown })[]; Suites: string[]; Types: ("deb" | "deb-src")[]; URIs: string[]; [key: string]: unknown })[]; [key: string]: unknown })[];
  infos: ({ index: string; kind: string; message: string; path: string; property?: string; [key: string]: unknown })[];
  "standard-repos": ({ handle: string; name: string; status?: boolean; [key: string]: unknown })[];
}

export interface PostNodesAptRepositoriesParams {
  digest?: string;
  enabled?: boolean | 0 | 1;
  index: number;
  node: string;
  path: string;
}

export type PostNodesAptRepositoriesResult = null;

export interface PutNodesAptRepositoriesParams {
  digest?: string;
  handle: string;
  node: string;
}

export type PutNodesAptRepositoriesResult = null;

export interface GetNodesAptUpdateParams {
  node: string;
}

export interface GetNodesAptUpdateResultItem {
  [key: string]: unknown;
  Arch: "armhf" | "arm64" | "amd64" | "ppc64el" | "risc64" | "s390x" | "all";
  Description: string;
  NotifyStatus?: string;
  OldVersion?: string;
  Origin: string;
  Package: string;
  Priority: string;
  Section: string;
  Title: string;
  Version: string;
}

export type GetNodesAptUpdateResult = GetNodesAptUpdateResultItem[];

export interface PostNodesAptUpdateParams {
  node: string;
  notify?: boolean | 0 | 1;
  quiet?: boolean | 0 | 1;
}

export type PostNodesAptUpdateResult = string;

export interface GetNodesAptVersionsParams {
  node: string;
}

export interface GetNodesAptVersionsResultItem {
  [key: string]: unknown;
  Arch: "armhf" | "arm64" | "amd64" | "ppc64el" | "risc64" | "s390x" | "all";
  CurrentState: "Installed" | "NotInstalled" | "UnPacked" | "HalfConfigured" | "HalfInstalled" | "ConfigFiles";
  Description: string;
  ManagerVersion?: string;
  NotifyStatus?: string;
  OldVersion?: string;
  Origin: string;
  Package: string;
  Priority: string;
  RunningKernel?: string;
  Section: string;
  Title: string;
  Version: string;
}

export type GetNodesAptVersionsResult = GetNodesAptVersionsResultItem[];
