import type { AccessState, AclEntry } from "../state/access.ts";
import { ROOT, splitToken } from "./caller.ts";

/** Privileges or roles that hold on a path, and whether they hold below it too. */
export type Held = ReadonlyMap<string, boolean>;

/** Which pools hold a guest or a storage. */
export interface PoolMembership {
  poolsOf(kind: "vms" | "storage", id: string): Iterable<string>;
}

const NOTHING: Held = new Map();

/** Rules of the roles on a path: the nearest entry replaces what came from above; tokens before users before groups. */
export class Rights {
  readonly #access: AccessState;
  readonly #pools: PoolMembership;
  #everything: Held | undefined;

  constructor(access: AccessState, pools: PoolMembership) {
    this.#access = access;
    this.#pools = pools;
  }

  /** The privileges of a user or token on a path; a token with separated rights has at most its owner's. */
  on(name: string, path: string | undefined): Held {
    if (name === ROOT) return this.#all();
    if (path === undefined) return NOTHING;
    const token = splitToken(name);
    if (!token) return this.#access.users.has(name) ? this.#ofRoles(this.#roles(name, path)) : NOTHING;
    const info = this.#access.users.get(token.userid)?.tokens.get(token.id);
    if (!info) return NOTHING;
    if (!info.privsep) return this.on(token.userid, path);
    const own = this.#ofRoles(this.#roles(name, path));
    if (token.userid === ROOT) return own;
    const owner = this.on(token.userid, path);
    const both = new Map<string, boolean>();
    for (const [privilege, propagate] of own) {
      const owners = owner.get(privilege);
      if (owners !== undefined) both.set(privilege, owners && propagate);
    }
    return both;
  }

  has(name: string, path: string | undefined, privilege: string): boolean {
    return this.on(name, path).has(privilege);
  }

  #all(): Held {
    this.#everything ??= new Map([...(this.#access.roles.get("Administrator") ?? [])].map((name) => [name, true]));
    return this.#everything;
  }

  #ofRoles(roles: Held): Held {
    const privileges = new Map<string, boolean>();
    for (const [role, propagate] of roles)
      for (const privilege of this.#access.roles.get(role) ?? [])
        privileges.set(privilege, (privileges.get(privilege) ?? false) || propagate);
    return privileges;
  }

  /** Roles of the ACL, and those of the pools that hold the path's object. */
  #roles(name: string, path: string): Held {
    const roles = this.#listed(name, path);
    const member = /^\/(vms|storage)\/([^/]+)$/.exec(path);
    if (!member || roles.has("NoAccess")) return roles;
    const inherited = new Set<string>();
    for (const pool of this.#pools.poolsOf(member[1] as "vms" | "storage", member[2]!))
      for (const role of this.#listed(name, `/pool/${pool}`).keys()) inherited.add(role);
    if (inherited.has("NoAccess")) return new Map([["NoAccess", false]]);
    if (inherited.size === 0) return roles;
    const merged = new Map(roles);
    for (const role of inherited) if (!merged.has(role)) merged.set(role, false);
    return merged;
  }

  #listed(name: string, path: string): Held {
    let roles: Held = NOTHING;
    const parts = path.replace(/\/+$/, "").split("/").slice(1);
    for (let depth = 0; depth <= parts.length; depth += 1) {
      const entry = this.#access.acl.get(depth === 0 ? "/" : `/${parts.slice(0, depth).join("/")}`);
      if (entry) roles = this.#applied(entry, name, depth === parts.length) ?? roles;
    }
    const none = roles.get("NoAccess");
    return none === undefined ? roles : new Map([["NoAccess", none]]);
  }

  /** What an entry gives on its own path or below it; nothing when it does not concern the name. */
  #applied(entry: AclEntry, name: string, final: boolean): Held | undefined {
    for (const kind of ["tokens", "users"] as const) {
      const found = reaching(entry[kind].get(name), final);
      if (found) return found;
    }
    let merged: Map<string, boolean> | undefined;
    for (const [group, roles] of entry.groups) {
      if (!this.#access.groups.get(group)?.users.has(name)) continue;
      for (const [role, propagate] of reaching(roles, final) ?? []) {
        merged ??= new Map();
        merged.set(role, propagate);
      }
    }
    return merged;
  }
}

function reaching(roles: Held | undefined, final: boolean): Held | undefined {
  if (!roles) return undefined;
  const found = [...roles].filter(([, propagate]) => final || propagate);
  return found.length > 0 ? new Map(found) : undefined;
}
