import type { TokenAuth } from "../config/cluster-config.ts";
import type { Config } from "../config/index.ts";
import { parseSecretName, type SecretKind, type SecretName } from "../config/secret-name.ts";
import { ProxmoxMcpError } from "../errors/index.ts";
import { SecretMissingError } from "./errors.ts";
import { openSecretStore, type StoreListener } from "./open-store.ts";
import { nameText, type SecretValue, type SshIdentity, secretTexts } from "./secret.ts";
import type { SecretStore } from "./secret-store.ts";

/** The configuration as far as credentials depend on it. */
export type CredentialConfig = Pick<Config, "secrets" | "clusters" | "ssh" | "secretTexts">;

/** Puts a token in the place of a running cluster's, if it is another and the host takes it; rejects if not. */
export type SwapToken = (cluster: string, token: TokenAuth) => Promise<"swapped" | "unchanged">;

/** A token in use beside those of the clusters. */
export interface NamedToken {
  secret: string;
  /** Puts what is stored now in its place, as `SwapToken` does. */
  swap(token: TokenAuth): Promise<"swapped" | "unchanged">;
}

/** What a running server needs of its secrets; each one that is read is told to `keep`. */
export interface Credentials {
  /** Where they are; another one after a reload. */
  readonly store: SecretStore;
  /** The token of a configured cluster, read from the store. */
  token(cluster: string): Promise<TokenAuth>;
  /** The token under exactly this name, read from the store. */
  tokenNamed(name: string): Promise<TokenAuth>;
  /** The SSH identity for a node, else of its cluster; undefined when there is none. Kept until it is reloaded. */
  ssh(cluster: string, node?: string): Promise<SshIdentity | undefined>;
  /** The SSH identity under exactly this name; undefined when there is none. Kept like the others. */
  sshNamed(name: SecretName<"ssh">): Promise<SshIdentity | undefined>;
  /**
   * Reads everything again, as a configuration that was loaded anew says. What is new and good is put in use; what is
   * not leaves the old in use. Answers with what became of each, one sentence each, for the operator.
   */
  reload(fresh: CredentialConfig, swap: SwapToken, named?: readonly NamedToken[]): Promise<string[]>;
  close(): Promise<void>;
}

/** An identity that is in use, and how it is read again. */
interface KeptIdentity {
  cluster: string;
  load(store: SecretStore): Promise<SshIdentity | undefined>;
  value: SshIdentity | undefined;
}

/** Opens the credentials of a configuration; nothing is read before it is asked for. */
export async function openCredentials(
  config: CredentialConfig,
  listener: Required<StoreListener>,
): Promise<Credentials> {
  const names = config.clusters.map(({ name }) => name);
  const identities = new Map<string, KeptIdentity>();
  let current = { config, store: await openSecretStore(config, listener) };

  const read = async <K extends SecretKind>(store: SecretStore, name: SecretName<K>) => {
    const found = await store.read(name);
    if (found) for (const text of secretTexts(found.value)) listener.keep(text);
    return found?.value as SecretValue<K> | undefined;
  };

  const readToken = async ({ config: settings, store }: typeof current, cluster: string): Promise<TokenAuth> => {
    const { tokenSecret, token: configured } = settings.clusters.find(({ name }) => name === cluster) ?? {};
    if (configured !== undefined) return configured;
    return readNamed(store, tokenSecret ?? `${cluster}/token`);
  };

  const readNamed = async (store: SecretStore, text: string): Promise<TokenAuth> => {
    const token = await read(store, parseSecretName(text) as SecretName<"token">);
    if (token !== undefined) return token;
    // It may not be allowed to look what else there is, which the missing secret is no less missing for.
    const held = await store.list().catch(() => []);
    throw new SecretMissingError(text, store, held.map(nameText));
  };

  const readSsh = async (store: SecretStore, cluster: string, node: string | undefined) =>
    (node === undefined ? undefined : await read(store, { cluster, kind: "ssh", node })) ??
    (await read(store, { cluster, kind: "ssh" }));

  const keep = async (key: string, cluster: string, load: KeptIdentity["load"]) => {
    const known = identities.get(key);
    if (known) return known.value;
    const { store } = current;
    const value = await load(store);
    // One that is not there yet may come any time.
    if (value !== undefined && store === current.store) identities.set(key, { cluster, load, value });
    return value;
  };

  return {
    get store() {
      return current.store;
    },

    token: (cluster) => readToken(current, cluster),

    tokenNamed: (name) => readNamed(current.store, name),

    ssh: (cluster, node) => keep(`${cluster} ${node ?? ""}`, cluster, (store) => readSsh(store, cluster, node)),

    sshNamed: (name) => keep(nameText(name), name.cluster, (store) => read(store, name)),

    async reload(fresh, swap, named = []) {
      for (const text of fresh.secretTexts) listener.keep(text);
      const next = { config: fresh, store: await openSecretStore(fresh, listener) };
      const said: string[] = [];
      let good = 0;
      const changeToken = async (cluster: string): Promise<void> => {
        if (!fresh.clusters.some(({ name }) => name === cluster)) {
          said.push(`cluster ${cluster} is configured no more, and is served with its old token until the next start`);
          return;
        }
        try {
          const token = await readToken(next, cluster);
          good += 1;
          const outcome = await swap(cluster, token);
          const who = `${token.user}@${token.realm}!${token.id}`;
          said.push(
            outcome === "swapped"
              ? `cluster ${cluster} now uses the new token of ${who}`
              : `the token of cluster ${cluster} is the same`,
          );
        } catch (error) {
          said.push(`cluster ${cluster} keeps its old token. ${sentences(error)}`);
        }
      };
      const changeNamed = async ({ secret, swap: put }: NamedToken): Promise<void> => {
        try {
          const token = await readNamed(next.store, secret);
          good += 1;
          if ((await put(token)) === "swapped") said.push(`the new token of the secret ${secret} is in use`);
        } catch (error) {
          said.push(`the old token of the secret ${secret} stays in use. ${sentences(error)}`);
        }
      };
      await Promise.all([...names.map(changeToken), ...named.map(changeNamed)]);
      for (const [key, { cluster, load }] of identities) {
        try {
          identities.set(key, { cluster, load, value: await load(next.store) });
          good += 1;
        } catch (error) {
          said.push(`cluster ${cluster} keeps its old SSH identity. ${sentences(error)}`);
        }
      }
      // A store of which nothing can be read is no better than the one before.
      const [kept, dropped] = good > 0 ? [next, current] : [current, next];
      current = kept;
      await dropped.store.close();
      return said;
    },

    close: () => current.store.close(),
  };
}

function sentences(error: unknown): string {
  if (!(error instanceof ProxmoxMcpError)) return error instanceof Error ? error.message : String(error);
  return [error.message, error.next].filter(Boolean).join(" ");
}
