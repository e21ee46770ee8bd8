import { callerName, splitToken } from "../permissions/caller.ts";
import { refused, splitList } from "../permissions/check.ts";
import { effectivePermissions, privilegeTable } from "../permissions/effective.ts";
import { locked } from "../permissions/locked.ts";
import { isAclPath, normalizePath } from "../permissions/paths.ts";
import { die, parameterRefusal } from "../refusal.ts";
import type { AclKind } from "../state/access.ts";
import type { ClusterState } from "../state/cluster.ts";
import { type Call, checkOf, flag, type Route, text } from "./route.ts";

const KINDS: readonly AclKind[] = ["users", "groups", "tokens"];

function entries(call: Call): unknown[] {
  const check = checkOf(call);
  const all = check.mayAny("/access", ["Sys.Audit", "Permissions.Modify"]);
  const rows: unknown[] = [];
  for (const [path, entry] of [...call.state.access.acl].sort(([one], [other]) => (one < other ? -1 : 1))) {
    if (!all && !check.modify(path, true)) continue;
    for (const kind of KINDS)
      for (const [ugid, roles] of entry[kind])
        for (const [roleid, propagate] of roles)
          rows.push({ path, type: kind.slice(0, -1), ugid, roleid, propagate: propagate ? 1 : 0 });
  }
  return rows;
}

/** Whoever may not change permissions as such can only pass on what it holds itself. */
function checkHandedOut(call: Call, path: string, role: string, propagate: boolean): void {
  const { access } = call.state;
  const held = access.rights.on(callerName(call.token), path);
  if (held.has("Permissions.Modify")) return;
  const remove = flag(call, "delete");
  const verb = remove ? "remove" : "add";
  for (const privilege of access.roles.get(role) ?? []) {
    const own = held.get(privilege);
    if (own === undefined)
      throw parameterRefusal({
        role: `Cannot ${verb} role '${role}' - requires 'Permissions.Modify' or superset of privileges.`,
      });
    if (propagate && !own && !remove)
      throw parameterRefusal({
        role: `Cannot ${verb} role '${role}' with propagation - requires 'Permissions.Modify' or propagated superset of privileges.`,
      });
  }
  if (role === "NoAccess")
    throw parameterRefusal({ role: `Cannot ${verb} role '${role}' - requires 'Permissions.Modify'` });
}

/** Whose entries a call changes, each known to exist. */
function holders(call: Call): [AclKind, string][] {
  const { access } = call.state;
  const found: [AclKind, string][] = [];
  for (const name of splitList(call.params.groups)) {
    if (!access.groups.has(name)) throw die(`group '${name}' does not exist`);
    found.push(["groups", name]);
  }
  for (const name of splitList(call.params.users)) {
    if (!access.users.has(name)) throw die(`user '${name}' does not exist`);
    found.push(["users", name]);
  }
  for (const name of splitList(call.params.tokens)) {
    const token = splitToken(name);
    if (!access.users.has(token?.userid ?? "")) throw die(`no such user ('${token?.userid ?? name}')`);
    if (!token || !access.users.get(token.userid)?.tokens.has(token.id))
      throw die(`no such token '${token?.id}' for user '${token?.userid}'`);
    found.push(["tokens", name]);
  }
  return found;
}

function update(call: Call): null {
  const { access } = call.state;
  if (!KINDS.some((kind) => text(call, kind)))
    throw parameterRefusal(
      Object.fromEntries(KINDS.map((kind) => [kind, "either 'users', 'groups' or 'tokens' is required."])),
    );
  const given = text(call, "path") ?? "";
  const path = normalizePath(given);
  const remove = flag(call, "delete");
  if (path === undefined || (!remove && !isAclPath(path)))
    throw parameterRefusal({ path: `invalid ACL path '${given}'` });
  const propagate = call.params.propagate === undefined || flag(call, "propagate");
  locked("ACL update failed", () => {
    const roles = splitList(call.params.roles);
    for (const role of roles) {
      if (!access.roles.has(role)) throw die(`role '${role}' does not exist`);
      checkHandedOut(call, path, role, propagate);
    }
    for (const [kind, name] of holders(call))
      for (const role of roles)
        if (remove) access.revoke(path, kind, name, role);
        else access.grant(path, kind, name, role, propagate);
  });
  return null;
}

/** Paths of all members of pools. */
function memberPaths(state: ClusterState): string[] {
  return [...state.pools.values()].flatMap((pool) => [
    ...[...pool.guests].map((vmid) => `/vms/${vmid}`),
    ...[...pool.storages].map((storage) => `/storage/${storage}`),
  ]);
}

/** Rights of the caller, or of another whom the caller may audit or owns; who does not exist has none. */
function permissions(call: Call): unknown {
  const { access } = call.state;
  const caller = callerName(call.token);
  const name = text(call, "userid") ?? caller;
  if (name !== caller) {
    const token = splitToken(name);
    const ownToken = token?.userid === caller;
    if (!ownToken && !checkOf(call).may("/access", "Sys.Audit")) throw refused("/access, Sys.Audit");
  }
  const path = text(call, "path");
  if (path) return { [path]: privilegeTable(access, name, path) };
  return effectivePermissions(access, name, memberPaths(call.state));
}

/** Operations on the access control list and on what follows from it. */
export const accessAclRoutes: readonly Route[] = [
  { id: "GET /access/acl", run: (call) => ({ data: entries(call) }) },
  { id: "PUT /access/acl", writes: true, run: (call) => ({ data: update(call) }) },
  { id: "GET /access/permissions", run: (call) => ({ data: permissions(call) }) },
];
