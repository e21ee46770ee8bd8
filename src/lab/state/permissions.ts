/** Privileges of the simulated cluster; enough of the real list for the paths that the lab knows. */
export const PRIVILEGES: readonly string[] = [
  "Datastore.Allocate",
  "Datastore.AllocateSpace",
  "Datastore.AllocateTemplate",
  "Datastore.Audit",
  "Group.Allocate",
  "Mapping.Audit",
  "Mapping.Modify",
  "Mapping.Use",
  "Permissions.Modify",
  "Pool.Allocate",
  "Pool.Audit",
  "Realm.Allocate",
  "Realm.AllocateUser",
  "SDN.Allocate",
  "SDN.Audit",
  "SDN.Use",
  "Sys.AccessNetwork",
  "Sys.Audit",
  "Sys.Console",
  "Sys.Incoming",
  "Sys.Modify",
  "Sys.PowerMgmt",
  "Sys.Syslog",
  "User.Modify",
  "VM.Allocate",
  "VM.Audit",
  "VM.Backup",
  "VM.Clone",
  "VM.Config.CDROM",
  "VM.Config.CPU",
  "VM.Config.Cloudinit",
  "VM.Config.Disk",
  "VM.Config.HWType",
  "VM.Config.Memory",
  "VM.Config.Network",
  "VM.Config.Options",
  "VM.Console",
  "VM.GuestAgent.Audit",
  "VM.GuestAgent.FileRead",
  "VM.GuestAgent.FileSystemMgmt",
  "VM.GuestAgent.FileWrite",
  "VM.GuestAgent.Unrestricted",
  "VM.Migrate",
  "VM.PowerMgmt",
  "VM.Replicate",
  "VM.Snapshot",
  "VM.Snapshot.Rollback",
];

/** An API token and what it may do; rights hold for a path and all below it, and the nearest path decides. */
export interface LabToken {
  user: string;
  realm: string;
  id: string;
  secret: string;
  acl: Map<string, readonly string[]>;
}

/** `user@realm!id`. */
export function tokenName(token: Pick<LabToken, "user" | "realm" | "id">): string {
  return `${token.user}@${token.realm}!${token.id}`;
}

/** The privileges that hold on one path. */
export function privilegesOn(token: LabToken, path: string): readonly string[] {
  for (let at = path; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
    const found = token.acl.get(at);
    if (found) return found;
  }
  return token.acl.get("/") ?? [];
}

const TOP_LEVEL = ["/", "/access", "/access/groups", "/mapping", "/nodes", "/pool", "/sdn", "/storage", "/vms"];

/** What `GET /access/permissions` answers: paths with their privileges, paths without any left out. */
export function permissionTable(token: LabToken, extra: readonly string[] = []): Record<string, Record<string, 1>> {
  const table: Record<string, Record<string, 1>> = {};
  for (const path of new Set([...TOP_LEVEL, ...token.acl.keys(), ...extra])) {
    const privileges = privilegesOn(token, path);
    if (privileges.length > 0) table[path] = Object.fromEntries(privileges.map((privilege) => [privilege, 1]));
  }
  return table;
}
