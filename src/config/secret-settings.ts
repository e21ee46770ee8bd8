import { ConfigError } from "./config-error.ts";
import { readPem } from "./pem.ts";
import { TOKEN_VARIABLES } from "./token-settings.ts";
import type { VariableReader } from "./variable-reader.ts";
import { VARIABLES, type VariableName } from "./variables.ts";

/** Where credentials come from. */
export type SecretSettings = { readonly backend: "env" } | FileSettings | VaultSettings;

export interface FileSettings {
  readonly backend: "file";
  readonly path: string;
  /** 32 bytes; the file is encrypted with it. */
  readonly key?: Buffer;
}

export interface VaultSettings {
  readonly backend: "vault";
  /** Without a slash at the end. */
  readonly address: string;
  readonly mount: string;
  readonly path: string;
  /** Asked of Vault when absent. */
  readonly kvVersion?: 1 | 2;
  readonly namespace?: string;
  /** PEM text of a CA that is trusted in addition. */
  readonly ca?: string;
  readonly auth:
    | { readonly token: string /** Variable that it came from. */; readonly from: string }
    | { readonly roleId: string; readonly secretId?: string; readonly mount: string };
}

/** The SSH identity of the environment. */
export interface SshSettings {
  readonly username: string;
  readonly privateKey?: string;
  readonly privateKeyPath?: string;
  readonly passphrase?: string;
  readonly expectedHostKeys: readonly string[];
}

const SSH_VARIABLES = [
  "PROXMOX_SHELL_SSH_USERNAME",
  "PROXMOX_SHELL_SSH_PRIVATE_KEY",
  "PROXMOX_SHELL_SSH_PRIVATE_KEY_PATH",
  "PROXMOX_SHELL_SSH_PRIVATE_KEY_PASSPHRASE",
  "PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY",
] as const satisfies readonly VariableName[];

/** The backend and how to reach it; throws `ConfigError`, also for credentials that stand where they would not be read. */
export function readSecretSettings(variables: VariableReader): SecretSettings {
  const { read, isSet } = variables;
  const backend = read("PROXMOX_MCP_SECRET_BACKEND");
  if (backend === undefined) {
    const other = (["PROXMOX_MCP_SECRET_FILE_PATH", "PROXMOX_MCP_SECRET_VAULT_ADDR"] as const).find(isSet);
    if (other !== undefined) {
      throw new ConfigError(
        "PROXMOX_MCP_SECRET_BACKEND",
        `is not set, though ${other} is`,
        VARIABLES.PROXMOX_MCP_SECRET_BACKEND.allowed,
      );
    }
  }
  if (backend === undefined || backend === "env") return { backend: "env" };
  const stray = [...TOKEN_VARIABLES, ...SSH_VARIABLES].find(isSet);
  if (stray !== undefined) {
    throw new ConfigError(stray, `is set, though PROXMOX_MCP_SECRET_BACKEND is ${backend}`, "one place of the two");
  }
  return backend === "file" ? readFileSettings(variables) : readVaultSettings(variables);
}

function readFileSettings({ read }: VariableReader): FileSettings {
  const key = read("PROXMOX_MCP_SECRET_FILE_KEY");
  return {
    backend: "file",
    path: read("PROXMOX_MCP_SECRET_FILE_PATH") ?? missing("PROXMOX_MCP_SECRET_FILE_PATH", "file"),
    ...(key === undefined ? {} : { key }),
  };
}

function readVaultSettings(variables: VariableReader): VaultSettings {
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

function readVaultAuth({ read, readSecret, isSet }: VariableReader): VaultSettings["auth"] {
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
      VARIABLES.PROXMOX_MCP_SECRET_VAULT_TOKEN_ENV.allowed,
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

/** The SSH identity of the environment; throws `ConfigError` when it is there in part. */
export function readSshSettings({ read, isSet }: VariableReader): SshSettings | undefined {
  const given = SSH_VARIABLES.find(isSet);
  if (given === undefined) return undefined;
  const privateKey = read("PROXMOX_SHELL_SSH_PRIVATE_KEY");
  const privateKeyPath = read("PROXMOX_SHELL_SSH_PRIVATE_KEY_PATH");
  const passphrase = read("PROXMOX_SHELL_SSH_PRIVATE_KEY_PASSPHRASE");
  if ((privateKey === undefined) === (privateKeyPath === undefined)) {
    throw new ConfigError(
      "PROXMOX_SHELL_SSH_PRIVATE_KEY",
      privateKey === undefined
        ? `is not set, though ${given} is`
        : "is set together with PROXMOX_SHELL_SSH_PRIVATE_KEY_PATH",
      "a private key, or its file in PROXMOX_SHELL_SSH_PRIVATE_KEY_PATH",
    );
  }
  return {
    username: read("PROXMOX_SHELL_SSH_USERNAME") ?? "root",
    ...(privateKey === undefined ? {} : { privateKey }),
    ...(privateKeyPath === undefined ? {} : { privateKeyPath }),
    ...(passphrase === undefined ? {} : { passphrase }),
    expectedHostKeys: read("PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY") ?? [],
  };
}

function missing(name: VariableName, backend: string): never {
  throw new ConfigError(name, `is not set, though PROXMOX_MCP_SECRET_BACKEND is ${backend}`, VARIABLES[name].allowed);
}
