import type { Config } from "../config/index.ts";
import type { FileSettings } from "../config/secret-settings.ts";
import type { SecretStore } from "./secret-store.ts";

/** What a store tells its surroundings. */
export interface StoreListener {
  /** Something for the operator, one sentence; holds no secret. */
  note?(text: string): void;
  /** A secret that the backend itself uses, to be masked from now on. */
  keep?(secret: string): void;
}

/** Writes a file of secrets anew under another key, or under none. */
export async function rekeySecretFile(settings: FileSettings, key: Buffer | undefined): Promise<void> {
  await (await import("./file/file-store.ts")).openFileStore(settings).rekey(key);
}

/** Opens the store that the configuration names; loads only its backend, and opens no connection and no file. */
export async function openSecretStore(
  config: Pick<Config, "secrets" | "clusters" | "ssh">,
  { note = () => {}, keep = () => {} }: StoreListener = {},
): Promise<SecretStore> {
  const { secrets } = config;
  switch (secrets.backend) {
    case "env":
      return (await import("./env/env-store.ts")).openEnvStore(config);
    case "file":
      return (await import("./file/file-store.ts")).openFileStore(secrets);
    case "vault": {
      const later = (ms: number, run: () => void) => {
        const timer = setTimeout(run, ms).unref();
        return () => clearTimeout(timer);
      };
      return (await import("./vault/vault-store.ts")).openVaultStore(secrets, { now: Date.now, later, note, keep });
    }
  }
}
