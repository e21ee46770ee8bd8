import { classOfCall } from "../../access/index.ts";
import { matchPath } from "../../pve/route.ts";
import type { AccessClass, ManifestEntry, Method, Params } from "../../schema/operation.ts";
import { ArgumentError, UnknownPathError } from "../errors.ts";

/** The operation of a path, and its parameters with those that stand in the path. */
export function resolveCall(method: Method, given: string, extra: Params): { entry: ManifestEntry; params: Params } {
  if (!given.startsWith("/")) {
    throw new ArgumentError("path", "does not begin with a slash", "Give a path such as /nodes/pve1/qemu/100.");
  }
  if (given.includes("?")) {
    throw new ArgumentError("path", "holds a query string", "Give those values in params.");
  }
  const path = given.replace(/^\/api2\/(json|extjs)(?=\/)/, "");
  const route = matchPath(method, path);
  if (!route.entry) throw new UnknownPathError(method, path, route.nearest);
  const params: Record<string, unknown> = { ...extra };
  for (const [name, value] of Object.entries(route.params)) {
    if (value === `{${name}}`) {
      if (extra[name] === undefined) {
        throw new ArgumentError(
          "path",
          `leaves {${name}} open`,
          `Write its value into the path, or give ${name} in params.`,
        );
      }
    } else if (extra[name] !== undefined && String(extra[name]) !== value) {
      throw new ArgumentError(
        `params.${name}`,
        `contradicts the path, which says ${JSON.stringify(value)}`,
        "Give it once.",
      );
    } else {
      params[name] = value;
    }
  }
  return { entry: route.entry, params };
}

/** The class of a call; one that does not resolve is judged by nobody, as the call itself says what is wrong with it. */
export async function classOfResolved(given: { method: Method; path: string; params: Params }): Promise<AccessClass> {
  try {
    const { entry, params } = resolveCall(given.method, given.path, given.params);
    return await classOfCall(entry.id, params);
  } catch {
    return "read";
  }
}
