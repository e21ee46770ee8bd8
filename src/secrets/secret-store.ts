import type { SecretKind, SecretName } from "../config/secret-name.ts";
import type { SecretValue } from "./secret.ts";

/** A secret as it is stored now. */
export interface StoredSecret<K extends SecretKind> {
  value: SecretValue<K>;
  /** Changes with every change of the secret; undefined where the backend has none (KV version 1). */
  version: string | undefined;
}

/** What a write or a removal goes by. */
export interface Expectation {
  /** The version that is to be replaced, or `absent`; otherwise nothing is written and `SecretConflictError` thrown. */
  expect?: string;
}

/** `expect` for a secret that must not be there yet. */
export const ABSENT = "absent";

/**
 * Named secrets in one place. Every method rejects with a `SecretStoreError` that says what to do; nothing is cached, so
 * that each call sees what others wrote.
 */
export interface SecretStore {
  readonly backend: "env" | "file" | "vault";
  /** Where it is, for people: a path, or an address with a path. */
  readonly place: string;
  readonly writable: boolean;
  /** The secret, checked; undefined when there is none. */
  read<K extends SecretKind>(name: SecretName<K>): Promise<StoredSecret<K> | undefined>;
  /** Names of all secrets, sorted; their values are not looked at. */
  list(): Promise<SecretName[]>;
  /** Creates or replaces the secret and answers with its version; compare-and-swap where the backend can. */
  write<K extends SecretKind>(
    name: SecretName<K>,
    value: SecretValue<K>,
    options?: Expectation,
  ): Promise<string | undefined>;
  /** Removes the secret with all its versions; false when there was none. */
  remove(name: SecretName, options?: Expectation): Promise<boolean>;
  /** Ends connections and timers. */
  close(): Promise<void>;
}
