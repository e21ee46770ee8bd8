import * as z from "zod";
import type { TokenAuth } from "../config/cluster-config.ts";
import { hostKeys } from "../config/host-key-text.ts";
import { Fault } from "../config/parsers.ts";
import { parseSecretName, type SecretKind, type SecretName, secretNameText } from "../config/secret-name.ts";
import { privateKey } from "../config/ssh-parsers.ts";
import { splitUser } from "../config/token-settings.ts";
import { SecretMalformedError, SecretNameError } from "./errors.ts";

/** What is needed to log in to a node by SSH. */
export interface SshIdentity {
  username: string;
  privateKey: string;
  passphrase?: string;
  /** `SHA256:…` or `ssh-ed25519 AAAA…`; one of them must be shown. */
  expectedHostKeys: readonly string[];
}

/** The value of a secret, by its kind. */
export interface SecretValues {
  token: TokenAuth;
  ssh: SshIdentity;
}

export type SecretValue<K extends SecretKind> = SecretValues[K];

/** It goes into a header: no space, no line break. */
const word = z.string().regex(/^[^\s\p{C}:/]+$/u, "must be one word");
const parsed = <T>(parse: (text: string) => T) =>
  z.string().transform((text, context) => {
    try {
      return parse(text);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      context.addIssue({ code: "custom", message: error.message });
      return z.NEVER;
    }
  });

const token = z
  .object({
    user: word,
    realm: word.optional(),
    id: word.regex(/^[^@!=]+$/, "is the part after the exclamation mark only"),
    secret: z.string().regex(/^[\x21-\x7e]+$/, "must be one word"),
    // The command line of Vault writes texts.
    expire: z.union([z.int().min(0), z.string().regex(/^\d+$/).transform(Number)]).optional(),
  })
  .transform(({ user, realm, expire, ...rest }, context): TokenAuth => {
    try {
      return { ...splitUser(user, realm, "realm"), ...rest, ...(expire === undefined ? {} : { expire }) };
    } catch (error) {
      context.addIssue({ code: "custom", path: ["user"], message: (error as Error).message });
      return z.NEVER;
    }
  });

const ssh = z
  .object({
    username: z.string().regex(/^[a-z_][a-z0-9_.-]*$/i, "must be a user name"),
    privateKey: parsed(privateKey),
    passphrase: z.string().min(1).optional(),
    expectedHostKeys: z
      .union([z.array(z.string()).transform((keys) => keys.join("\n")), z.string()])
      .transform((text) => text.trim())
      .pipe(z.union([z.literal("").transform((): string[] => []), parsed(hostKeys)]))
      .default([]),
  })
  .transform(({ passphrase, ...rest }): SshIdentity => ({ ...rest, ...(passphrase ? { passphrase } : {}) }));

const SCHEMAS = { token, ssh } as const;

/** The text of a name; throws `SecretNameError` for one that no secret may have, as a path would be. */
export function nameText(name: SecretName): string {
  const text = secretNameText(name);
  if (parseSecretName(text) === undefined) throw new SecretNameError(text);
  return text;
}

/** Checks what a store holds under a name; throws `SecretMalformedError`, which repeats no value. */
export function parseSecret<K extends SecretKind>(name: SecretName<K>, value: unknown, place: string): SecretValue<K> {
  const result = SCHEMAS[name.kind as SecretKind].safeParse(value);
  if (result.success) return result.data as SecretValue<K>;
  const faults = result.error.issues.map(({ path, message }) => `${path.join(".") || "the secret"} ${lower(message)}`);
  throw new SecretMalformedError(secretNameText(name), place, faults);
}

/** The texts in a secret that nobody may see. */
export function secretTexts(value: SecretValue<SecretKind>): string[] {
  return "privateKey" in value
    ? [value.privateKey, value.privateKey.trim(), ...(value.passphrase === undefined ? [] : [value.passphrase])]
    : [value.secret];
}

/** "Invalid input: expected string, received undefined" says it to nobody but a programmer. */
function lower(message: string): string {
  if (/received undefined$/.test(message)) return "is missing";
  return message.replace(/^Invalid input: /, "is wrong: ").replace(/^Invalid input$/, "is wrong");
}
