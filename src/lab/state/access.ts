import { randomUUID } from "node:crypto";
import { nowSeconds } from "../clock.ts";
import { tellSecret } from "../made-secrets.ts";
import { ROOT } from "../permissions/caller.ts";
import { type PoolMembership, Rights } from "../permissions/rights.ts";
import { builtInRoles } from "../permissions/roles.ts";
import { Realms } from "./access-realms.ts";
import { SecondFactors } from "./access-tfa.ts";
import { Tickets } from "./access-tickets.ts";

/** An API token; its secret is given out once. */
export interface ApiToken {
  secret: string;
  privsep: boolean;
  /** Seconds since the epoch; 0 for never, absent when it was never set. */
  expire?: number;
  comment?: string;
}

export interface AccessUser {
  enable: boolean;
  /** Seconds since the epoch; 0 for never. */
  expire: number;
  firstname?: string;
  lastname?: string;
  email?: string;
  comment?: string;
  keys?: string;
  /** Absent for a user who cannot log in with one. */
  password?: string;
  tokens: Map<string, ApiToken>;
}

export interface AccessGroup {
  comment?: string;
  users: Set<string>;
}

type Grants = Map<string, Map<string, boolean>>;

/** Roles on one path, by the name that holds them; the boolean says whether they hold below it too. */
export interface AclEntry {
  users: Grants;
  groups: Grants;
  tokens: Grants;
}

export type AclKind = keyof AclEntry;

/** Users, groups, roles, rights and realms: what `user.cfg` and `domains.cfg` hold. */
export class AccessState {
  readonly users = new Map<string, AccessUser>();
  readonly groups = new Map<string, AccessGroup>();
  readonly roles = builtInRoles();
  /** By normal path. */
  readonly acl = new Map<string, AclEntry>();
  readonly realms = new Realms();
  readonly tickets = new Tickets();
  readonly factors = new SecondFactors();
  readonly rights: Rights;

  constructor(pools: PoolMembership) {
    this.rights = new Rights(this, pools);
    this.addUser(ROOT, { email: "root@localhost" });
  }

  /** A new user, or the one that is there with the given properties changed. */
  addUser(userid: string, properties: Partial<Omit<AccessUser, "tokens">> = {}): AccessUser {
    const user = this.users.get(userid) ?? { enable: true, expire: 0, tokens: new Map<string, ApiToken>() };
    Object.assign(user, properties);
    tellSecret(`password of ${userid}`, properties.password);
    this.users.set(userid, user);
    return user;
  }

  /** Whether a user exists, is enabled and has not expired. */
  isEnabled(userid: string): boolean {
    const user = this.users.get(userid);
    return user?.enable === true && !isPast(user.expire);
  }

  /** Adds a token to a user, who is created when there is none. */
  addToken(userid: string, id: string, properties: Partial<ApiToken> = {}): ApiToken {
    const token = { secret: randomUUID(), privsep: true, ...this.users.get(userid)?.tokens.get(id), ...properties };
    tellSecret(`API token ${userid}!${id}`, token.secret);
    (this.users.get(userid) ?? this.addUser(userid)).tokens.set(id, token);
    return token;
  }

  /** Gives or takes a role on a path. */
  grant(path: string, kind: AclKind, name: string, role: string, propagate = true): void {
    let entry = this.acl.get(path);
    if (!entry) {
      entry = { users: new Map(), groups: new Map(), tokens: new Map() };
      this.acl.set(path, entry);
    }
    const roles = entry[kind].get(name) ?? new Map<string, boolean>();
    roles.set(role, propagate);
    entry[kind].set(name, roles);
  }

  revoke(path: string, kind: AclKind, name: string, role: string): void {
    const entry = this.acl.get(path);
    const roles = entry?.[kind].get(name);
    if (!entry || !roles?.delete(role) || roles.size > 0) return;
    entry[kind].delete(name);
    this.#dropEmpty(path, entry);
  }

  /** Removes a user with all tokens, memberships and rights; root@pam comes back empty at once (pve-facts 9). */
  removeUser(userid: string): void {
    for (const id of this.users.get(userid)?.tokens.keys() ?? []) this.#forget("tokens", `${userid}!${id}`);
    this.#forget("users", userid);
    for (const group of this.groups.values()) group.users.delete(userid);
    this.factors.removeUser(userid);
    const password = this.users.get(userid)?.password;
    this.users.delete(userid);
    if (userid === ROOT) this.addUser(ROOT, password === undefined ? {} : { password });
  }

  removeToken(userid: string, id: string): void {
    this.users.get(userid)?.tokens.delete(id);
    this.#forget("tokens", `${userid}!${id}`);
  }

  removeGroup(groupid: string): void {
    this.groups.delete(groupid);
    this.#forget("groups", groupid);
  }

  removeRole(role: string): void {
    this.roles.delete(role);
    for (const [path, entry] of this.acl)
      for (const kind of ["users", "groups", "tokens"] as const)
        for (const name of [...entry[kind].keys()]) this.revoke(path, kind, name, role);
  }

  /** Removes the entries of one path, as when a pool is deleted. */
  removePath(path: string): void {
    this.acl.delete(path);
  }

  groupsOf(userid: string): string[] {
    return [...this.groups].filter(([, group]) => group.users.has(userid)).map(([name]) => name);
  }

  #forget(kind: AclKind, name: string): void {
    for (const [path, entry] of this.acl) if (entry[kind].delete(name)) this.#dropEmpty(path, entry);
  }

  #dropEmpty(path: string, entry: AclEntry): void {
    if (entry.users.size + entry.groups.size + entry.tokens.size === 0) this.acl.delete(path);
  }
}

/** Whether an expiry time, in seconds since the epoch, is over; 0 never is. */
export function isPast(expire: number | undefined): boolean {
  return expire !== undefined && expire !== 0 && expire < nowSeconds();
}
