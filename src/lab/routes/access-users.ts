import { ROOT, splitUser, userIdProblem } from "../permissions/caller.ts";
import { splitList } from "../permissions/check.ts";
import { locked } from "../permissions/locked.ts";
import { die } from "../refusal.ts";
import type { AccessState, AccessUser } from "../state/access.ts";
import { setPassword } from "./access-password.ts";
import { type Call, checkOf, flag, int, type Route, text } from "./route.ts";

const TEXTS = ["firstname", "lastname", "email", "comment", "keys"] as const;

/** The user that the path names, or the server's complaint. */
export function theUser(call: Call): [string, AccessUser] {
  const userid = text(call, "userid") ?? "";
  const user = call.state.access.users.get(userid);
  if (!user) throw die(userIdProblem(userid) ?? `no such user ('${userid}')`);
  return [userid, user];
}

function tokenFields({ privsep, expire, comment }: { privsep: boolean; expire?: number; comment?: string }): object {
  return { privsep: privsep ? 1 : 0, expire: expire ?? 0, ...(comment ? { comment } : {}) };
}

/** A user's properties; groups and tokens only in full. */
function describe(access: AccessState, userid: string, user: AccessUser, full: boolean): Record<string, unknown> {
  const row: Record<string, unknown> = { enable: user.enable ? 1 : 0, expire: user.expire };
  for (const name of TEXTS) if (user[name]) row[name] = user[name];
  if (!full) return row;
  const tokens = [...user.tokens].sort(([one], [other]) => (one < other ? -1 : 1));
  row.groups = access.groupsOf(userid);
  row.tokens = tokens.length === 0 ? null : Object.fromEntries(tokens.map(([id, token]) => [id, tokenFields(token)]));
  return row;
}

/** Whom the caller may see: all, or the members of some groups, or nobody but itself (pve-facts 27). */
export function visibleUsers(call: Call, privileges: readonly string[]): (userid: string) => boolean {
  const { access } = call.state;
  const check = checkOf(call);
  if (check.mayAny("/access/groups", privileges)) return () => true;
  const groups = [...check.groupsWith(privileges)];
  return (userid) =>
    (call.token.id === undefined && userid === call.user) ||
    groups.some((group) => access.groups.get(group)?.users.has(userid));
}

function list(call: Call): unknown[] {
  const { access } = call.state;
  const full = flag(call, "full");
  const visible = visibleUsers(call, ["User.Modify", "Sys.Audit"]);
  const rows: unknown[] = [];
  for (const [userid, user] of [...access.users].sort(([one], [other]) => (one < other ? -1 : 1))) {
    if (!visible(userid)) continue;
    if (call.params.enabled !== undefined && flag(call, "enabled") !== user.enable) continue;
    const row = describe(access, userid, user, full);
    if (Array.isArray(row.groups)) row.groups = row.groups.join(",");
    if (row.tokens)
      row.tokens = Object.entries(row.tokens as object).map(([tokenid, token]) => ({ tokenid, ...(token as object) }));
    const realm = access.realms.get(splitUser(userid)?.realm ?? "");
    rows.push({ userid, ...row, ...(realm ? { "realm-type": realm.type } : {}) });
  }
  return rows;
}

/** Groups named by a call, all of them existing. */
function wantedGroups(call: Call): string[] {
  const wanted = splitList(call.params.groups);
  for (const group of wanted) if (!call.state.access.groups.has(group)) throw die(`no such group '${group}'`);
  return wanted;
}

function change(call: Call, user: AccessUser): void {
  for (const name of TEXTS) {
    const value = text(call, name);
    if (value !== undefined) user[name] = value;
  }
  const expire = int(call, "expire");
  if (expire !== undefined) user.expire = expire;
  if (call.params.enable !== undefined) user.enable = flag(call, "enable");
}

function create(call: Call): void {
  const { access } = call.state;
  const userid = text(call, "userid") ?? "";
  if (access.users.has(userid)) throw die(`user '${userid}' already exists`);
  const groups = wantedGroups(call);
  const password = text(call, "password");
  const verified = password === undefined ? undefined : setPassword(access, userid, password);
  const user = access.addUser(userid, verified ?? {});
  change(call, user);
  for (const group of groups) access.groups.get(group)?.users.add(userid);
}

function update(call: Call): void {
  const { access } = call.state;
  const [userid, user] = theUser(call);
  const groups = wantedGroups(call);
  change(call, user);
  if (call.params.groups === undefined) return;
  if (!flag(call, "append")) for (const group of access.groups.values()) group.users.delete(userid);
  for (const group of groups) access.groups.get(group)?.users.add(userid);
}

/** Operations on users. */
export const accessUserRoutes: readonly Route[] = [
  { id: "GET /access/users", run: (call) => ({ data: list(call) }) },
  {
    id: "POST /access/users",
    writes: true,
    run: (call) => {
      locked("create user failed", () => create(call));
      return { data: null };
    },
  },
  {
    id: "GET /access/users/{userid}",
    run: (call) => ({ data: describe(call.state.access, ...theUser(call), true) }),
  },
  {
    id: "PUT /access/users/{userid}",
    writes: true,
    run: (call) => {
      locked("update user failed", () => update(call));
      return { data: null };
    },
  },
  {
    id: "DELETE /access/users/{userid}",
    writes: true,
    run: (call) => {
      const userid = text(call, "userid") ?? "";
      if (userid !== ROOT) locked("delete user failed", () => theUser(call));
      call.state.access.removeUser(userid);
      return { data: null };
    },
  },
];
