import type { Need } from "./needs.ts";
import { holdOf, inForce, type Rights } from "./rights.ts";

/** Whom to grant, and what is known of them. */
export interface Grantee {
  /** `user@realm!id`. */
  token: string;
  rights: Rights;
  /** Whether the token has rights of its own; undefined when it could not be read. */
  separated?: boolean | undefined;
  /** Rights of the user that the token belongs to; undefined when they could not be read. */
  userRights?: Rights | undefined;
}

/** Privileges that mean something below an ACL path, by its first part; elsewhere all may. */
const FAMILIES: Readonly<Record<string, RegExp>> = {
  vms: /^(VM|Pool)\.|^Permissions\./,
  storage: /^Datastore\.|^Permissions\./,
  nodes: /^Sys\.|^Permissions\./,
  mapping: /^Mapping\.|^Permissions\./,
  sdn: /^SDN\.|^Permissions\./,
};

/**
 * The `pveum` lines that give a token exactly what it lacks. An entry at a path takes the place of everything inherited
 * from above it, so each role also holds what is in force there already.
 */
export function grantLines(needs: readonly Need[], grantee: Grantee): string[] {
  const advised = needs.filter((need) => !need.heavy);
  const places = new Map<string, { path: string; below: boolean; privileges: Set<string> }>();
  for (const { path, below, privileges, hold } of advised) {
    if (hold.extent !== "none") continue;
    const key = `${path} ${below}`;
    const place = places.get(key) ?? { path, below, privileges: new Set<string>() };
    places.set(key, place);
    for (const privilege of privileges) place.privileges.add(privilege);
  }
  // An entry that holds below a path holds at the path too, and there is one entry a path.
  for (const [key, { path, below, privileges }] of places) {
    const wide = below ? undefined : places.get(`${path} true`);
    if (!wide) continue;
    for (const privilege of privileges) wide.privileges.add(privilege);
    places.delete(key);
  }
  const [user] = grantee.token.split("!") as [string];
  const lines: string[] = [];
  for (const { path, below, privileges } of [...places.values()].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    for (const need of advised) {
      if (need.path === path && (below || !need.below)) for (const one of need.privileges) privileges.add(one);
    }
    const name = roleName(path, below);
    const wanted = [...privileges].sort();
    const forToken = union(wanted, below ? familiar(inForce(grantee.rights, path), path) : []);
    // What the token holds, its user holds too.
    const known = grantee.userRights ?? grantee.rights;
    const userHolds = user === "root@pam" || holdOf(known, { path, below, privileges: wanted }).extent === "all";
    const forUser = union(wanted, below ? familiar(inForce(known, path), path) : []);
    const separated = grantee.separated !== false;
    const grant = (flag: string, who: string, role: string) =>
      `pveum acl modify ${path} ${flag} '${who}' --roles ${role}${below ? "" : " --propagate 0"}`;
    if (separated) {
      lines.push(`pveum role add ${name} --privs "${forToken.join(" ")}"`);
    }
    if (!userHolds) {
      const same = separated && forUser.join() === forToken.join();
      if (!same) lines.push(`pveum role add ${name}-user --privs "${forUser.join(" ")}"`);
      lines.push(grant("--users", user, same ? name : `${name}-user`));
    }
    if (separated) lines.push(grant("--tokens", grantee.token, name));
  }
  return lines;
}

function familiar(privileges: readonly string[], path: string): string[] {
  const family = FAMILIES[path.split("/")[1] ?? ""];
  return family ? privileges.filter((one) => family.test(one)) : [...privileges];
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])].sort();
}

function roleName(path: string, below: boolean): string {
  const name = path === "/" ? (below ? "all" : "cluster") : path.slice(1).replaceAll("/", "-");
  return `ProxmoxMCP-${name}`;
}
