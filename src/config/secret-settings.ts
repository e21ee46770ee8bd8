import { ConfigError } from "./config-error.ts";
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
export async function readSecretSettings(variables: VariableReader): Promise<SecretSettings> {
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
  const { readFileSettings, readVaultSettings } = await import("./store-settings.ts");
  return backend === "file" ? readFileSettings(variables) : readVaultSettings(variables);
}

/** The SSH identity of the environment; throws `ConfigError` when it is there in part. */
export async function readSsh(variables: VariableReader): Promise<SshSettings | undefined> {
  const given = SSH_VARIABLES.find(variables.isSet);
  return given && (await import("./ssh-settings.ts")).readSshSettings(variables, given);
}
