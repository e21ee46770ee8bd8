import { ACCESS_CLASSES, type AccessClass, type OperationId, type Params } from "../schema/operation.ts";

/** The worse of two classes. */
export function worse(a: AccessClass, b: AccessClass): AccessClass {
  return ACCESS_CLASSES.indexOf(a) >= ACCESS_CLASSES.indexOf(b) ? a : b;
}

/** Whether `needed` lies above the ceiling. */
export function exceeds(needed: AccessClass, ceiling: AccessClass): boolean {
  return ACCESS_CLASSES.indexOf(needed) > ACCESS_CLASSES.indexOf(ceiling);
}

/**
 * The class of one actual call: the operation's own, or worse where a parameter makes it so, as a disk named in
 * `delete=` does (pve-facts 16). An operation that nobody knows counts as `escape`.
 */
export async function classOfCall(operation: OperationId, params: Params): Promise<AccessClass> {
  const { entryOf, escalationsOf } = await import("./operation-classes.ts");
  let result = entryOf(operation)?.class ?? "escape";
  for (const { parameter, matches, class: escalated } of escalationsOf(operation)) {
    const text = textOf(params[parameter]);
    const hit = matches === undefined ? !/^(|0|false)$/i.test(text) : new RegExp(matches, "i").test(text);
    if (hit) result = worse(result, escalated);
  }
  return result;
}

/** A value as the server would read it: lists and every separator of a list as commas. */
function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  return [value]
    .flat()
    .map(String)
    .join(",")
    .replace(/[\s;\0]+/g, ",");
}
