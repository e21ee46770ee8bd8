import { ArgumentError } from "../errors.ts";

/** Already as Proxmox stores them: no blank, which every key has, and blanks percent-encoded. */
const ENCODED = /^[-%a-zA-Z0-9_.!~*'()]*%20[-%a-zA-Z0-9_.!~*'()]*$/;

/**
 * Public keys as `sshkeys` wants them: one a line, percent-encoded, to be encoded once more with the form (pve-facts
 * 12). Takes what is encoded already as it is.
 */
export function encodeSshKeys(given: unknown, argument: string): string {
  if (typeof given === "string" && ENCODED.test(given)) return given;
  const lines = (Array.isArray(given) ? given : [given]).flatMap((text) => String(text ?? "").split("\n"));
  const keys = lines.map((line) => line.trim()).filter((line) => line !== "");
  if (keys.length === 0)
    throw new ArgumentError(argument, "holds no key", "Give OpenSSH public keys, e.g. ssh-ed25519 AAAA… me@here.");
  for (const key of keys) {
    if (/PRIVATE KEY/.test(key))
      throw new ArgumentError(argument, "holds a private key", "Give the public one, from the .pub file.");
    if (!/\S +\S/.test(key))
      throw new ArgumentError(argument, `has a line that is no public key: ${key.slice(0, 20)}…`, "Give OpenSSH keys.");
  }
  return encodeURIComponent(keys.join("\n"));
}

/** How many keys a stored `sshkeys` holds. */
export function countSshKeys(stored: string): number {
  try {
    return decodeURIComponent(stored)
      .split("\n")
      .filter((line) => line.trim() !== "").length;
  } catch {
    return 1;
  }
}
