import { splitList } from "../permissions/check.ts";
import { locked } from "../permissions/locked.ts";
import { isSpecialRole } from "../permissions/roles.ts";
import { die, parameterRefusal } from "../refusal.ts";
import type { AccessGroup } from "../state/access.ts";
import { type Call, checkOf, flag, type Route, text } from "./route.ts";

function theGroup(call: Call): [string, AccessGroup] {
  const groupid = text(call, "groupid") ?? "";
  const group = call.state.access.groups.get(groupid);
  if (!group) throw die(`group '${groupid}' does not exist`);
  return [groupid, group];
}

function commentOf({ comment }: AccessGroup): object {
  return comment ? { comment } : {};
}

function groups(call: Call): unknown[] {
  const check = checkOf(call);
  return [...call.state.access.groups]
    .filter(([groupid]) => check.mayAny(`/access/groups/${groupid}`, ["User.Modify", "Sys.Audit", "Group.Allocate"]))
    .map(([groupid, group]) => ({ groupid, ...commentOf(group), users: [...group.users].sort().join(",") }));
}

function createGroup(call: Call): void {
  const groupid = text(call, "groupid") ?? "";
  const comment = text(call, "comment");
  if (call.state.access.groups.has(groupid)) throw die(`group '${groupid}' already exists`);
  call.state.access.groups.set(groupid, { users: new Set(), ...(comment === undefined ? {} : { comment }) });
}

/** Operations on groups of users. */
export const accessGroupRoutes: readonly Route[] = [
  { id: "GET /access/groups", run: (call) => ({ data: groups(call) }) },
  {
    id: "POST /access/groups",
    writes: true,
    run: (call) => {
      locked("create group failed", () => createGroup(call));
      return { data: null };
    },
  },
  {
    id: "GET /access/groups/{groupid}",
    run: (call) => {
      const [, group] = theGroup(call);
      return { data: { ...commentOf(group), members: [...group.users] } };
    },
  },
  {
    id: "PUT /access/groups/{groupid}",
    writes: true,
    run: (call) => {
      const [, group] = locked("update group failed", () => theGroup(call));
      const comment = text(call, "comment");
      if (comment !== undefined) group.comment = comment;
      return { data: null };
    },
  },
  {
    id: "DELETE /access/groups/{groupid}",
    writes: true,
    run: (call) => {
      const [groupid] = locked("delete group failed", () => theGroup(call));
      call.state.access.removeGroup(groupid);
      return { data: null };
    },
  },
];

function theRole(call: Call): [string, Set<string>] {
  const roleid = text(call, "roleid") ?? "";
  const role = call.state.access.roles.get(roleid);
  if (!role) throw die(`role '${roleid}' does not exist`);
  return [roleid, role];
}

/** A role that may be changed; `how` is what is about to happen to it. */
function changeableRole(call: Call, what: string, how: string): [string, Set<string>] {
  const roleid = text(call, "roleid") ?? "";
  if (isSpecialRole(roleid)) throw die(`auto-generated role '${roleid}' cannot be ${how}`);
  return locked(what, () => theRole(call));
}

function createRole(call: Call): null {
  const roleid = text(call, "roleid") ?? "";
  const { roles } = call.state.access;
  if (/^PVE/i.test(roleid))
    throw parameterRefusal({ roleid: "cannot use role ID starting with the (case-insensitive) 'PVE' namespace" });
  locked("create role failed", () => {
    if (roles.has(roleid)) throw die(`role '${roleid}' already exists`);
    roles.set(roleid, new Set(splitList(call.params.privs)));
  });
  return null;
}

function updateRole(call: Call): null {
  const [, role] = changeableRole(call, "update role failed", "modified");
  if (!flag(call, "append")) role.clear();
  for (const privilege of splitList(call.params.privs)) role.add(privilege);
  return null;
}

/** Operations on roles; the built-in ones cannot be changed. */
export const accessRoleRoutes: readonly Route[] = [
  {
    id: "GET /access/roles",
    run: ({ state }) => ({
      data: [...state.access.roles]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([roleid, privileges]) => ({
          roleid,
          privs: [...privileges].sort().join(","),
          special: isSpecialRole(roleid) ? 1 : 0,
        })),
    }),
  },
  { id: "POST /access/roles", writes: true, run: (call) => ({ data: createRole(call) }) },
  {
    id: "GET /access/roles/{roleid}",
    run: (call) => ({ data: Object.fromEntries([...theRole(call)[1]].map((privilege) => [privilege, 1])) }),
  },
  { id: "PUT /access/roles/{roleid}", writes: true, run: (call) => ({ data: updateRole(call) }) },
  {
    id: "DELETE /access/roles/{roleid}",
    writes: true,
    run: (call) => {
      const [roleid] = changeableRole(call, "delete role failed", "deleted");
      call.state.access.removeRole(roleid);
      return { data: null };
    },
  },
];
