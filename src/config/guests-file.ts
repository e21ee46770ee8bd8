import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import * as z from "zod";
import { ConfigError } from "./config-error.ts";
import type { GuestEntry } from "./guest-entry.ts";
import { hostKeys } from "./host-key-text.ts";
import { Fault, type Parser } from "./parsers.ts";
import { parseSecretName } from "./secret-name.ts";
import { type HostAddress, hostAddress, jumpHost } from "./ssh-parsers.ts";
import type { VariableReader } from "./variable-reader.ts";

const text = z.string().trim().min(1);
const parsed = <T>(parse: Parser<T>) =>
  z.string().transform((given, context) => {
    try {
      return parse(given);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      context.addIssue({ code: "custom", message: error.message });
      return z.NEVER;
    }
  });
const entry = z.strictObject({
  cluster: text.optional(),
  vmid: z.int().min(100).max(999_999_999).optional(),
  name: text.optional(),
  tag: z
    .string()
    .regex(/^[A-Za-z0-9_][\w.+-]*$/, "must be a tag")
    .optional(),
  os: z.enum(["linux", "windows"]).default("linux"),
  username: z
    .string()
    .regex(/^[^\s\p{C}:/]+$/u, "must be a user name")
    .optional(),
  port: z.int().min(1).max(65535).optional(),
  address: parsed(hostAddress).optional(),
  hostKeys: z
    .union([z.array(z.string()).transform((keys) => keys.join("\n")), z.string()])
    // None at all is said to be missing when the guest is met, together with the one that it shows.
    .pipe(parsed((text) => (text.trim() === "" ? [] : hostKeys(text))))
    .default([]),
  keyFile: text.optional(),
  passphraseEnv: text.optional(),
  secretName: text.optional(),
  sudo: z.boolean().default(false),
  jump: parsed<HostAddress & { username?: string }>(jumpHost).optional(),
});
const file = z.strictObject({ $schema: text.optional(), guests: z.array(entry).min(1) });

type Entry = z.output<typeof entry>;

const SETTING = "PROXMOX_SHELL_SSH_GUESTS_FILE";
const ALLOWED =
  'a JSON file {"guests": [{"vmid" or "name" or "tag", "username", "keyFile" or "secretName", "hostKeys"}]}, as docs/guest-ssh.md describes it';

/** Reads the table of guests with SSH of their own; throws `ConfigError` with the place of the first fault. */
export function readGuestsFile(
  path: string,
  variables: Pick<VariableReader, "readSecret">,
  { clusters, backend }: { clusters: readonly string[]; backend: "env" | "file" | "vault" },
): GuestEntry[] {
  const fail = (fault: string): never => {
    throw new ConfigError(SETTING, fault, ALLOWED);
  };
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return fail(
      code === undefined ? `names ${path}, which is not JSON` : `names ${path}, which cannot be read (${code})`,
    );
  }
  const result = file.safeParse(json);
  if (!result.success) {
    const [issue] = result.error.issues;
    return fail(`has a fault at ${placeOf(issue!.path)}: ${issue!.message}`);
  }
  const seen = new Map<string, string>();
  return result.data.guests.map((one, index) => {
    const place = `guests[${index}]`;
    try {
      const made = toEntry(one, place, variables, { clusters, backend });
      const key = JSON.stringify([made.cluster, made.by]).toLowerCase();
      if (seen.has(key)) throw new Fault(`names the same guest as ${seen.get(key)}`);
      seen.set(key, made.place);
      return made;
    } catch (error) {
      if (error instanceof Fault) return fail(`has a fault at ${place}: ${error.message}`);
      throw error;
    }
  });
}

function toEntry(
  given: Entry,
  index: string,
  variables: Pick<VariableReader, "readSecret">,
  { clusters, backend }: { clusters: readonly string[]; backend: "env" | "file" | "vault" },
): GuestEntry {
  const { cluster, vmid, name, tag, os, username, port, address, keyFile, passphraseEnv, secretName, sudo, jump } =
    given;
  const ways = Object.entries({ vmid, name, tag }).filter(([, value]) => value !== undefined);
  if (ways.length !== 1) throw new Fault("needs exactly one of vmid, name and tag");
  if (cluster === undefined && clusters.length > 1)
    throw new Fault("needs cluster, as there are several: the same VMID is another guest in each");
  if (cluster !== undefined && !clusters.includes(cluster))
    throw new Fault(`names cluster ${JSON.stringify(cluster)}; there are ${clusters.join(", ")}`);
  if (tag !== undefined && address !== undefined)
    throw new Fault("has address beside tag: several guests have a tag, and none of them the same address");
  if (os === "windows" && sudo) throw new Fault("has sudo, which Windows has not");
  if (keyFile !== undefined && secretName !== undefined) throw new Fault("has both keyFile and secretName");
  if (passphraseEnv !== undefined && keyFile === undefined) throw new Fault("has passphraseEnv without keyFile");
  if (secretName !== undefined) {
    if (backend === "env")
      throw new Fault("has secretName, which needs PROXMOX_MCP_SECRET_BACKEND to be file or vault");
    if (parseSecretName(secretName)?.kind !== "ssh")
      throw new Fault("secretName is not a name such as default/ssh/web");
  }
  const passphrase = passphraseEnv === undefined ? undefined : variables.readSecret(passphraseEnv);
  if (passphraseEnv !== undefined && passphrase === undefined)
    throw new Fault(`passphraseEnv names ${passphraseEnv}, which is not set`);
  const [way, value] = ways[0]!;
  return {
    place: `${index} (${way} ${value})`,
    ...(cluster === undefined ? {} : { cluster }),
    by: { [way]: value } as GuestEntry["by"],
    os,
    ...(username === undefined ? {} : { username }),
    port: address?.port ?? port ?? 22,
    ...(address === undefined ? {} : { address: address.host }),
    hostKeys: given.hostKeys,
    ...(keyFile === undefined
      ? secretName === undefined
        ? {}
        : { key: { secret: secretName } }
      : { key: { path: resolve(keyFile), ...(passphrase === undefined ? {} : { passphrase }) } }),
    sudo,
    ...(jump === undefined ? {} : { jump }),
  };
}

function placeOf(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return text.replace(/^\./, "") || "the top";
}
