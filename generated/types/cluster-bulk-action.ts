// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export type GetClusterBulkActionParams = Record<string, never>;
export type GetClusterBulkActionResult = (Record<string, unknown>)[];
export type GetClusterBulkActionGuestParams = Record<string, never>;
export type GetClusterBulkActionGuestResult = (Record<string, unknown>)[];

export interface PostClusterBulkActionGuestMigrateParams {
  "max-workers"?: number;
  /** @deprecated */
  maxworkers?: number;
  online?: boolean | 0 | 1;
  target: string;
  vms?: readonly number[];
  "with-local-disks"?: boolean | 0 | 1;
}

export type PostClusterBulkActionGuestMigrateResult = string;

export interface PostClusterBulkActionGuestShutdownParams {
  "force-stop"?: boolean | 0 | 1;
  "max-workers"?: number;
  /** @deprecated */
  maxworkers?: number;
  timeout?: number;
  vms?: readonly number[];
}

export type PostClusterBulkActionGuestShutdownResult = string;

export interface PostClusterBulkActionGuestStartParams {
  "max-workers"?: number;
  /** @deprecated */
  maxworkers?: number;
  timeout?: number;
  vms?: readonly number[];
}

export type PostClusterBulkActionGuestStartResult = string;

export interface PostClusterBulkActionGuestSuspendParams {
  "max-workers"?: number;
  /** @deprecated */
  maxworkers?: number;
  statestorage?: string;
  "to-disk"?: boolean | 0 | 1;
  vms?: readonly number[];
}

export type PostClusterBulkActionGuestSuspendResult = string;
