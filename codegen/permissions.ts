import type { Check, Permissions } from "./ir.ts";
import { NormalizeError } from "./normalize.ts";
import { isObject, type Json, type JsonObject } from "./upstream.ts";

const strings = (value: Json | undefined): string[] => (Array.isArray(value) ? [...new Set(value.map(String))] : []);

/** A permission check tree, normalised; throws at a check it does not know. */
export function toCheck(tree: Json, place: string): Check {
  if (!Array.isArray(tree)) throw new NormalizeError(place, "a check must be an array");
  const [kind, ...rest] = tree as [string, ...Json[]];
  if (kind === "and" || kind === "or")
    return { kind, of: rest.map((part, index) => toCheck(part, `${place}[${index}]`)) };
  if (kind === "perm" && typeof rest[0] === "string") {
    const options = rest.slice(2);
    const check: Extract<Check, { kind: "perm" }> = { kind, path: rest[0], privileges: strings(rest[1]) };
    for (let index = 0; index < options.length; index += 2) {
      if (options[index] === "any") {
        if (Number(options[index + 1]) === 1) check.any = true;
      } else if (options[index] === "require_param") check.requireParam = String(options[index + 1]);
      else throw new NormalizeError(place, `unknown option ${JSON.stringify(options[index])}`);
    }
    return check;
  }
  if (kind === "perm-modify" && typeof rest[0] === "string") return { kind, path: rest[0] };
  if (kind === "userid-param" && (rest[0] === "self" || rest[0] === "Realm.AllocateUser"))
    return { kind, value: rest[0] };
  if (kind === "userid-group") {
    const check: Extract<Check, { kind: "userid-group" }> = { kind, privileges: strings(rest[0]) };
    if (rest.length > 1) {
      if (rest[1] !== "groups_param") throw new NormalizeError(place, `unknown option ${JSON.stringify(rest[1])}`);
      check.groups = rest[2] === "create" || rest[2] === "update" ? rest[2] : "param";
    }
    return check;
  }
  throw new NormalizeError(place, `unknown check ${JSON.stringify(kind)}`);
}

/** Who may call an operation; without any rule it is root@pam alone. */
export function toPermissions(given: JsonObject | undefined, place: string): Permissions {
  if (given === undefined) return { user: "root" };
  const described = given.described === true ? { described: true as const } : {};
  const check = given.check === undefined ? {} : { check: toCheck(given.check, `${place} permissions`) };
  if (isObject(given.check)) throw new NormalizeError(place, "a check must be an array");
  if (given.user === "world") return { user: "world", ...check, ...described };
  if (given.user === "all") return { user: "all", ...check, ...described };
  if (given.user !== undefined) throw new NormalizeError(place, `unknown user ${JSON.stringify(given.user)}`);
  return given.check === undefined ? { user: "described", ...described } : { user: "checked", ...check, ...described };
}
