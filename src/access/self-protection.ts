import { ProxmoxMcpError } from "../errors/index.ts";
import type { OperationId, Params, Send, SendOptions } from "../schema/operation.ts";

/** The call would take a user or token with which this server works, or root@pam, away or disable it. */
export class SelfProtectionError extends ProxmoxMcpError {
  constructor(operation: OperationId, what: string) {
    super({
      code: "self-protection",
      message: `${operation} would ${what}. This server never does that, whoever confirms it. Nothing was sent.`,
      next: "Do it in the Proxmox web interface, with another account.",
      data: { operation },
    });
  }
}

/** Reads about somebody's account as they themselves may, which is always let, else as `send` does; all else by `send`. */
export function asPerson(person: Send, send: Send): Send {
  return async <T>(operation: OperationId, params?: object, options?: SendOptions) => {
    if (operation !== "GET /access/users/{userid}") return send<T>(operation, params, options);
    return person<T>(operation, params, options).catch(() => send<T>(operation, params, options));
  };
}

type Row = Readonly<Record<string, unknown>>;

/** Realms whose users no sync touches. */
const BUILT_IN_REALMS = new Set(["pam", "pve"]);

/**
 * What a call would do to root@pam or to the user and token of `tokenUser`, if anything: deleting root@pam succeeds
 * upstream and takes its tokens along, the caller's own included (pve-facts, section 9). Whom a group or a role serves
 * is read through `send`; where that cannot be read, the call counts as harmful.
 */
export async function selfHarm(
  operation: OperationId,
  params: Params,
  tokenUser: string | undefined,
  send: Send,
): Promise<string | undefined> {
  const [own, ownToken] = (tokenUser ?? "").split("!").map(plain);
  const users = new Set(["root@pam", ...(own ? [own] : [])]);
  const userid = plain(params.userid);
  const isOurs = users.has(userid);
  switch (operation) {
    case "DELETE /access/users/{userid}":
      return isOurs ? `delete ${userid}` : undefined;
    case "PUT /access/users/{userid}":
      return isOurs && (isOff(params.enable) || isPast(params.expire) || isGiven(params.groups))
        ? `disable ${userid}, or change the groups from which it has its rights`
        : undefined;
    case "DELETE /access/users/{userid}/token/{tokenid}":
    case "PUT /access/users/{userid}/token/{tokenid}":
    case "POST /access/users/{userid}/token/{tokenid}":
      return userid === own && plain(params.tokenid) === ownToken
        ? `delete or change the token ${tokenUser}, by which this server works`
        : undefined;
    case "PUT /access/password":
      return isOurs ? `change the password of ${userid}` : undefined;
    case "POST /access/tfa/{userid}":
    case "PUT /access/tfa/{userid}/{id}":
    case "DELETE /access/tfa/{userid}/{id}":
      return isOurs ? `change the second factors of ${userid}` : undefined;
    case "PUT /access/acl":
      return aclHarm(params, users, tokenUser, send);
    case "DELETE /access/groups/{groupid}": {
      if (!isGiven(params.groupid)) return undefined;
      const groups = await groupsOf(tokenUser, send);
      if (groups === undefined)
        return `delete the group ${params.groupid}, and it cannot be read whether ${own} has its rights from it`;
      return groups.includes(plain(params.groupid))
        ? `delete the group ${params.groupid}, from which ${own} has its rights`
        : undefined;
    }
    case "PUT /access/roles/{roleid}":
    case "DELETE /access/roles/{roleid}":
      return roleHarm(operation, params, tokenUser, send);
    case "DELETE /access/domains/{realm}":
      return ofRealm(users, params.realm) ? `delete the realm ${params.realm}` : undefined;
    case "PUT /access/domains/{realm}":
      return ofRealm(users, params.realm) && (isGiven(params.tfa) || items(params.delete).includes("tfa"))
        ? `change what users of the realm ${params.realm} need to log in`
        : undefined;
    case "POST /access/domains/{realm}/sync":
    case "POST /cluster/jobs/realm-sync/{id}":
      return syncHarm(params, params.realm, own);
    case "PUT /cluster/jobs/realm-sync/{id}": {
      if (!isGiven(params.id) || !own || BUILT_IN_REALMS.has(realmOf(own))) return undefined;
      const job = await read<Row>(send, "GET /cluster/jobs/realm-sync/{id}", { id: params.id });
      return syncHarm(params, job?.realm ?? realmOf(own), own);
    }
    default:
      return undefined;
  }
}

