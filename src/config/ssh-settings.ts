import { ConfigError } from "./config-error.ts";
import { hostKeys } from "./host-key-text.ts";
import { Fault } from "./parsers.ts";
import type { SshSettings } from "./secret-settings.ts";
import type { VariableReader } from "./variable-reader.ts";
import { VARIABLES } from "./variables.ts";

/** The SSH identity of the environment, of which the variable `given` is set; throws `ConfigError` when parts are missing. */
export function readSshSettings({ read }: VariableReader, given: string): SshSettings {
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
    expectedHostKeys: expected(read("PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY")),
  };
}

function expected(text: string | undefined): string[] {
  try {
    return text === undefined ? [] : hostKeys(text);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const name = "PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY";
    throw new ConfigError(name, error.message, VARIABLES[name].allowed);
  }
}
