import { createHash } from "node:crypto";

/** 128 bits of SHA-256 over a JSON value, base64url. */
export function hashOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("base64url").slice(0, 22);
}
