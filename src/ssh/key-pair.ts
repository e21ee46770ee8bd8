import { fingerprintOf } from "./host-keys.ts";

/** A key to log in with. */
export interface KeyPair {
  /** In OpenSSH's own form. */
  privateKey: string;
  /** `ssh-ed25519 AAAA… comment`. */
  publicKey: string;
  /** `SHA256:…`, as `ssh-keygen -lf` prints it. */
  fingerprint: string;
}

/** Makes a new ed25519 key, without a passphrase. */
export async function makeKeyPair(comment: string): Promise<KeyPair> {
  const { default: ssh2 } = await import("ssh2");
  for (;;) {
    const { private: privateKey, public: publicKey } = ssh2.utils.generateKeyPairSync("ed25519", { comment });
    // The library cannot read back a few of the keys that it makes.
    if (ssh2.utils.parseKey(privateKey) instanceof Error) continue;
    const line = publicKey.trim();
    return { privateKey, publicKey: line, fingerprint: fingerprintOf(Buffer.from(line.split(" ")[1]!, "base64")) };
  }
}
