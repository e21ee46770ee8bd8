import type { Check, Permissions } from "../../../generated/permissions.ts";
import type { OperationId, Params, Send } from "../../schema/operation.ts";
import { vmCheck } from "./vm-privileges.ts";

/** What a call needs, and whether the token in use has it. */
export interface PrivilegeReport {
  /** In words, as the API schema's permission tree says. */
  needs: string;
  /** Absent when the schema leaves the rule to the server's code. */
  held?: boolean;
  /** What is missing, as `path: privileges`. */
  missing?: string[];
}

type Rights = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What an operation needs, in words, whoever calls it; `{variables}` of paths stay as they are. */
export async function needsOf(operation: OperationId): Promise<string> {
  const { permissions } = await import("../../../generated/permissions.ts");
  const rule = permissions[operation];
  const needs = rule?.check ? describe(rule.check, {}) : needsWithoutCheck(rule);
  return rule?.described && rule.user !== "described" ? `${needs}; the server's code checks more` : needs;
}

function needsWithoutCheck(rule: Permissions | undefined): string {
  if (!rule) return "unknown";
  if (rule.user === "root") return "root@pam itself, which no token is";
  return rule.user === "described" ? "decided by the server's code" : "any user";
}

/** Compares an operation's permission tree with the token's own rights (`GET /access/permissions`). */
export async function privilegesFor(send: Send, operation: OperationId, params: Params): Promise<PrivilegeReport> {
  const { permissions } = await import("../../../generated/permissions.ts");
  const rule = permissions[operation];
  const check = vmCheck(operation, params) ?? rule?.check;
  if (!check) return { needs: needsWithoutCheck(rule), ...(rule?.user === "root" ? { held: false } : {}) };
  const { data: rights } = await send<Rights>("GET /access/permissions");
  const missing: string[] = [];
  const held = holds(check, params, rights ?? {}, missing);
  return {
    needs: describe(check, params),
    held,
    ...(held ? {} : { missing: [...new Set(missing)] }),
  };
}

function holds(check: Check, params: Params, rights: Rights, missing: string[]): boolean {
  if ("of" in check && check.kind === "and")
    return check.of.map((one) => holds(one, params, rights, missing)).every(Boolean);
  if ("of" in check) {
    const lacking: string[] = [];
    const any = check.of.some((one) => holds(one, params, rights, lacking));
    if (!any) missing.push(...lacking);
    return any;
  }
  if (check.kind === "perm") {
    if (check.requireParam !== undefined && params[check.requireParam] === undefined) return true;
    const path = fill(check.path, params);
    const has = check.privileges.map((privilege) => holdsAt(rights, path, privilege));
    const enough = check.any ? has.some(Boolean) : has.every(Boolean);
    if (!enough) missing.push(`${path}: ${check.privileges.join(check.any ? "|" : ", ")}`);
    return enough;
  }
  if (check.kind === "userid-param") return true;
  if (check.kind === "perm-modify") {
    const path = fill(check.path, params);
    const enough = holdsAt(rights, path, "Permissions.Modify");
    if (!enough) missing.push(`${path}: Permissions.Modify`);
    return enough;
  }
  const enough = check.privileges.some((privilege) => holdsAt(rights, "/access/groups", privilege));
  if (!enough) missing.push(`/access/groups: ${check.privileges.join("|")}`);
  return enough;
}

/** The nearest path with rights decides; above the path itself only those that propagate count. */
function holdsAt(rights: Rights, path: string, privilege: string): boolean {
  if (rights[path]) return rights[path][privilege] !== undefined;
  for (let at = path; at !== "/"; ) {
    at = at.slice(0, at.lastIndexOf("/")) || "/";
    const here = rights[at];
    if (here) return Number(here[privilege] ?? 0) === 1 || here[privilege] === true;
  }
  return false;
}

function fill(path: string, params: Params): string {
  return path.replace(/\{([^}]+)\}/g, (_, name: string) => String(params[name] ?? `{${name}}`));
}

function describe(check: Check, params: Params): string {
  if ("of" in check) {
    return `(${check.of.map((one) => describe(one, params)).join(` ${check.kind} `)})`;
  }
  if (check.kind === "perm")
    return `${check.privileges.join(check.any ? "|" : " and ")} on ${fill(check.path, params)}`;
  if (check.kind === "perm-modify") return `the right to modify permissions on ${fill(check.path, params)}`;
  if (check.kind === "userid-param")
    return check.value === "self" ? "to be that user" : "Realm.AllocateUser on its realm";
  return `${check.privileges.join("|")} on the user's groups`;
}
