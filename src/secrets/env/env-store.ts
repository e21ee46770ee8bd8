import { resolve } from "node:path";
import type { Config } from "../../config/index.ts";
import { Fault } from "../../config/parsers.ts";
import type { SecretKind, SecretName } from "../../config/secret-name.ts";
import { privateKey } from "../../config/ssh-parsers.ts";
import { SecretMalformedError, SecretReadOnlyError } from "../errors.ts";
import { readGuarded } from "../file/guarded-file.ts";
import type { SecretValue, SecretValues, SshIdentity } from "../secret.ts";
import type { SecretStore, StoredSecret } from "../secret-store.ts";

/** What the environment, and the file of clusters that it names, hold; they were parsed with the configuration. */
export function openEnvStore(config: Pick<Config, "clusters" | "ssh">): SecretStore {
  const place = "the environment";
  const refuse = async (): Promise<never> => {
    throw new SecretReadOnlyError(place);
  };
  const find = ({ cluster, kind, node }: SecretName): SecretValues[SecretKind] | undefined => {
    const found = config.clusters.find(({ name }) => name === cluster);
    if (found === undefined || node !== undefined) return undefined;
    return kind === "token" ? found.token : readIdentity(config.ssh, place);
  };
  return {
    backend: "env",
    place,
    writable: false,
    async read<K extends SecretKind>(name: SecretName<K>): Promise<StoredSecret<K> | undefined> {
      const value = find(name) as SecretValue<K> | undefined;
      return value && { value, version: undefined };
    },
    async list() {
      return config.clusters.flatMap(({ name: cluster, token }): SecretName[] => [
        ...(config.ssh ? [{ cluster, kind: "ssh" } as const] : []),
        ...(token ? [{ cluster, kind: "token" } as const] : []),
      ]);
    },
    write: refuse,
    remove: refuse,
    async close() {},
  };
}

/** One identity serves all nodes of all clusters. */
function readIdentity(ssh: Config["ssh"], place: string): SshIdentity | undefined {
  if (ssh === undefined) return undefined;
  const { username, passphrase, expectedHostKeys } = ssh;
  return {
    username,
    privateKey: ssh.privateKey ?? readKey(ssh.privateKeyPath!, place),
    ...(passphrase === undefined ? {} : { passphrase }),
    expectedHostKeys,
  };
}

function readKey(path: string, place: string): string {
  const text = readGuarded(resolve(path), "PROXMOX_SHELL_SSH_PRIVATE_KEY_PATH");
  try {
    return privateKey(text.toString("utf8"));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw new SecretMalformedError("ssh", place, [`the file ${path} ${error.message}`]);
  }
}
