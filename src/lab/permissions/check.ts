import type { Check, Permissions } from "../../../generated/permissions.ts";
import { die, forbidden, Refusal } from "../refusal.ts";
import type { AccessState } from "../state/access.ts";
import { ROOT, splitUser, userIdProblem } from "./caller.ts";
import { fillTemplate, normalizePath } from "./paths.ts";

type Params = Readonly<Record<string, unknown>>;

/** 403 without a path, or with the words given. */
export function refused(what?: string): Refusal {
  return new Refusal(403, `Permission check failed${what === undefined ? "" : ` (${what})`}`);
}

/** Splits a list parameter as the server does: commas, semicolons, NUL and blanks. */
export function splitList(value: unknown): string[] {
  return (Array.isArray(value) ? value.map(String).join(",") : String(value ?? ""))
    .split(/[,;\0\s]+/)
    .filter((part) => part !== "");
}

/** Checks permission rules against the rights of one name; a refusal carries the server's words. */
export class PermissionCheck {
  readonly #access: AccessState;
  readonly #name: string;

  constructor(access: AccessState, name: string) {
    this.#access = access;
    this.#name = name;
  }

  /** The rule of an operation, before its parameters are verified; a caller without a name came without a ticket. */
  operation(rule: Permissions | undefined, params: Params): void {
    if (this.#name === "") {
      if (rule?.user === "world") return;
      throw refused("user != null");
    }
    if (this.#name === ROOT) return;
    if (!rule || rule.user === "root") throw refused("user != root@pam");
    if (rule.user === "all") return;
    if (!rule.check) throw refused();
    this.#run(rule.check, params, false);
  }

  /** Whether one privilege is held on a path. */
  may(path: string | undefined, privilege: string): boolean {
    return this.#access.rights.has(this.#name, path, privilege);
  }

  mayAny(path: string | undefined, privileges: readonly string[]): boolean {
    const held = this.#access.rights.on(this.#name, path);
    return privileges.some((privilege) => held.has(privilege));
  }

  /** All of the privileges, or a refusal that names the first that is missing. */
  all(path: string | undefined, privileges: readonly string[], quiet = false): boolean {
    const held = this.#access.rights.on(this.#name, path);
    const missing = privileges.find((privilege) => !held.has(privilege));
    if (missing === undefined) return true;
    if (quiet) return false;
    throw forbidden(path ?? "", [missing]);
  }

  /** One of the privileges, or a refusal that names them all. */
  any(path: string | undefined, privileges: readonly string[], quiet = false): boolean {
    if (this.mayAny(path, privileges)) return true;
    if (quiet) return false;
    throw forbidden(path ?? "", privileges);
  }

  /** The right to change permissions on a path, which owners of guests, storages and pools have too. */
  modify(path: string | undefined, quiet = false): boolean {
    if (path === undefined || path === "") return this.all("/access", ["Permissions.Modify"], quiet);
    const privileges = ["Permissions.Modify"];
    if (/^\/storage\/.+/.test(path)) privileges.push("Datastore.Allocate");
    else if (/^\/vms\/.+/.test(path)) privileges.push("VM.Allocate");
    else if (/^\/pool\/.+/.test(path)) privileges.push("Pool.Allocate");
    return this.any(path, privileges, quiet);
  }

  #run(check: Check, params: Params, quiet: boolean): boolean {
    switch (check.kind) {
      case "and":
        // Even within an alternative, a failing conjunction refuses by itself.
        for (const part of check.of) this.#run(part, params, false);
        return true;
      case "or":
        if (check.of.some((part) => this.#run(part, params, true))) return true;
        if (quiet) return false;
        throw refused();
      case "perm": {
        if (check.requireParam !== undefined && (params[check.requireParam] ?? null) === null) return true;
        const path = normalizePath(fillTemplate(check.path, params));
        return check.any ? this.any(path, check.privileges, quiet) : this.all(path, check.privileges, quiet);
      }
      case "perm-modify": {
        const path = normalizePath(fillTemplate(check.path, params));
        // What is no path is left to the operation to refuse.
        return path === undefined ? false : this.modify(path, quiet);
      }
      case "userid-param":
        return this.#useridParam(check.value, params, quiet);
      case "userid-group":
        return this.#useridGroup(check, params, quiet);
    }
  }

  #useridParam(value: "self" | "Realm.AllocateUser", params: Params, quiet: boolean): boolean {
    const userid = String(params.userid ?? "");
    const parts = splitUser(userid);
    if (!parts) throw die(userIdProblem(userid) ?? "");
    if (value === "Realm.AllocateUser") return this.all(`/access/realm/${parts.realm}`, [value], quiet);
    if (!this.#exists(userid, quiet)) return false;
    if (userid === this.#name) return true;
    if (quiet) return false;
    throw refused();
  }

  #exists(userid: string, quiet: boolean): boolean {
    if (this.#access.users.has(userid)) return true;
    if (quiet) return false;
    throw die(userIdProblem(userid) ?? `no such user ('${userid}')`);
  }

  #useridGroup(check: Extract<Check, { kind: "userid-group" }>, params: Params, quiet: boolean): boolean {
    const userid = String(params.userid ?? "");
    const existing = check.groups !== "create";
    if (existing && !this.#exists(userid, quiet)) return false;
    if (this.mayAny("/access/groups", check.privileges)) return true;
    const mine = this.groupsWith(check.privileges);
    if (check.groups !== undefined) {
      const wanted = splitList(params.groups);
      const words = check.privileges.join("|");
      if (check.groups === "create" && wanted.length === 0) throw refused(`/access/groups, ${words}`);
      const other = wanted.find((group) => !mine.has(group));
      if (other !== undefined) throw refused(`/access/groups/${other}, ${words}`);
    }
    if (!existing || [...mine].some((group) => this.#access.groups.get(group)?.users.has(userid))) return true;
    if (quiet) return false;
    throw refused();
  }

  /** Groups on which one of the privileges is held. */
  groupsWith(privileges: readonly string[]): Set<string> {
    return new Set(
      [...this.#access.groups.keys()].filter((group) => this.mayAny(`/access/groups/${group}`, privileges)),
    );
  }
}
