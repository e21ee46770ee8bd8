import { lazy } from "../schema/lazy.ts";
import { ACCESS_CLASSES, type AccessClass, type OperationId, type Params } from "../schema/operation.ts";

/** The worse of two classes. */
export function worse(a: AccessClass, b: AccessClass): AccessClass {
  return ACCESS_CLASSES.indexOf(a) >= ACCESS_CLASSES.indexOf(b) ? a : b;
}

/** A call of this class in words. */
export function aCall(its: string): string {
  return `${its === "escape" ? "an" : "a"} ${its} call`;
}

/** Whether `needed` lies above the ceiling. */
export function exceeds(needed: AccessClass, ceiling: AccessClass): boolean {
  return ACCESS_CLASSES.indexOf(needed) > ACCESS_CLASSES.indexOf(ceiling);
}

const classes = lazy(() => Promise.all([import("./operation-classes.ts"), import("./host-classes.ts")]));

/**
 * The class of one actual call: the operation's own, or worse where a parameter makes it so, as a disk named in
 * `delete=` does (pve-facts 16). An operation that nobody knows counts as `escape`.
 */
export async function classOfCall(operation: OperationId, params: Params): Promise<AccessClass> {
  const [{ entryOf, escalationsOf }, { HOST_CLASSES }] = await classes();
  let result = entryOf(operation)?.class ?? HOST_CLASSES[operation] ?? "escape";
  for (const { parameter, matches, class: escalated } of escalationsOf(operation)) {
    const pattern = matches === undefined ? undefined : new RegExp(matches, "i");
    for (const value of valuesOf(params, parameter)) {
      const text = textOf(value);
      const hit = pattern === undefined ? !/^(|0|false)$/i.test(text) : pattern.test(text);
      if (hit) result = worse(result, escalated);
    }
  }
  return result;
}

/** The values of one parameter, or of all members of a family (`mp[n]`). */
function valuesOf(params: Params, parameter: string): unknown[] {
  if (!parameter.endsWith("[n]")) return [params[parameter]];
  const family = parameter.slice(0, -"[n]".length);
  return Object.entries(params).flatMap(([name, value]) =>
    name.startsWith(family) && /^\d+$/.test(name.slice(family.length)) ? [value] : [],
  );
}

/** A value as the server would read it: lists, every separator of a list and the parts of an object as commas. */
function textOf(value: unknown): string {
  return partsOf(value)
    .join(",")
    .replace(/[\s;\0]+/g, ",");
}

function partsOf(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (typeof value !== "object") return [String(value)];
  return Object.entries(value).flatMap(([key, part]) =>
    part === undefined || part === null ? [] : [`${key}=${partsOf(part).join(";")}`],
  );
}
