/** What exists at each level of a built-in role, by the topic that the privileges belong to. */
const GUEST_AUDIT = ["VM.Audit", "VM.GuestAgent.Audit"];
const GUEST_USE = [
  ...GUEST_AUDIT,
  "VM.Backup",
  "VM.Config.CDROM",
  "VM.Config.Cloudinit",
  "VM.Console",
  "VM.GuestAgent.FileRead",
  "VM.GuestAgent.FileSystemMgmt",
  "VM.GuestAgent.FileWrite",
  "VM.PowerMgmt",
];
const GUEST_ADMIN = [
  ...GUEST_USE,
  "VM.Allocate",
  "VM.Clone",
  "VM.Config.CPU",
  "VM.Config.Disk",
  "VM.Config.HWType",
  "VM.Config.Memory",
  "VM.Config.Network",
  "VM.Config.Options",
  "VM.GuestAgent.Unrestricted",
  "VM.Migrate",
  "VM.Replicate",
  "VM.Snapshot",
  "VM.Snapshot.Rollback",
];
const STORE_USE = ["Datastore.AllocateSpace", "Datastore.Audit"];
const STORE_ADMIN = [...STORE_USE, "Datastore.Allocate", "Datastore.AllocateTemplate"];
const SYSTEM_ADMIN = ["Sys.Audit", "Sys.Console", "Sys.Syslog"];
const USER_ADMIN = ["Group.Allocate", "Realm.AllocateUser", "User.Modify"];
const POOL_ADMIN = ["Pool.Allocate", "Pool.Audit"];
const SDN_USE = ["SDN.Audit", "SDN.Use"];
const SDN_ADMIN = [...SDN_USE, "SDN.Allocate"];
const MAPPING_USE = ["Mapping.Audit", "Mapping.Use"];
const MAPPING_ADMIN = [...MAPPING_USE, "Mapping.Modify"];
const ADMIN = [
  ...GUEST_ADMIN,
  ...STORE_ADMIN,
  ...SYSTEM_ADMIN,
  ...USER_ADMIN,
  ...POOL_ADMIN,
  ...SDN_ADMIN,
  ...MAPPING_USE,
];
const ROOT_ONLY = [
  "Mapping.Modify",
  "Permissions.Modify",
  "Realm.Allocate",
  "Sys.AccessNetwork",
  "Sys.Incoming",
  "Sys.Modify",
  "Sys.PowerMgmt",
];

/** Every privilege of PVE 9.2. */
export const PRIVILEGES: readonly string[] = [...ADMIN, ...ROOT_ONLY].sort();

const SPECIAL: Readonly<Record<string, readonly string[]>> = {
  Administrator: PRIVILEGES,
  NoAccess: [],
  PVEAdmin: ADMIN,
  PVEAuditor: [...GUEST_AUDIT, "Datastore.Audit", "Mapping.Audit", "Pool.Audit", "SDN.Audit", "Sys.Audit"],
  PVEDatastoreAdmin: STORE_ADMIN,
  PVEDatastoreUser: STORE_USE,
  PVEMappingAdmin: MAPPING_ADMIN,
  PVEMappingUser: MAPPING_USE,
  PVEPoolAdmin: POOL_ADMIN,
  PVEPoolUser: ["Pool.Audit"],
  PVESDNAdmin: SDN_ADMIN,
  PVESDNUser: SDN_USE,
  PVESysAdmin: SYSTEM_ADMIN,
  PVETemplateUser: ["VM.Audit", "VM.Clone"],
  PVEUserAdmin: USER_ADMIN,
  PVEVMAdmin: GUEST_ADMIN,
  PVEVMUser: GUEST_USE,
};

/** Whether a role is a built-in one, which cannot be changed. */
export function isSpecialRole(role: string): boolean {
  return Object.hasOwn(SPECIAL, role);
}

/** The built-in roles with their privileges. */
export function builtInRoles(): Map<string, Set<string>> {
  return new Map(Object.entries(SPECIAL).map(([role, privileges]) => [role, new Set(privileges)]));
}
