import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeStateDirectory } from "./state-directory.ts";

const LENGTH = 32;

/** The key that makes handles unforgeable. */
export interface StateKey {
  /** 96-bit tag over the parts, base64url. */
  tag(...parts: readonly string[]): string;
  verify(tag: string, ...parts: readonly string[]): boolean;
  /** False when the key could not be kept, so that handles end with this process. */
  readonly durable: boolean;
}

/** Reads the key from the state directory, or makes one there (mode 0600) at its first use, unless `make` is false. */
export function loadStateKey(directory: string, { make = true }: { make?: boolean } = {}): StateKey {
  let loaded: { key: Buffer; durable: boolean } | undefined;
  const load = () => (loaded ??= readOrMake(directory, make));
  const tag = (parts: readonly string[]): Buffer =>
    createHmac("sha256", load().key).update(JSON.stringify(parts)).digest().subarray(0, 12);
  return {
    tag: (...parts) => tag(parts).toString("base64url"),
    verify(given, ...parts) {
      const wanted = tag(parts);
      const bytes = Buffer.from(given, "base64url");
      return bytes.length === wanted.length && timingSafeEqual(bytes, wanted);
    },
    get durable() {
      return load().durable;
    },
  };
}

function readOrMake(directory: string, make: boolean): { key: Buffer; durable: boolean } {
  const path = join(directory, "state.key");
  try {
    const kept = readKey(path);
    if (kept) return { key: kept, durable: true };
    if (!make) return { key: randomBytes(LENGTH), durable: false };
    makeStateDirectory(directory);
    const fresh = randomBytes(LENGTH);
    // Two servers may start at once: the link fails for the second, which then reads the first one's key.
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, fresh.toString("base64"), { mode: 0o600 });
    try {
      linkSync(draft, path);
      return { key: fresh, durable: true };
    } catch {
      const other = readKey(path);
      return other ? { key: other, durable: true } : { key: fresh, durable: false };
    } finally {
      rmSync(draft, { force: true });
    }
  } catch {
    return { key: randomBytes(LENGTH), durable: false };
  }
}

function readKey(path: string): Buffer | undefined {
  try {
    const key = Buffer.from(readFileSync(path, "utf8"), "base64");
    return key.length === LENGTH ? key : undefined;
  } catch {
    return undefined;
  }
}
