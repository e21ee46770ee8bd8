import { ConfigError } from "./config-error.ts";
import { readPem } from "./pem.ts";
import type { FileSettings, VaultSettings } from "./secret-settings.ts";
import type { VariableReader } from "./variable-reader.ts";
import { VARIABLES } from "./variables.ts";
import { VAULT_VARIABLES } from "./vault-variables.ts";

/** Where the file of secrets is; throws `ConfigError`. */
export function readFileSettings({ read }: VariableReader): FileSettings {
  const key = read("PROXMOX_MCP_SECRET_FILE_KEY");
  return {
    backend: "file",
    path: read("PROXMOX_MCP_SECRET_FILE_PATH") ?? missing("PROXMOX_MCP_SECRET_FILE_PATH", "file"),
    ...(key === undefined ? {} : { key }),
  };
}

/** How to reach Vault; throws `ConfigError`. */
export function readVaultSettings(core: VariableReader): VaultSettings {
  const variables = core.of(TABLE);
  const { read } = variables;
  const kvVersion = read("PROXMOX_MCP_SECRET_VAULT_KV_VERSION");
  const namespace = read("PROXMOX_MCP_SECRET_VAULT_NAMESPACE");
  const caFile = read("PROXMOX_MCP_SECRET_VAULT_CA_FILE");
  return {
    backend: "vault",
    address: read("PROXMOX_MCP_SECRET_VAULT_ADDR") ?? missing("PROXMOX_MCP_SECRET_VAULT_ADDR", "vault"),
    mount: read("PROXMOX_MCP_SECRET_VAULT_MOUNT") ?? "secret",
    path: read("PROXMOX_MCP_SECRET_VAULT_PATH") ?? "proxmox-mcp",
    ...(kvVersion === undefined ? {} : { kvVersion }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(caFile === undefined ? {} : { ca: readPem("PROXMOX_MCP_SECRET_VAULT_CA_FILE", caFile) }),
    auth: readVaultAuth(variables),
  };
}

function readVaultAuth({ read, readSecret, isSet }: VariableReader<typeof VAULT_VARIABLES>): VaultSettings["auth"] {
  const roleId = read("PROXMOX_MCP_SECRET_VAULT_ROLE_ID");
  const named = read("PROXMOX_MCP_SECRET_VAULT_TOKEN_ENV");
  const mount = read("PROXMOX_MCP_SECRET_VAULT_APPROLE_MOUNT") ?? "approle";
  if (roleId !== undefined) {
    if (named !== undefined) {
      throw new ConfigError(
        "PROXMOX_MCP_SECRET_VAULT_TOKEN_ENV",
        "is set together with PROXMOX_MCP_SECRET_VAULT_ROLE_ID",
        "one of the two",
      );
    }
    const secretId = read("PROXMOX_MCP_SECRET_VAULT_SECRET_ID");
    return { roleId, mount, ...(secretId === undefined ? {} : { secretId }) };
  }
  if (isSet("PROXMOX_MCP_SECRET_VAULT_SECRET_ID")) missing("PROXMOX_MCP_SECRET_VAULT_ROLE_ID", "vault");
  if (named !== undefined) {
    const token = readSecret(named)?.trim();
    if (token) return { token, from: named };
    throw new ConfigError(
      "PROXMOX_MCP_SECRET_VAULT_TOKEN_ENV",
      `names ${named}, which is not set`,
      VAULT_VARIABLES.PROXMOX_MCP_SECRET_VAULT_TOKEN_ENV.allowed,
    );
  }
  const token = read("VAULT_TOKEN");
  if (token !== undefined) return { token, from: "VAULT_TOKEN" };
  throw new ConfigError(
    "VAULT_TOKEN",
    "is not set, though PROXMOX_MCP_SECRET_BACKEND is vault",
    "a Vault token, or PROXMOX_MCP_SECRET_VAULT_ROLE_ID and its _SECRET_ID in its place",
  );
}

const TABLE = { ...VARIABLES, ...VAULT_VARIABLES };

function missing(name: keyof typeof TABLE, backend: string): never {
  throw new ConfigError(name, `is not set, though PROXMOX_MCP_SECRET_BACKEND is ${backend}`, TABLE[name].allowed);
}
