// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export type GetAccessRolesParams = Record<string, never>;

export interface GetAccessRolesResultItem {
  [key: string]: unknown;
  privs?: string;
  roleid: string;
  special?: boolean;
}

export type GetAccessRolesResult = GetAccessRolesResultItem[];

export interface PostAccessRolesParams {
  privs?: string | readonly string[];
  roleid: string;
}

export type PostAccessRolesResult = null;

export interface GetAccessRolesByRoleidParams {
  roleid: string;
}

export interface GetAccessRolesByRoleidResult {
  [key: string]: unknown;
  "Datastore.Allocate"?: boolean;
  "Datastore.AllocateSpace"?: boolean;
  "Datastore.AllocateTemplate"?: boolean;
  "Datastore.Audit"?: boolean;
  "Group.Allocate"?: boolean;
  "Mapping.Audit"?: boolean;
  "Mapping.Modify"?: boolean;
  "Mapping.Use"?: boolean;
  "Permissions.Modify"?: boolean;
  "Pool.Allocate"?: boolean;
  "Pool.Audit"?: boolean;
  "Realm.Allocate"?: boolean;
  "Realm.AllocateUser"?: boolean;
  "SDN.Allocate"?: boolean;
  "SDN.Audit"?: boolean;
  "SDN.Use"?: boolean;
  "Sys.AccessNetwork"?: boolean;
  "Sys.Audit"?: boolean;
  "Sys.Console"?: boolean;
  "Sys.Incoming"?: boolean;
  "Sys.Modify"?: boolean;
  "Sys.PowerMgmt"?: boolean;
  "Sys.Syslog"?: boolean;
  "User.Modify"?: boolean;
  "VM.Allocate"?: boolean;
  "VM.Audit"?: boolean;
  "VM.Backup"?: boolean;
  "VM.Clone"?: boolean;
  "VM.Config.CDROM"?: boolean;
  "VM.Config.CPU"?: boolean;
  "VM.Config.Cloudinit"?: boolean;
  "VM.Config.Disk"?: boolean;
  "VM.Config.HWType"?: boolean;
  "VM.Config.Memory"?: boolean;
  "VM.Config.Network"?: boolean;
  "VM.Config.Options"?: boolean;
  "VM.Console"?: boolean;
  "VM.GuestAgent.Audit"?: boolean;
  "VM.GuestAgent.FileRead"?: boolean;
  "VM.GuestAgent.FileSystemMgmt"?: boolean;
  "VM.GuestAgent.FileWrite"?: boolean;
  "VM.GuestAgent.Unrestricted"?: boolean;
  "VM.Migrate"?: boolean;
  "VM.PowerMgmt"?: boolean;
  "VM.Replicate"?: boolean;
  "VM.Snapshot"?: boolean;
  "VM.Snapshot.Rollback"?: boolean;
}

export interface PutAccessRolesByRoleidParams {
  append?: boolean | 0 | 1;
  privs?: string | readonly string[];
  roleid: string;
}

export type PutAccessRolesByRoleidResult = null;

export interface DeleteAccessRolesByRoleidParams {
  roleid: string;
}

export type DeleteAccessRolesByRoleidResult = null;
