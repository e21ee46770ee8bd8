import { SecretStoreError } from "../errors.ts";

const LATER = "then the call can be repeated";

/** No answer: nothing listens, the name does not resolve, the certificate is not trusted, or it took too long. */
export class VaultUnreachableError extends SecretStoreError {
  constructor(address: string, reason: string, cause?: unknown) {
    const name = /ALTNAME/.test(reason);
    const tls = /CERT|SELF_SIGNED|ISSUER|VERIFY|TLS|SSL/.test(reason);
    super({
      code: "vault-unreachable",
      message: `Vault at ${address} cannot be reached (${reason}).`,
      next: name
        ? "Its certificate is for another name: let PROXMOX_MCP_SECRET_VAULT_ADDR use one that it has."
        : tls
          ? "Its certificate is not trusted: let PROXMOX_MCP_SECRET_VAULT_CA_FILE name the CA that signed it."
          : `Check PROXMOX_MCP_SECRET_VAULT_ADDR, and that Vault runs; ${LATER}.`,
      data: { address, reason },
      cause,
    });
  }
}

/** Vault holds its secrets locked until people bring its keys. */
export class VaultSealedError extends SecretStoreError {
  constructor(address: string) {
    super({
      code: "vault-sealed",
      message: `Vault at ${address} is sealed.`,
      next: `Somebody has to unseal it (vault operator unseal); ${LATER}.`,
      data: { address },
    });
  }
}

/** Vault was never set up. */
export class VaultUninitializedError extends SecretStoreError {
  constructor(address: string) {
    super({
      code: "vault-uninitialized",
      message: `Vault at ${address} is not initialised: it holds nothing yet.`,
      next: "Check PROXMOX_MCP_SECRET_VAULT_ADDR; a new Vault is set up with vault operator init.",
      data: { address },
    });
  }
}

/** 403: the token is good, and its policies do not allow it. */
export class VaultDeniedError extends SecretStoreError {
  constructor(path: string, capabilities: readonly string[], rule: string, looked: boolean) {
    super({
      code: "vault-denied",
      message: looked
        ? `Vault refuses ${capabilities.join(" and ")} on ${path}: no policy of the token allows it.`
        : `Vault refuses ${capabilities.join(" and ")} on ${path}: no policy of the token allows it, or the token has ended or is wrong.`,
      next: `A policy of it needs: path "${rule}" { capabilities = [${capabilities.map((one) => `"${one}"`).join(", ")}] }.`,
      data: { path, capabilities },
    });
  }
}

/** The token has ended, and cannot be had anew. */
export class VaultTokenExpiredError extends SecretStoreError {
  constructor(from: string, endedAt: Date) {
    super({
      code: "vault-token-expired",
      message: `The lease of the Vault token from ${from} ended at ${endedAt.toISOString()}.`,
      next: `Make a new token, put it where ${from} takes it from, and start this server anew; where a file holds it, SIGHUP is enough. With an AppRole this server makes its own.`,
      data: { from },
    });
  }
}

/** Vault does not know the AppRole, its secret id, or where it is mounted. */
export class VaultLoginError extends SecretStoreError {
  constructor(mount: string, reason: string) {
    super({
      code: "vault-login",
      message: `Vault refuses the login with the AppRole at auth/${mount}: ${reason}.`,
      next: "Check PROXMOX_MCP_SECRET_VAULT_ROLE_ID, _SECRET_ID (it may have ended or been used up) and _APPROLE_MOUNT.",
      data: { mount },
    });
  }
}

/** No KV secrets engine, or one of the other version, is where one was expected. */
export class VaultMountError extends SecretStoreError {
  constructor(mount: string, fault: string, next: string) {
    super({ code: "vault-mount", message: `${mount}/ in Vault ${fault}.`, next, data: { mount } });
  }
}

/** Anything else that Vault says. */
export class VaultAnswerError extends SecretStoreError {
  constructor(path: string, status: number, words: string) {
    super({
      code: "vault-error",
      message: `Vault answered ${status} to ${path}: ${words}.`,
      next: "Vault's own log says more; the address may also lead to something that is not Vault.",
      data: { path, status },
    });
  }
}
