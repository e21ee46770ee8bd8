import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { parseSecretName, type SecretKind, type SecretName } from "../../config/secret-name.ts";
import type { FileSettings } from "../../config/secret-settings.ts";
import { SecretConflictError } from "../errors.ts";
import { nameText, parseSecret, type SecretValue } from "../secret.ts";
import { ABSENT, type Expectation, type SecretStore } from "../secret-store.ts";
import { makeFolder, writeAtomically } from "./atomic-write.ts";
import { findGuarded, resolveFile } from "./guarded-file.ts";
import { withLock } from "./lock.ts";
import { type Contents, decodeSecrets, encodeSecrets } from "./sealed-file.ts";

/** A store in one file, which is read anew by each call and replaced as a whole by each change. */
export interface FileStore extends SecretStore {
  /** Writes the file anew under another key, or under none; later calls use that one. */
  rekey(key: Buffer | undefined): Promise<void>;
}

/** Opens the store; looks at nothing before the first call. `lockWaitMs` bounds the wait for another writer. */
export function openFileStore(settings: FileSettings, options: { lockWaitMs?: number } = {}): FileStore {
  const path = resolve(settings.path);
  let { key } = settings;

  const load = (): Contents => {
    const bytes = findGuarded(path);
    return bytes === undefined ? new Map() : decodeSecrets(bytes.toString("utf8"), key, path);
  };

  /** Reads, changes and writes with nobody else between; a file that cannot be read is never written. */
  const change = async <T>(decide: (secrets: Map<string, object>) => { write: boolean; answer: T }): Promise<T> => {
    // A link stays one: what it leads to is replaced.
    const real = resolveFile(path) ?? path;
    await makeFolder(real);
    return withLock(
      real,
      async () => {
        const secrets = new Map(load());
        const { write, answer } = decide(secrets);
        if (write) await writeAtomically(real, encodeSecrets(secrets, key));
        return answer;
      },
      options.lockWaitMs,
    );
  };

  const expectVersion = (secrets: Contents, name: string, { expect }: Expectation): void => {
    if (expect === undefined) return;
    const current = secrets.get(name);
    if (expect !== (current === undefined ? ABSENT : versionOf(current))) throw new SecretConflictError(name, path);
  };

  return {
    backend: "file",
    place: path,
    writable: true,
    async read<K extends SecretKind>(name: SecretName<K>) {
      const raw = load().get(nameText(name));
      return raw && { value: parseSecret(name, raw, path), version: versionOf(raw) };
    },
    async list() {
      return [...load().keys()].sort().map((name) => parseSecretName(name)!);
    },
    async write<K extends SecretKind>(name: SecretName<K>, value: SecretValue<K>, expectation: Expectation = {}) {
      const text = nameText(name);
      const checked = parseSecret(name, value, path) as object;
      return change((secrets) => {
        expectVersion(secrets, text, expectation);
        secrets.set(text, checked);
        return { write: true, answer: versionOf(checked) };
      });
    },
    async remove(name, expectation = {}) {
      const text = nameText(name);
      return change((secrets) => {
        expectVersion(secrets, text, expectation);
        const there = secrets.delete(text);
        return { write: there, answer: there };
      });
    },
    async rekey(next) {
      const real = resolveFile(path) ?? path;
      await makeFolder(real);
      await withLock(real, async () => writeAtomically(real, encodeSecrets(load(), next)), options.lockWaitMs);
      key = next;
    },
    async close() {},
  };
}

/** The same secret has the same version. */
function versionOf(value: object): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("base64url").slice(0, 16);
}
