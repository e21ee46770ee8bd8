import type { AuthContext, utils } from "ssh2";
import { tellSecret } from "../made-secrets.ts";
import { authorizedKeys, type KeyPair } from "./keys.ts";

/** A new key pair that the library can read back, which it cannot a few of those that it makes. */
export function newKeyPair(ssh: typeof utils, comment: string): KeyPair {
  const { private: privateKey, public: publicKey } = ssh.generateKeyPairSync("ed25519", { comment });
  if (ssh.parseKey(privateKey) instanceof Error) return newKeyPair(ssh, comment);
  tellSecret(`SSH key ${comment}`, privateKey);
  return { privateKey, publicKey: publicKey.trim() };
}

/** Accepts a login by one of the keys of an `authorized_keys` file, or calls `refuse`. */
export function judgeKey(
  context: AuthContext & { method: "publickey" },
  file: string,
  parseKey: typeof utils.parseKey,
  refuse: () => void,
): void {
  const key = parseKey(context.key.data);
  if (key instanceof Error || !authorizedKeys(file).some((one) => one.equals(context.key.data))) {
    refuse();
    return;
  }
  const { signature, blob, hashAlgo } = context as typeof context & { hashAlgo?: string };
  // Without a signature the client only asks whether it is worth making one.
  if (signature === undefined || blob === undefined || key.verify(blob, signature, hashAlgo) === true) context.accept();
  else refuse();
}
