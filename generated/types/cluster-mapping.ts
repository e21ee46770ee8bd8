// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export type GetClusterMappingParams = Record<string, never>;
export type GetClusterMappingResult = (Record<string, unknown>)[];

export interface GetClusterMappingDirParams {
  "check-node"?: string;
}

export interface GetClusterMappingDirResultItem {
  [key: string]: unknown;
  checks?: ({ message: string; severity: "warning" | "error"; [key: string]: unknown })[];
  description: string;
  id: string;
  map: string[];
}

export type GetClusterMappingDirResult = GetClusterMappingDirResultItem[];

export interface MapKeys {
  node: string;
  path: string;
}

export interface PostClusterMappingDirParams {
  description?: string;
  id: string;
  map: readonly (string | MapKeys)[];
}

export type PostClusterMappingDirResult = null;

export interface GetClusterMappingDirByIdParams {
  id: string;
}

export type GetClusterMappingDirByIdResult = Record<string, unknown>;

export interface PutClusterMappingDirByIdParams {
  delete?: string | readonly string[];
  description?: string;
  digest?: string;
  id: string;
  map?: readonly (string | MapKeys)[];
}

export type PutClusterMappingDirByIdResult = null;

export interface DeleteClusterMappingDirByIdParams {
  id: string;
}

export type DeleteClusterMappingDirByIdResult = null;

export interface GetClusterMappingPciParams {
  "check-node"?: string;
}

export interface GetClusterMappingPciResultItem {
  [key: string]: unknown;
  checks?: ({ message: string; severity: "warning" | "error"; [key: string]: unknown })[];
  description: string;
  id: string;
  map: string[];
}

export type GetClusterMappingPciResult = GetClusterMappingPciResultItem[];

export interface PostClusterMappingPciMapKeys {
  description?: string;
  id: string;
  iommugroup?: number;
  node: string;
  path: string;
  "subsystem-id"?: string;
}

export interface PostClusterMappingPciParams {
  description?: string;
  id: string;
  /** Since 8.4. */
  "live-migration-capable"?: boolean | 0 | 1;
  map: readonly (string | PostClusterMappingPciMapKeys)[];
  mdev?: boolean | 0 | 1;
}

export type PostClusterMappingPciResult = null;

export interface GetClusterMappingPciByIdParams {
  id: string;
}

export type GetClusterMappingPciByIdResult = Record<string, unknown>;

export interface PutClusterMappingPciByIdParams {
  delete?: string | readonly string[];
  description?: string;
  digest?: string;
  id: string;
  /** Since 8.4. */
  "live-migration-capable"?: boolean | 0 | 1;
  map?: readonly (string | PostClusterMappingPciMapKeys)[];
  mdev?: boolean | 0 | 1;
}

export type PutClusterMappingPciByIdResult = null;

export interface DeleteClusterMappingPciByIdParams {
  id: string;
}

export type DeleteClusterMappingPciByIdResult = null;

export interface GetClusterMappingUsbParams {
  "check-node"?: string;
}

export interface GetClusterMappingUsbResultItem {
  [key: string]: unknown;
  description: string;
  error: ({ message: string; severity: string; [key: string]: unknown })[];
  id: string;
  map: string[];
}

export type GetClusterMappingUsbResult = GetClusterMappingUsbResultItem[];

export interface PostClusterMappingUsbMapKeys {
  description?: string;
  id: string;
  node: string;
  path?: string;
}

export interface PostClusterMappingUsbParams {
  description?: string;
  id: string;
  map: readonly (string | PostClusterMappingUsbMapKeys)[];
}

export type PostClusterMappingUsbResult = null;

export interface GetClusterMappingUsbByIdParams {
  id: string;
}

export type GetClusterMappingUsbByIdResult = Record<string, unknown>;

export interface PutClusterMappingUsbByIdParams {
  delete?: string | readonly string[];
  description?: string;
  digest?: string;
  id: string;
  map: readonly (string | PostClusterMappingUsbMapKeys)[];
}

export type PutClusterMappingUsbByIdResult = null;

export interface DeleteClusterMappingUsbByIdParams {
  id: string;
}

export type DeleteClusterMappingUsbByIdResult = null;
