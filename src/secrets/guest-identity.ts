import type { GuestEntry } from "../config/guest-entry.ts";
import { Fault } from "../config/parsers.ts";
import { parseSecretName, type SecretName } from "../config/secret-name.ts";
import { privateKey } from "../config/ssh-parsers.ts";
import type { Credentials } from "./credentials.ts";
import { SecretMalformedError, SecretMissingError } from "./errors.ts";
import { readGuarded } from "./file/guarded-file.ts";
import type { SshIdentity } from "./secret.ts";

const PLACE = "PROXMOX_SHELL_SSH_GUESTS_FILE";

/**
 * Who logs in to the guests of an entry: a key file, a named secret, or the cluster's own SSH identity; undefined when the
 * last is wanted and there is none. Only the entry's own host keys count: a node's say nothing about a guest.
 */
export async function guestIdentity(
  credentials: Pick<Credentials, "ssh" | "sshNamed" | "store">,
  cluster: string,
  entry: GuestEntry,
): Promise<SshIdentity | undefined> {
  const found = await login(credentials, cluster, entry);
  if (found === undefined) return undefined;
  const { pins, ...own } = found;
  return { ...own, username: entry.username ?? own.username, expectedHostKeys: [...pins, ...entry.hostKeys] };
}

type Login = Omit<SshIdentity, "expectedHostKeys"> & { pins: readonly string[] };

async function login(
  { ssh, sshNamed, store }: Pick<Credentials, "ssh" | "sshNamed" | "store">,
  cluster: string,
  { key, os, place }: GuestEntry,
): Promise<Login | undefined> {
  if (key === undefined) {
    const own = await ssh(cluster);
    return own && { ...own, pins: [] };
  }
  if ("secret" in key) {
    const named = await sshNamed(parseSecretName(key.secret) as SecretName<"ssh">);
    if (named === undefined) throw new SecretMissingError(key.secret, store, []);
    return { ...named, pins: named.expectedHostKeys };
  }
  const text = readGuarded(key.path, `keyFile of ${place} in ${PLACE}`);
  try {
    return {
      username: os === "windows" ? "Administrator" : "root",
      privateKey: privateKey(text.toString("utf8")),
      ...(key.passphrase === undefined ? {} : { passphrase: key.passphrase }),
      pins: [],
    };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw new SecretMalformedError("ssh", PLACE, [`keyFile of ${place}, ${key.path}, ${error.message}`]);
  }
}
