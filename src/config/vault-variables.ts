import { nonEmpty, oneOf, variableName } from "./parsers.ts";
import { variable } from "./variable.ts";
import { vaultPath } from "./vault-parsers.ts";

/** Variables that are read only where Vault keeps the secrets. */
export const VAULT_VARIABLES = {
  PROXMOX_MCP_SECRET_VAULT_MOUNT: variable({
    description: "Where the KV secrets engine is mounted.",
    allowed: "a path such as secret",
    default: "secret",
    parse: vaultPath,
  }),
  PROXMOX_MCP_SECRET_VAULT_PATH: variable({
    description: "Path below the mount under which the secrets are.",
    allowed: "a path such as proxmox-mcp",
    default: "proxmox-mcp",
    parse: vaultPath,
  }),
  PROXMOX_MCP_SECRET_VAULT_KV_VERSION: variable({
    description: "Version of the KV secrets engine; asked of Vault when not set.",
    allowed: "1, 2",
    parse: (text: string) => (oneOf(["1", "2"] as const)(text) === "1" ? (1 as const) : (2 as const)),
  }),
  PROXMOX_MCP_SECRET_VAULT_NAMESPACE: variable({
    description: "Namespace of Vault Enterprise.",
    allowed: "a path such as admin/team",
    parse: vaultPath,
  }),
  PROXMOX_MCP_SECRET_VAULT_CA_FILE: variable({
    description: "PEM file with a CA that is trusted in addition, for Vault's certificate.",
    allowed: "a path of a readable PEM file",
    parse: nonEmpty,
  }),
  PROXMOX_MCP_SECRET_VAULT_TOKEN_ENV: variable({
    description: "Name of the variable that holds the Vault token.",
    allowed: "a name of a variable that is set, itself or with _FILE",
    default: "VAULT_TOKEN",
    parse: variableName,
  }),
  VAULT_TOKEN: variable({
    description: "Vault token, for the backend vault without AppRole.",
    allowed: "a Vault token",
    secret: true,
    parse: nonEmpty,
  }),
  PROXMOX_MCP_SECRET_VAULT_ROLE_ID: variable({
    description: "Role id of the AppRole to log in to Vault with, in place of a token.",
    allowed: "a role id",
    parse: nonEmpty,
  }),
  PROXMOX_MCP_SECRET_VAULT_SECRET_ID: variable({
    description: "Secret id of that AppRole.",
    allowed: "a secret id",
    secret: true,
    parse: nonEmpty,
  }),
  PROXMOX_MCP_SECRET_VAULT_APPROLE_MOUNT: variable({
    description: "Where the AppRole auth method is mounted.",
    allowed: "a path such as approle",
    default: "approle",
    parse: vaultPath,
  }),
};