/** An entry on a path replaces what is inherited there, so that any entry may take rights away. */
async function aclHarm(
  params: Params,
  users: ReadonlySet<string>,
  tokenUser: string | undefined,
  send: Send,
): Promise<string | undefined> {
  const named = [...items(params.users), ...items(params.tokens)].map(plain);
  const hit = named.find((name) => users.has(name) || name === plain(tokenUser));
  if (hit !== undefined) return `change the rights of ${hit}`;
  const groups = items(params.groups).map(plain);
  if (groups.length === 0) return undefined;
  const ours = await groupsOf(tokenUser, send);
  const own = ownerOf(tokenUser);
  if (ours === undefined) return `change the rights of ${groups.join(", ")}, perhaps groups of ${own}`;
  const group = groups.find((one) => ours.includes(one));
  return group === undefined ? undefined : `change the rights of the group ${group}, which ${own} is in`;
}

async function roleHarm(
  operation: OperationId,
  params: Params,
  tokenUser: string | undefined,
  send: Send,
): Promise<string | undefined> {
  if (!isGiven(params.roleid) || (operation.startsWith("PUT ") && isOn(params.append))) return undefined;
  // root@pam itself, not a token of it, has no right by a role.
  if (plain(tokenUser) === "root@pam") return undefined;
  const own = ownerOf(tokenUser);
  const [entries, groups] = await Promise.all([entriesOf(send), groupsOf(tokenUser, send)]);
  const what = `change the role ${params.roleid}`;
  if (entries === undefined || groups === undefined) return `${what}, perhaps one by which ${own} has its rights`;
  const holders = new Set([plain(own), plain(tokenUser)]);
  const held = entries.some(
    ({ roleid, type, ugid }) =>
      plain(roleid) === plain(params.roleid) &&
      (type === "group" ? groups.includes(plain(ugid)) : holders.has(plain(ugid))),
  );
  return held ? `${what}, by which ${own} has its rights` : undefined;
}

/** All entries of the access control list; undefined for whoever is shown a part of it only, which is no error there. */
async function entriesOf(send: Send): Promise<readonly Row[] | undefined> {
  const rights = await read<Record<string, Row>>(send, "GET /access/permissions", { path: "/access" });
  const held = Object.keys(rights?.["/access"] ?? {});
  if (!held.includes("Sys.Audit") && !held.includes("Permissions.Modify")) return undefined;
  const entries = await read<readonly Row[]>(send, "GET /access/acl", {});
  return Array.isArray(entries) ? entries : undefined;
}

/** Groups of a token's user; undefined where they cannot be read. root@pam needs none. */
async function groupsOf(tokenUser: string | undefined, send: Send): Promise<string[] | undefined> {
  const own = ownerOf(tokenUser);
  if (!own || own === "root@pam") return [];
  const user = await read<Row>(send, "GET /access/users/{userid}", { userid: own });
  return user === undefined ? undefined : items(user.groups).map(plain);
}

function ownerOf(tokenUser: string | undefined): string | undefined {
  return tokenUser?.split("!")[0];
}

/** A sync removes whom the directory does not know any more, by the realm's own settings too. */
function syncHarm(params: Params, realm: unknown, own: string | undefined): string | undefined {
  if (!own || plain(realm) !== realmOf(own) || BUILT_IN_REALMS.has(plain(realm))) return undefined;
  const keepsAll = plain(params["remove-vanished"]) === "none" && !isOn(params.full) && !isOn(params.purge);
  return keepsAll ? undefined : `sync the realm of ${own}, which can remove it; remove-vanished none does not`;
}

async function read<T>(send: Send, operation: OperationId, params: Params): Promise<T | undefined> {
  try {
    return (await send<T>(operation, params)).data ?? undefined;
  } catch {
    return undefined;
  }
}

/** A name as it is compared: some realms take any case, and the host's checks let a last line break pass. */
function plain(value: unknown): string {
  return String(value ?? "")
    .trim()
    .toLowerCase();
}

function realmOf(user: string): string {
  return user.slice(user.lastIndexOf("@") + 1);
}

function ofRealm(users: ReadonlySet<string>, realm: unknown): boolean {
  return [...users].some((user) => realmOf(user) === plain(realm));
}

function items(value: unknown): string[] {
  return [value ?? []]
    .flat()
    .flatMap((one) => String(one).split(/[,;\s\0]+/))
    .filter(Boolean);
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isOn(value: unknown): boolean {
  return /^(1|true|on|yes)$/.test(plain(value));
}

/** Anything but a clear yes. */
function isOff(value: unknown): boolean {
  return isGiven(value) && !isOn(value);
}

/** 0 means never. */
function isPast(value: unknown): boolean {
  return isGiven(value) && Number(value) !== 0;
}
