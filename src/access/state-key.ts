import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeStateDirectory } from "./state-directory.ts";

const LENGTH = 32;
const IV_LENGTH = 12;
const TAG_LENGTH = 16;

/** The key that makes handles unforgeable. */
export interface StateKey {
  /** 96-bit tag over the parts, base64url. */
  tag(...parts: readonly string[]): string;
  verify(tag: string, ...parts: readonly string[]): boolean;
  /** Encrypts and authenticates a text for one purpose; base64url. */
  seal(purpose: string, text: string): string;
  /** The sealed text, or nothing when it was altered, sealed for another purpose, or under another key. */
  open(purpose: string, sealed: string): string | undefined;
  /** False when the key could not be kept, so that handles end with this process. */
  readonly durable: boolean;
}

/** The given key; else the one in the state directory, made there (mode 0600) at its first use unless `make` is false. */
export function loadStateKey(
  directory: string,
  { given, make = true }: { given?: Buffer | undefined; make?: boolean } = {},
): StateKey {
  let loaded: { key: Buffer; durable: boolean } | undefined = given && { key: given, durable: true };
  const load = () => (loaded ??= readOrMake(directory, make));
  const tag = (parts: readonly string[]): Buffer =>
    createHmac("sha256", load().key).update(JSON.stringify(parts)).digest().subarray(0, 12);
  return {
    tag: (...parts) => tag(parts).toString("base64url"),
    verify(given, ...parts) {
      // As text: decoding would let through a tag that something was added to.
      const wanted = Buffer.from(tag(parts).toString("base64url"));
      const bytes = Buffer.from(given);
      return bytes.length === wanted.length && timingSafeEqual(bytes, wanted);
    },
    seal(purpose, text) {
      const iv = randomBytes(IV_LENGTH);
      const cipher = createCipheriv("aes-256-gcm", purposeKey(load().key, purpose), iv);
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url");
    },
    open(purpose, sealed) {
      const bytes = Buffer.from(sealed, "base64url");
      if (bytes.length < IV_LENGTH + TAG_LENGTH) return undefined;
      const decipher = createDecipheriv("aes-256-gcm", purposeKey(load().key, purpose), bytes.subarray(0, IV_LENGTH));
      decipher.setAuthTag(bytes.subarray(IV_LENGTH, IV_LENGTH + TAG_LENGTH));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(IV_LENGTH + TAG_LENGTH)), decipher.final()]).toString(
          "utf8",
        );
      } catch {
        return undefined;
      }
    },
    get durable() {
      return load().durable;
    },
  };
}

/** One key a purpose, so that what is sealed for one can never pass for another. */
function purposeKey(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", key, "", `proxmox-mcp ${purpose}`, LENGTH));
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
