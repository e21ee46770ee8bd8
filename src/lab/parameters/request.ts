import { manifest } from "../../../generated/manifest.ts";
import { Router } from "../router.ts";
import { type Accepted, type Params, REFUSAL, type Refused, type VerifyOptions, verifyOperation } from "./verify.ts";

const CONFLICT = "duplicate parameter (already defined in URI) with conflicting values!";

export interface NotImplemented {
  status: 501;
  message: string;
}

let router: Router | undefined;

/** Parameters that say something else than the path does (pve-facts 10). */
export function conflicts(params: Params, pathParams: Readonly<Record<string, string>>): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const [name, value] of Object.entries(pathParams)) {
    const given = params[name];
    if (given !== undefined && given !== null && String(given) !== value) errors[name] = CONFLICT;
  }
  return errors;
}

/** Finds the operation that a method and an unescaped path name, and checks its parameters; 501 when there is none. */
export function verify(
  method: string,
  path: string,
  params: Params,
  options: VerifyOptions = {},
): Accepted | Refused | NotImplemented {
  router ??= new Router(
    [],
    manifest.filter((entry) => entry.until === undefined).map((entry) => entry.id),
  );
  const match = router.find(method, path);
  if (!match) return { status: 501, message: `Method '${method} ${path}' not implemented` };
  const errors = conflicts(params, match.pathParams);
  if (Object.keys(errors).length > 0) return { status: 400, message: REFUSAL, errors };
  return verifyOperation(match.id, { ...params, ...match.pathParams }, options);
}
