import { createHash, createHmac } from "node:crypto";
import type { HostKeyPin } from "../config/host-key-text.ts";

export { type HostKeyPin, parseHostKeys } from "../config/host-key-text.ts";

/** Names under which a host may be pinned: its node's name (OpenSSH's HostKeyAlias, pve-facts 119), and its address. */
export interface HostNames {
  node: string;
  address: string;
  port: number;
}

export type HostKeyVerdict =
  | { is: "expected" }
  | { is: "unpinned" }
  | { is: "revoked" }
  | { is: "another"; expected: readonly string[] };

/** Fingerprint of a host key's wire form, as `ssh-keygen -lf` prints it. */
export function fingerprintOf(key: Uint8Array): string {
  return `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;
}

/** Type of a host key's wire form, e.g. `ssh-ed25519`. */
export function typeOfKey(key: Buffer): string {
  const length = key.length < 4 ? 0 : key.readUInt32BE(0);
  return length > 64 || key.length < 4 + length ? "unknown" : key.toString("latin1", 4, 4 + length);
}

/** Whether the key that a host shows is one that the operator vouches for. */
export function judgeHostKey(pins: readonly HostKeyPin[], host: HostNames, key: Buffer): HostKeyVerdict {
  const shown = fingerprintOf(key);
  const isRevoked = pins.some(
    (pin) => pin.kind === "key" && pin.revoked && isFor(pin, host) && fingerprintOfPin(pin) === shown,
  );
  if (isRevoked) return { is: "revoked" };
  const expected = [...new Set(pinsFor(pins, host).map(fingerprintOfPin))];
  if (expected.length === 0) return { is: "unpinned" };
  return expected.includes(shown) ? { is: "expected" } : { is: "another", expected };
}

/** The pins of one host; what names it is stricter than, and goes before, what holds for any. */
export function pinsFor(pins: readonly HostKeyPin[], host: HostNames): HostKeyPin[] {
  const valid = pins.filter((pin) => !(pin.kind === "key" && pin.revoked) && isFor(pin, host));
  const named = valid.filter((pin) => (pin.kind === "key" ? pin.names : pin.node) !== undefined);
  return named.length > 0 ? named : valid;
}

/** The algorithms by which a host can show one of its pinned keys; undefined where a pin does not say its type. */
export function pinnedAlgorithms(pins: readonly HostKeyPin[]): string[] | undefined {
  const types = pins.map((pin) => (pin.kind === "key" ? pin.keyType : pin.type));
  if (types.length === 0 || types.includes(undefined)) return undefined;
  return [...new Set(types.flatMap((type) => algorithmsOf(type!)))];
}

/** Signature algorithms of a type of key, strongest first. */
export function algorithmsOf(type: string): string[] {
  if (/rsa/i.test(type)) return ["rsa-sha2-512", "rsa-sha2-256"];
  if (/^ecdsa$/i.test(type)) return ["ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521"];
  return [/^ed25519$/i.test(type) ? "ssh-ed25519" : type];
}

function fingerprintOfPin(pin: HostKeyPin): string {
  return pin.kind === "fingerprint" ? pin.fingerprint : fingerprintOf(Buffer.from(pin.key, "base64"));
}

function isFor(pin: HostKeyPin, { node, address, port }: HostNames): boolean {
  if (pin.kind === "fingerprint") return pin.node === undefined || pin.node.toLowerCase() === node.toLowerCase();
  if (pin.names === undefined) return true;
  const named = [node, `[${node}]:${port}`, `[${address}]:${port}`, ...(port === 22 ? [address] : [])];
  return named.some((name) => isNamed(pin.names!, name.toLowerCase()));
}

/** `names` of a known_hosts line: a hash, or patterns of which a negated one rules the host out. */
function isNamed(names: string, name: string): boolean {
  const hashed = /^\|1\|([^|]+)\|([^|]+)$/.exec(names);
  if (hashed) {
    const digest = createHmac("sha1", Buffer.from(hashed[1]!, "base64")).update(name).digest("base64");
    return digest === hashed[2];
  }
  const patterns = names.toLowerCase().split(",");
  if (patterns.some((one) => one.startsWith("!") && fits(one.slice(1), name))) return false;
  return patterns.some((one) => !one.startsWith("!") && fits(one, name));
}

function fits(pattern: string, name: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*+/g, ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`).test(name);
}
