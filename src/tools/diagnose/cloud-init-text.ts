const MASK = "[redacted]";

/** Keys whose value is a login, in YAML and in JSON; `lock_passwd: true` says nothing secret. */
const SECRET_KEY =
  /^([ \t]*(?:-[ \t]+)?["']?(?!lock[_-]passwd)[\w-]*(?:passw(?:or)?d|admin[_-]pass|passphrase|secret|token|private[_-]?key)[\w-]*["']?[ \t]*:[ \t]*)("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^\s"'][^\n]*)/gim;

/** Hashes of passwords as crypt(3) writes them, wherever they stand. */
const HASH = /\$(?:1|2[abxy]?|5|6|7|sha1|md5|y|gy|argon2\w*)\$[^\s"',]+/g;

const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;

/** A cloud-init file without passwords, their hashes, tokens and private keys; public keys stay. */
export function maskCloudInit(text: string): string {
  return text
    .replace(PRIVATE_KEY, MASK)
    .replace(SECRET_KEY, (_, key: string, value: string) => `${key}${value.startsWith('"') ? `"${MASK}"` : MASK}`)
    .replace(HASH, MASK);
}
