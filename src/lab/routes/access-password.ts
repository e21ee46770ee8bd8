import { callerName, ROOT, splitUser } from "../permissions/caller.ts";
import { refused } from "../permissions/check.ts";
import { die, parameterRefusal } from "../refusal.ts";
import type { AccessState } from "../state/access.ts";
import { type Call, type Route, text } from "./route.ts";

/** Where a user's password is kept, checked for whether its realm keeps any. */
export function setPassword(access: AccessState, userid: string, password: string): { password: string } {
  const realm = splitUser(userid)?.realm ?? "";
  const type = access.realms.get(realm)?.type;
  if (type === undefined) throw die(`auth domain '${realm}' does not exist`);
  if (type !== "pam" && type !== "pve") throw die(`can't set password on auth type '${type}'`);
  return { password };
}

/** Asks callers other than root@pam for their own password before they change how somebody logs in. */
export function reauthenticate(call: Call, parameter: string): void {
  const caller = callerName(call.token);
  if (caller === ROOT) return;
  const password = text(call, parameter);
  if (password === undefined)
    throw parameterRefusal({
      [parameter]: `${parameter === "password" ? "password" : "confirmation password"} is required`,
    });
  if (call.state.access.users.get(caller)?.password !== password) throw die("authentication failure");
}

function change(call: Call): null {
  const { access } = call.state;
  const userid = text(call, "userid") ?? "";
  const caller = callerName(call.token);
  const user = access.users.get(userid);
  if (!user) throw die(`no such user ('${userid}')`);
  if (caller !== ROOT && caller !== userid && (userid === ROOT || splitUser(userid)?.realm === "pam")) throw refused();
  reauthenticate(call, "confirmation-password");
  Object.assign(user, setPassword(access, userid, text(call, "password") ?? ""));
  return null;
}

/** The change of a password, which tokens may not make (pve-facts 37). */
export const accessPasswordRoutes: readonly Route[] = [
  { id: "PUT /access/password", writes: true, run: (call) => ({ data: change(call) }) },
];
