import { redactParams } from "../redact.ts";

/** Parameters outside a path that name an object. */
const NAMES = ["node", "vmid", "storage", "volume", "target", "newid", "poolid", "userid", "snapname"];

/** What a call is about: the parameters of its path, and those that name an object, fit for a record. */
export function targetOf(operation: string, params: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const inPath = [...operation.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name!);
  const names = [...new Set([...inPath, ...NAMES])].filter((name) => params[name] !== undefined);
  return redactParams(Object.fromEntries(names.map((name) => [name, idOf(name, params[name])])));
}

/** Out of a path a guest's id comes as text; in the log it is a number wherever it came from. */
function idOf(name: string, value: unknown): unknown {
  const isId = (name === "vmid" || name === "newid") && typeof value === "string" && /^\d{1,9}$/.test(value);
  return isId ? Number(value) : value;
}
