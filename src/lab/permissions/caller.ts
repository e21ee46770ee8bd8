/** Who calls: a user, or one of the user's tokens. */
export interface Caller {
  user: string;
  realm: string;
  /** The token's id; absent for a user who came with a ticket. */
  id?: string;
}

/** A caller who has not logged in. */
export const NOBODY: Caller = { user: "", realm: "" };

/** `user@realm`, and `!id` after it for a token: the name that rights are given to; empty for nobody. */
export function callerName({ user, realm, id }: Caller): string {
  if (user === "") return "";
  return `${user}@${realm}${id === undefined ? "" : `!${id}`}`;
}

const TOKEN_NAME = /^([^\s:/]+@[A-Za-z][A-Za-z0-9.\-_]+)!([A-Za-z][A-Za-z0-9.\-_]*)$/;

/** Owner and id of a token by its full name; nothing for anything else. */
export function splitToken(name: string): { userid: string; id: string } | undefined {
  const match = TOKEN_NAME.exec(name);
  return match ? { userid: match[1]!, id: match[2]! } : undefined;
}

/** The only user whom no check stops; none of its tokens is it (pve-facts 37). */
export const ROOT = "root@pam";

const USER_ID = /^([^\s:/]+)@([A-Za-z][A-Za-z0-9.\-_]+)$/;

const SHORTEST = 3;
const LONGEST = 64;

/** What is wrong with a user id, in the server's words; nothing when it is one. */
export function userIdProblem(userid: string): string | undefined {
  const length = [...userid].length;
  if (length < SHORTEST) return `user name '${userid}' is too short`;
  if (length > LONGEST) return `user name '${userid}' is too long (${length} > ${LONGEST})`;
  return USER_ID.test(userid) ? undefined : `value '${userid}' does not look like a valid user name`;
}

/** Name and realm of a user id; nothing when it is none. */
export function splitUser(userid: string): { user: string; realm: string } | undefined {
  const match = userIdProblem(userid) === undefined ? USER_ID.exec(userid) : null;
  return match ? { user: match[1]!, realm: match[2]! } : undefined;
}
