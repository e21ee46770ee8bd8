import type { TokenAuth } from "./cluster-config.ts";
import { ConfigError } from "./config-error.ts";
import { Fault } from "./parsers.ts";
import type { VariableReader } from "./variable-reader.ts";
import { VARIABLES, type VariableName } from "./variables.ts";

/** The variables that make up an API token. */
export const TOKEN_VARIABLES = [
  "PROXMOX_API_TOKEN_USER",
  "PROXMOX_API_TOKEN_REALM",
  "PROXMOX_API_TOKEN_ID",
  "PROXMOX_API_TOKEN_SECRET",
] as const satisfies readonly VariableName[];

/** The API token of the environment; throws `ConfigError` when it is there in part. */
export function readToken({ read }: VariableReader): TokenAuth | undefined {
  const given = read("PROXMOX_API_TOKEN_USER");
  const id = read("PROXMOX_API_TOKEN_ID");
  const secret = read("PROXMOX_API_TOKEN_SECRET");
  if (given === undefined && id === undefined && secret === undefined) return undefined;
  const missing = (name: VariableName): never => {
    throw new ConfigError(name, "is not set, though other parts of the token are", VARIABLES[name].allowed);
  };
  if (given === undefined) return missing("PROXMOX_API_TOKEN_USER");
  let owner: Pick<TokenAuth, "user" | "realm">;
  try {
    owner = splitUser(given, read("PROXMOX_API_TOKEN_REALM"), "PROXMOX_API_TOKEN_REALM");
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw new ConfigError("PROXMOX_API_TOKEN_USER", error.message, VARIABLES.PROXMOX_API_TOKEN_USER.allowed);
  }
  return {
    ...owner,
    id: id ?? missing("PROXMOX_API_TOKEN_ID"),
    secret: secret ?? missing("PROXMOX_API_TOKEN_SECRET"),
  };
}

/** Takes `user@realm` apart, if the realm stands there; `realmIn` names where else it may stand. */
export function splitUser(
  given: string,
  realmGiven: string | undefined,
  realmIn: string,
): Pick<TokenAuth, "user" | "realm"> {
  const at = given.lastIndexOf("@");
  const user = at > 0 ? given.slice(0, at) : given;
  const realmInUser = at > 0 ? given.slice(at + 1) : undefined;
  const realm = realmGiven ?? realmInUser ?? "pam";
  if (realmInUser !== undefined && realmInUser !== realm) {
    throw new Fault(`names the realm ${JSON.stringify(realmInUser)}, but ${realmIn} is ${JSON.stringify(realm)}`);
  }
  return { user, realm };
}
