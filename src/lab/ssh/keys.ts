import { createHash } from "node:crypto";

/** A key pair in the texts that OpenSSH keeps in files. */
export interface KeyPair {
  /** PEM of the private key. */
  privateKey: string;
  /** `ssh-ed25519 AAAA… comment`. */
  publicKey: string;
}

/** The fingerprint of a public key as `ssh-keygen -lf` prints it: `SHA256:…`. */
export function fingerprintOf(publicKey: string): string {
  const blob = Buffer.from(publicKey.split(" ")[1] ?? "", "base64");
  return `SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/, "")}`;
}

/** Lines of an `authorized_keys` file as the bytes of their keys. */
export function authorizedKeys(text: string): Buffer[] {
  return text.split("\n").flatMap((line) => {
    const found = /(?:^|\s)(?:ssh-\w+|ecdsa-sha2-\w+|sk-\S+) ([A-Za-z0-9+/=]+)/.exec(line.replace(/^\s*#.*/, ""))?.[1];
    return found === undefined ? [] : [Buffer.from(found, "base64")];
  });
}
