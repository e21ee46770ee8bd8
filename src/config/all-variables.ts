import { HTTP_VARIABLES } from "./http-variables.ts";
import type { Variable } from "./variable.ts";
import { VARIABLES } from "./variables.ts";
import { VAULT_VARIABLES } from "./vault-variables.ts";

/** Every environment variable that this version reads, by name, also those that only some servers need. */
export const ALL_VARIABLES = { ...VARIABLES, ...VAULT_VARIABLES, ...HTTP_VARIABLES };

export type AnyVariableName = keyof typeof ALL_VARIABLES;

/** Whether this version reads an environment variable of that name, `_FILE` variants of secrets included. */
export function isVariable(name: string): boolean {
  const secret = name.replace(/_FILE$/, "");
  const entry: Variable<unknown> | undefined = Object.hasOwn(ALL_VARIABLES, secret)
    ? ALL_VARIABLES[secret as AnyVariableName]
    : undefined;
  return Object.hasOwn(ALL_VARIABLES, name) || entry?.secret === true;
}
