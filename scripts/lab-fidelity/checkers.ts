import { existsSync } from "node:fs";
import { manifest } from "../../generated/manifest.ts";
import { wire } from "../../generated/wire.ts";
import { Refusal } from "../../src/lab/refusal.ts";
import { Router } from "../../src/lab/router.ts";
import { validate } from "../../src/lab/validate.ts";
import { matchPath } from "../../src/pve/route.ts";
import { validateCall } from "../../src/pve/validate.ts";
import type { CallVerdict } from "./verdict.ts";

type Params = Readonly<Record<string, unknown>>;
export type Checker = (method: string, path: string, params: Params) => CallVerdict | Promise<CallVerdict>;

const PARAMETERS = new URL("../../src/lab/parameters/index.ts", import.meta.url);
const CONFLICT = "duplicate parameter (already defined in URI) with conflicting values!";

function refused(error: unknown): CallVerdict {
  if (!(error instanceof Refusal)) throw error;
  return { status: error.status, errors: { ...error.errors } };
}

const router = new Router(
  [],
  manifest.filter((entry) => entry.until === undefined).map((entry) => entry.id),
);

/** The lab's routing and parameter checks, without a server around them. */
function checkByRouter(method: string, path: string, params: Params): CallVerdict {
  const match = router.find(method, path);
  if (!match) return { status: 501, errors: {} };
  const errors: Record<string, string> = {};
  for (const [name, value] of Object.entries(match.pathParams))
    if (params[name] !== undefined && params[name] !== null && String(params[name]) !== value) errors[name] = CONFLICT;
  if (Object.keys(errors).length > 0) return { status: 400, errors };
  const facts = wire.operations[match.id as keyof typeof wire.operations]!;
  try {
    validate(wire, facts, { ...params, ...match.pathParams });
    return { status: 200, errors: {} };
  } catch (error) {
    return refused(error);
  }
}

/** The lab's own verification of a call's parameters. */
export async function labChecker(): Promise<Checker> {
  if (!existsSync(PARAMETERS)) return checkByRouter;
  const { verify } = (await import(PARAMETERS.href)) as {
    verify: (method: string, path: string, params: Params) => unknown;
  };
  return async (method, path, params) => {
    try {
      const outcome = (await verify(method, path, params)) as Partial<CallVerdict> | undefined;
      return { status: outcome?.status ?? 200, errors: outcome?.errors ?? {} };
    } catch (error) {
      return refused(error);
    }
  };
}

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
