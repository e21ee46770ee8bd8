// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export type GetClusterConfigParams = Record<string, never>;
export type GetClusterConfigResult = (Record<string, unknown>)[];

export interface LinkKeys {
  address: string;
  priority?: number;
}

export interface PostClusterConfigParams {
  [key: `link${number}`]: string | LinkKeys | undefined;
  clustername: string;
  nodeid?: number;
  /** Since 9.1. */
  "token-coefficient"?: number;
  votes?: number;
}

export type PostClusterConfigResult = string;
export type GetClusterConfigApiversionParams = Record<string, never>;
export type GetClusterConfigApiversionResult = number;

export interface GetClusterConfigJoinParams {
  node?: string;
}

export interface GetClusterConfigJoinResult {
  [key: string]: unknown;
  config_digest: string;
  nodelist: ({ name: string; nodeid?: number; pve_addr: string; pve_fp: string; quorum_votes: number; ring0_addr?: string; [key: string]: unknown })[];
  preferred_node: string;
  totem: Record<string, unknown>;
}

export interface PostClusterConfigJoinParams {
  [key: `link${number}`]: string | LinkKeys | undefined;
  fingerprint: string;
  force?: boolean | 0 | 1;
  hostname: string;
  nodeid?: number;
  password: string;
  votes?: number;
}

export type PostClusterConfigJoinResult = string;
export type GetClusterConfigNodesParams = Record<string, never>;

export interface GetClusterConfigNodesResultItem {
  [key: string]: unknown;
  node: string;
}

export type GetClusterConfigNodesResult = GetClusterConfigNodesResultItem[];

export interface PostClusterConfigNodesByNodeParams {
  [key: `link${number}`]: string | LinkKeys | undefined;
  apiversion?: number;
  force?: boolean | 0 | 1;
  new_node_ip?: string;
  node: string;
  nodeid?: number;
  votes?: number;
}

export interface PostClusterConfigNodesByNodeResult {
  [key: string]: unknown;
  corosync_authkey: string;
  corosync_conf: string;
  warnings: string[];
}

export interface DeleteClusterConfigNodesByNodeParams {
  node: string;
}

export type DeleteClusterConfigNodesByNodeResult = null;
export type GetClusterConfigQdeviceParams = Record<string, never>;
export type GetClusterConfigQdeviceResult = Record<string, unknown>;
export type GetClusterConfigTotemParams = Record<string, never>;
export type GetClusterConfigTotemResult = Record<string, unknown>;
