import { createHash } from "node:crypto";

const LETTERS = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

function letters(bytes: Uint8Array, count: number): string {
  return Array.from({ length: count }, (_, index) => LETTERS[(bytes[index % bytes.length] ?? 0) & 63]).join("");
}

/** A text of the form that a SHA-256 crypt has; it stands for a password and cannot be checked against one. */
export function cryptPassword(password: string, salt: Uint8Array): string {
  const head = letters(salt, 8);
  const hash = createHash("sha256").update(head).update(password).digest();
  return `$5$${head}$${letters(Buffer.concat([hash, hash]), 43)}`;
}
