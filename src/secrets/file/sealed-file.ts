import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import * as z from "zod";
import { parseSecretName } from "../../config/secret-name.ts";
import { SecretFileError } from "./file-error.ts";

/** Values by name, as they stand in the file. */
export type Contents = ReadonlyMap<string, object>;

const FORMAT = "proxmox-mcp-secrets";
const VERSION = 1;
const CIPHER = "aes-256-gcm";
const IV_LENGTH = 12;
const TAG_LENGTH = 16;

const contents = z.record(
  z.string().refine((name) => parseSecretName(name) !== undefined),
  z.looseObject({}),
);
const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);
const head = z.looseObject({ format: z.literal(FORMAT), version: z.int() });
const plain = z.strictObject({ format: z.literal(FORMAT), version: z.literal(VERSION), secrets: contents });
const sealed = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  cipher: z.literal(CIPHER),
  keyId: z.string(),
  iv: base64,
  tag: base64,
  data: base64,
});

/** The text of a file with these secrets; encrypted when there is a key. */
export function encodeSecrets(secrets: Contents, key: Buffer | undefined): string {
  const values = Object.fromEntries([...secrets].sort(([a], [b]) => (a < b ? -1 : 1)));
  if (key === undefined) return `${JSON.stringify({ format: FORMAT, version: VERSION, secrets: values }, null, 2)}\n`;
  const iv = randomBytes(IV_LENGTH);
  const header = { format: FORMAT, version: VERSION, cipher: CIPHER, keyId: keyId(key) };
  const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_LENGTH });
  cipher.setAAD(additional(header.keyId));
  const data = Buffer.concat([cipher.update(JSON.stringify(values), "utf8"), cipher.final()]);
  const body = { iv, tag: cipher.getAuthTag(), data };
  const texts = Object.fromEntries(Object.entries(body).map(([name, bytes]) => [name, bytes.toString("base64")]));
  return `${JSON.stringify({ ...header, ...texts }, null, 2)}\n`;
}

/** What a file holds; throws `SecretFileError` when it is cut off, altered, or not for this key. */
export function decodeSecrets(text: string, key: Buffer | undefined, path: string): Contents {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw altered(path, text.trim() === "" ? "is empty" : "is cut off or altered: it is not JSON");
  }
  const about = head.safeParse(json);
  if (!about.success) throw altered(path, `is not a file of secrets of this server ("format": "${FORMAT}")`);
  if (about.data.version !== VERSION) {
    throw new SecretFileError(
      "altered",
      path,
      `has version ${about.data.version}, which this server does not know`,
      "Use the version of proxmox-mcp that wrote it.",
    );
  }
  return "cipher" in about.data ? open(json, key, path) : readPlain(json, key, path);
}

function readPlain(json: unknown, key: Buffer | undefined, path: string): Contents {
  const parsed = plain.safeParse(json);
  if (!parsed.success) {
    const { path: at } = parsed.error.issues[0]!;
    throw altered(path, `has a fault${at.length > 0 ? ` at ${at.join(".")}` : ""}`);
  }
  // Whoever can write the file could otherwise put one of their own in the place of an encrypted one.
  if (key !== undefined) {
    throw new SecretFileError(
      "key",
      path,
      "is not encrypted, though PROXMOX_MCP_SECRET_FILE_KEY is set",
      "Unset the key if that is meant to be; otherwise put the secrets into a new file, which is then encrypted.",
    );
  }
  return new Map(Object.entries(parsed.data.secrets));
}

function open(json: unknown, key: Buffer | undefined, path: string): Contents {
  const parsed = sealed.safeParse(json);
  if (!parsed.success) throw altered(path, "is cut off or altered");
  if (key === undefined) {
    throw new SecretFileError(
      "key",
      path,
      "is encrypted",
      "Set PROXMOX_MCP_SECRET_FILE_KEY, or PROXMOX_MCP_SECRET_FILE_KEY_FILE, to its key.",
    );
  }
  if (parsed.data.keyId !== keyId(key)) {
    throw new SecretFileError(
      "key",
      path,
      "was encrypted with another key than PROXMOX_MCP_SECRET_FILE_KEY",
      "Set the key with which it was written.",
    );
  }
  const [iv, tag, data] = [parsed.data.iv, parsed.data.tag, parsed.data.data].map((part) =>
    Buffer.from(part, "base64"),
  );
  try {
    const decipher = createDecipheriv(CIPHER, key, iv!, { authTagLength: TAG_LENGTH });
    decipher.setAAD(additional(parsed.data.keyId));
    decipher.setAuthTag(tag!);
    const text = Buffer.concat([decipher.update(data!), decipher.final()]).toString("utf8");
    return new Map(Object.entries(contents.parse(JSON.parse(text))));
  } catch {
    throw altered(path, "was altered: what it holds is not what was encrypted with this key");
  }
}

function altered(path: string, fault: string): SecretFileError {
  return new SecretFileError(
    "altered",
    path,
    fault,
    "Put a copy of it back, or move it away and enroll anew; it is never overwritten.",
  );
}

/** Tells a wrong key from an altered file, and nothing of the key. */
function keyId(key: Buffer): string {
  return createHmac("sha256", key).update(`${FORMAT} key`).digest("base64url").slice(0, 12);
}

function additional(id: string): Buffer {
  return Buffer.from(JSON.stringify([FORMAT, VERSION, CIPHER, id]));
}
