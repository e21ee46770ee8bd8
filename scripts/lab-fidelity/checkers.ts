import { verify } from "../../src/lab/parameters/index.ts";
import { matchPath } from "../../src/pve/route.ts";
import { validateCall } from "../../src/pve/validate.ts";
import type { CallVerdict } from "./verdict.ts";

type Params = Readonly<Record<string, unknown>>;

/** Judges the parameters of one call. */
export type Checker = (method: string, path: string, params: Params) => CallVerdict | Promise<CallVerdict>;

const CONFLICT = "duplicate parameter (already defined in URI) with conflicting values!";

/** The lab's own verification. */
export const labChecker: Checker = (method, path, params) => {
  const outcome = verify(method, path, params);
  return { status: outcome.status, errors: "errors" in outcome ? outcome.errors : {} };
};

/** The generated schemas' verdict, as the server's own tools would give it. */
export const schemaChecker: Checker = async (method, path, params) => {
  const route = matchPath(method, path);
  if (!route.entry) return { status: 501, errors: {} };
  const conflict = Object.entries(route.params).find(
    ([name, value]) => params[name] !== undefined && params[name] !== null && String(params[name]) !== value,
  );
  if (conflict) return { status: 400, errors: { [conflict[0]]: CONFLICT } };
  const verdict = await validateCall(route.entry.id, { ...params, ...route.params });
  if (verdict.ok) return { status: 200, errors: {} };
  const items = verdict.items ?? {};
  // The server names the faulty items of an array, and the array only when it is none.
  const lists = new Set(Object.keys(items).map((name) => name.replace(/\[\d+\]$/, "")));
  const errors = Object.fromEntries(Object.entries(verdict.errors).filter(([name]) => !lists.has(name)));
  return { status: 400, errors: { ...errors, ...items } };
};
