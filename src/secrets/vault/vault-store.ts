import { parseSecretName, type SecretKind, type SecretName, secretNameText } from "../../config/secret-name.ts";
import type { VaultSettings } from "../../config/secret-settings.ts";
import { SecretConflictError } from "../errors.ts";
import { nameText, parseSecret, type SecretValue } from "../secret.ts";
import { ABSENT, type Expectation, type SecretStore } from "../secret-store.ts";
import { Kv, KvConflict, type KvEntry } from "./kv.ts";
import { VaultClient } from "./vault-client.ts";
import { type SessionSurroundings, VaultSession } from "./vault-session.ts";

/** How often a write without an expectation is tried against others who write the same secret. */
const TRIES = 3;

/** A store in Vault, one KV secret each, under `<mount>/<path>/<cluster>/…`; opens no connection before the first call. */
export function openVaultStore(settings: VaultSettings, around: SessionSurroundings): SecretStore {
  const client = new VaultClient(settings);
  const session = new VaultSession(client, settings.auth, around);
  const kv = new Kv(session, settings);
  const { namespace } = settings;
  const place = `Vault ${settings.address}, ${namespace === undefined ? "" : `namespace ${namespace}, `}${settings.mount}/${settings.path}`;

  const list = async (): Promise<SecretName[]> => {
    const found: SecretName[] = [];
    const walk = async (folder: string, depth: number): Promise<void> => {
      await Promise.all(
        (await kv.list(folder)).map(async (key) => {
          const path = folder === "" ? key : `${folder}/${key}`;
          if (key.endsWith("/")) {
            if (depth < 2) await walk(path.slice(0, -1), depth + 1);
            return;
          }
          const name = parseSecretName(path);
          // Deeper and other names are somebody else's.
          if (name !== undefined) found.push(name);
        }),
      );
    };
    await walk("", 0);
    return found.sort((a, b) => (secretNameText(a) < secretNameText(b) ? -1 : 1));
  };

  /** The version to compare with, of an entry that is as expected. */
  const compare = (name: string, { data, version }: KvEntry, { expect }: Expectation): number | undefined => {
    if (expect === undefined) return version;
    // Version 1 counts nothing: that it is there, or not, is all that can be compared.
    const current = data === undefined ? ABSENT : version === undefined ? undefined : String(version);
    if (expect === ABSENT ? data !== undefined : current !== undefined && current !== expect) {
      throw new SecretConflictError(name, place);
    }
    return version;
  };

  return {
    backend: "vault",
    place,
    writable: true,
    async read<K extends SecretKind>(name: SecretName<K>) {
      const { data, version } = await kv.read(nameText(name));
      if (data === undefined) return undefined;
      return { value: parseSecret(name, data, place), version: version === undefined ? undefined : String(version) };
    },
    list,
    async write<K extends SecretKind>(name: SecretName<K>, value: SecretValue<K>, expectation: Expectation = {}) {
      const text = nameText(name);
      const checked = parseSecret(name, value, place) as object;
      for (let tries = 1; ; tries++) {
        const cas = compare(text, await kv.read(text), expectation);
        try {
          const version = await kv.write(text, checked, cas);
          return version === undefined ? undefined : String(version);
        } catch (error) {
          if (!(error instanceof KvConflict)) throw error;
          if (expectation.expect !== undefined || tries >= TRIES) throw new SecretConflictError(text, place);
        }
      }
    },
    async remove(name, expectation = {}) {
      const text = nameText(name);
      const entry = await kv.read(text);
      compare(text, entry, expectation);
      // A deleted version leaves older ones behind, which go as well.
      if (entry.data !== undefined || entry.version) await kv.remove(text);
      return entry.data !== undefined;
    },
    async close() {
      session.close();
      await client.close();
    },
  };
}
