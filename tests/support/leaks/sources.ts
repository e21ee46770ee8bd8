import { readFileSync } from "node:fs";

/** Told of each secret: what it is, and its text. */
export type Tell = (kind: string, secret: string) => void;

type Environment = Readonly<Record<string, string | undefined>>;

/** Names of variables, parameters and options whose value is a secret. */
const SECRET_NAME = /passw|passphrase|secret|private[-_]?key|vault_token$|state_key|ticket|^otp$|csrf|apitoken/i;
/** Of those, the ones that name a secret, or say where it is. */
const NO_SECRET =
  /(?:_ENV|_NAME|_ADDR|_PATH|_BACKEND|_NAMESPACE|_MOUNT|_AUTH|_ROLE_ID|_CA|_VERSION|_FINGERPRINT|EXPECTED_HOST_KEY|Env|File|Name|Path)$/;

function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !NO_SECRET.test(name);
}

/** The secrets that a process is given by its environment, by the files that it names, and by the file of clusters. */
export function tellEnvironment(env: Environment, tell: Tell): void {
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || !name.match(/^(PROXMOX_|VAULT_|REDIS)/)) continue;
    if (name === "PROXMOX_MCP_CLUSTERS_FILE") tellJson(textOf(value), name, tell);
    else if (name.endsWith("_REDIS_URL")) tell(name, passwordOf(value));
    else if (name.endsWith("_FILE")) tellFile(name, value, tell);
    else if (name.endsWith("PRIVATE_KEY_PATH")) tellFile(name, value, tell);
    else if (isSecretName(name)) tell(name, value.trim());
  }
}

/** The values of secret names anywhere in a JSON text; nothing when it is none. */
export function tellJson(text: string, kind: string, tell: Tell): void {
  try {
    tellValues(JSON.parse(text), kind, tell);
  } catch {
    // Tests send what is no JSON, too.
  }
}

/** The values of secret names anywhere in a value. */
export function tellValues(value: unknown, kind: string, tell: Tell): void {
  if (typeof value !== "object" || value === null) return;
  for (const [name, part] of Object.entries(value)) {
    if (typeof part === "string" && isSecretName(name)) tell(`${kind} ${name}`, part);
    else if (typeof part === "string" && name.endsWith("File")) tellFile(`${kind} ${name}`, part, tell);
    else tellValues(part, kind, tell);
  }
}

/** A secret that stands in a file of its own. */
function tellFile(kind: string, path: string, tell: Tell): void {
  if (isSecretName(kind.replace(/^.* /, "").replace(/_?(FILE|File|_PATH)$/, ""))) tell(kind, textOf(path).trim());
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function passwordOf(url: string): string {
  try {
    return decodeURIComponent(new URL(url).password);
  } catch {
    return "";
  }
}
