import { channel } from "node:diagnostics_channel";

/** Where a lab tells of its secrets. */
const secrets = channel("proxmox-mcp:lab:secret");

/** What has a secret in it by its name, in parameters and in answers. */
const NAME = /passw|secret|ticket|csrf|apitoken|^otp$/i;

/** Tells whoever listens, as tests do, of a secret of this lab, so that it can be looked for where it must not be. */
export function tellSecret(kind: string, secret: unknown): void {
  if (secrets.hasSubscribers && typeof secret === "string" && !/^\**$/.test(secret)) secrets.publish({ kind, secret });
}

/** Tells of the secrets that an operation was given, or answers with. */
export function tellSecretsOf(operation: string, part: "parameter" | "answer", values: unknown): void {
  if (!secrets.hasSubscribers || typeof values !== "object" || values === null) return;
  const isToken = part === "answer" && "full-tokenid" in values;
  for (const [name, value] of Object.entries(values))
    if (NAME.test(name) || (isToken && name === "value")) tellSecret(`${part} ${name} of ${operation}`, value);
}
