// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetNodesTasksParams {
  errors?: boolean | 0 | 1;
  limit?: number;
  node: string;
  since?: number;
  source?: "archive" | "active" | "all";
  start?: number;
  statusfilter?: string | readonly string[];
  typefilter?: string;
  until?: number;
  userfilter?: string;
  vmid?: number;
}

export interface GetNodesTasksResultItem {
  [key: string]: unknown;
  endtime?: number;
  id: string;
  node: string;
  pid: number;
  pstart: number;
  starttime: number;
  status?: string;
  type: string;
  upid: string;
  user: string;
}

export type GetNodesTasksResult = GetNodesTasksResultItem[];

export interface GetNodesTasksByUpidParams {
  node: string;
  upid: string;
}

export type GetNodesTasksByUpidResult = (Record<string, unknown>)[];

export interface DeleteNodesTasksByUpidParams {
  node: string;
  upid: string;
}

export type DeleteNodesTasksByUpidResult = null;

export interface GetNodesTasksLogParams {
  download?: boolean | 0 | 1;
  limit?: number;
  node: string;
  start?: number;
  upid: string;
}

export interface GetNodesTasksLogResultItem {
  [key: string]: unknown;
  n: number;
  t: string;
}

export type GetNodesTasksLogResult = GetNodesTasksLogResultItem[];

export interface GetNodesTasksStatusParams {
  node: string;
  upid: string;
}

export interface GetNodesTasksStatusResult {
  [key: string]: unknown;
  exitstatus?: string;
  id: string;
  node: string;
  pid: number;
  pstart: number;
  starttime: number;
  status: "running" | "stopped";
  type: string;
  upid: string;
  user: string;
}
