import { mapTexts } from "./map-texts.ts";
import { cleanText } from "./untrusted-text.ts";

const MASK = "[redacted]";

/** Parameter names whose value is a secret, or the body of a command (schema-facts 1.1, row 35). */
const SECRET_NAMES = new Set([
  "apitoken",
  "challenge",
  "client-key",
  "code",
  "command",
  "content",
  "csrfpreventiontoken",
  // Credentials of an ACME plugin.
  "data",
  "encryption-key",
  // Of a webhook: often an Authorization.
  "header",
  "input-data",
  "key",
  "keyring",
  "master-pubkey",
  "otp",
  "response",
  "sshkeys",
  "ssh-public-keys",
  "ticket",
  "token",
  "totp",
  // The code that confirms a second factor.
  "value",
  "vncticket",
]);

/** Whatever is called so is a secret, also where a name is misspelt. */
const SECRET_WORD = /passw|passphrase|secret|hmac/i;

/**
 * A list of content types, and nothing else: a file's body may begin with one of the words. `content` is a secret only
 * where it is such a body; as a list it is wanted in the record.
 */
export const CONTENT_TYPES = /^(?:(?:images|rootdir|vztmpl|iso|backup|snippets|none|import)(?:[,; ]+(?!$)|$))+$/;

/** A node's own commands hold nothing that has to be hidden, and a record without them says too little. */
const NODE_COMMAND = /^(reboot|shutdown)$/;

/** What is masked; the longest first, as one may be a part of another. */
let known: readonly string[] = [];

/** Shorter values would mask ordinary words. */
const SHORTEST_SECRET = 6;
/** Shorter lines of a key are its end, and tell nothing. */
const SHORTEST_LINE = 16;

/** Masks this value from now on wherever a text holds it, in any of its forms. */
export function keepSecret(secret: string): void {
  if (secret.length < SHORTEST_SECRET) return;
  known = [...new Set([...known, ...secretForms(secret)])].sort((a, b) => b.length - a.length);
}

/**
 * A secret as texts hold it, plain, percent-encoded or in base64; of one with several lines, such as a private key, each
 * line of its body too, as programs show files by lines.
 */
export function secretForms(secret: string): string[] {
  const lines = secret.split(/\r?\n|\\n/).filter((line) => line.length >= SHORTEST_LINE && !line.startsWith("-----"));
  const forms = [secret, ...lines].flatMap((text) => [text, encodeURIComponent(text)]);
  return [...new Set([...forms, Buffer.from(secret).toString("base64").replace(/=+$/, "")])];
}

/** A text without the secrets that this process was told of. */
function maskKnown(text: string): string {
  let result = text;
  // Most texts are shorter than any secret.
  for (const secret of known) if (secret.length <= result.length) result = result.replaceAll(secret, MASK);
  return result;
}

/** A JSON value without the secrets that this process was told of, be it in keys or in values. */
export function maskSecrets<T>(value: T): T {
  return known.length === 0 ? value : mapTexts(value, maskKnown);
}

/** A JSON value as it may leave: without what cannot be seen, and without those secrets. */
export function cleanAndMask<T>(value: T): T {
  return mapTexts(value, (text) => maskKnown(cleanText(text)));
}

/** Bytes without the secrets that this process was told of; as they were when they hold none. */
export function maskSecretBytes(bytes: Uint8Array): Buffer {
  const given = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // One character a byte, in which a secret looks as it does in UTF-8.
  const text = given.toString("latin1");
  let masked = text;
  for (const secret of known) masked = masked.replaceAll(Buffer.from(secret).toString("latin1"), MASK);
  return masked === text ? given : Buffer.from(masked, "latin1");
}

/** A JSON value with every text in it redacted as `redactText` does. */
export function redactValues<T>(value: T): T {
  return mapTexts(value, redactText);
}

/** A copy of the parameters, fit for a record: secret values are masked by name, at any depth. */
export function redactParams(params: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [maskKnown(name), redactValue(name, value)]));
}

/** What a person consents to has to be seen, though no record keeps it: the command, its input, and the body of a file. */
const CONSENTED = new Set(["command", "content", "input-data"]);

/** A copy of the parameters for the person who decides: secrets are masked, commands are not. */
export function consentParams(params: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      maskKnown(name),
      redactValue(CONSENTED.has(name.toLowerCase()) ? "" : name, value),
    ]),
  );
}

function redactValue(name: string, value: unknown): unknown {
  if (typeof value === "boolean") return value;
  if (isSecret(name) && !isPlainWord(name, value)) return MASK;
  if (name === "argv" && Array.isArray(value)) return redactArgv(value.map(String));
  if (name === "commands" && typeof value === "string") return redactBatch(value);
  if (Array.isArray(value)) return value.map((item) => redactValue("", item));
  if (typeof value === "object" && value !== null) return redactParams(value as Record<string, unknown>);
  if (typeof value === "string") return redactText(value);
  return value;
}

/** Options of commands whose value is a secret; `--key`, `--value` and their like name things there. */
const SECRET_OPTION = /passw|passphrase|secret|hmac|ticket|otp|apitoken|keyring|encryption-key|^-+(token|client-key)$/i;

/** The arguments of a command, of which the values of options that look secret are masked. */
function redactArgv(argv: readonly string[]): string[] {
  return argv.map((word, index) => {
    const [, option] = /^(-{1,2}[A-Za-z][\w-]*)=/s.exec(word) ?? [];
    if (option !== undefined && SECRET_OPTION.test(option)) return `${option}=${MASK}`;
    const before = argv[index - 1];
    const isValue = before !== undefined && /^-{1,2}[A-Za-z][\w-]*$/.test(before) && SECRET_OPTION.test(before);
    return isValue ? MASK : redactText(word);
  });
}

/** The calls of a batch are JSON text, in which secrets are named as they are elsewhere. */
function redactBatch(commands: string): string {
  try {
    return JSON.stringify(redactValue("", JSON.parse(commands)));
  } catch {
    return MASK;
  }
}

function isPlainWord(name: string, value: unknown): boolean {
  return (
    (name === "content" && CONTENT_TYPES.test(String(value))) ||
    (name === "command" && typeof value === "string" && NODE_COMMAND.test(value))
  );
}

function isSecret(name: string): boolean {
  return SECRET_NAMES.has(name.toLowerCase()) || SECRET_WORD.test(name);
}

/** Masks known secrets, token headers, tickets and `password=` parts of property strings inside a text. */
export function redactText(text: string): string {
  return maskKnown(text)
    .replace(/(PVEAPIToken[= ][^=\s]+=)[^\s"',]+/g, `$1${MASK}`)
    .replace(/PVE(VNC|TERM|)?:(?:[^\s:"']+:)?[0-9A-F]{8}::[A-Za-z0-9+/=]+/g, MASK)
    .replace(/\b(password|secret|apitoken|keyring)=([^,\s]+)/gi, `$1=${MASK}`);
}
