import { ProxmoxMcpError } from "../errors/index.ts";
import type { SecretStore } from "./secret-store.ts";

/** Base of every error of a secret backend; no text in it holds a secret. */
export class SecretStoreError extends ProxmoxMcpError {}

/** A name that no secret may have. */
export class SecretNameError extends SecretStoreError {
  constructor(name: string) {
    super({
      code: "secret-name",
      message: `${JSON.stringify(name)} is not a name for a secret.`,
      next: "Names are <cluster>/token, <cluster>/ssh, and the same with /<node>; clusters are lower-case letters, digits and hyphens.",
      data: { name },
    });
  }
}

/** The store answers, and has no such secret. */
export class SecretMissingError extends SecretStoreError {
  constructor(name: string, { place, backend }: Pick<SecretStore, "place" | "backend">, held: readonly string[]) {
    super({
      code: "secret-missing",
      message: `No secret ${name} is in ${place}${held.length > 0 ? `, which holds ${held.join(", ")}` : ""}. Nothing was sent.`,
      next:
        backend === "env"
          ? "Set PROXMOX_API_TOKEN_USER, PROXMOX_API_TOKEN_REALM, PROXMOX_API_TOKEN_ID and PROXMOX_API_TOKEN_SECRET."
          : "The operator puts it there, or corrects the secretName that names it; then the call can be repeated.",
      data: { secret: name, place },
    });
  }
}

/** What is stored under the name is no such secret. */
export class SecretMalformedError extends SecretStoreError {
  constructor(name: string, place: string, faults: readonly string[]) {
    super({
      code: "secret-malformed",
      message: `The secret ${name} in ${place} cannot be used: ${faults.join("; ")}.`,
      next: "The operator corrects it there; nothing was sent.",
      data: { secret: name, place },
    });
  }
}

/** The secret is another than the one that was to be replaced. */
export class SecretConflictError extends SecretStoreError {
  constructor(name: string, place: string) {
    super({
      code: "secret-conflict",
      message: `The secret ${name} in ${place} was changed by somebody else in the meantime; nothing was written.`,
      next: "Read it again, and decide anew.",
      data: { secret: name, place },
    });
  }
}

/** The backend cannot be written. */
export class SecretReadOnlyError extends SecretStoreError {
  constructor(place: string) {
    super({
      code: "secret-read-only",
      message: `Secrets cannot be written to ${place}.`,
      next: "Set PROXMOX_MCP_SECRET_BACKEND to file or vault.",
      data: { place },
    });
  }
}
