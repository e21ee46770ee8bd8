import { readFileSync } from "node:fs";
import { parse } from "yaml";
import * as z from "zod";
import { ConfigError } from "./config-error.ts";
import { type Identities, type IdentityEntry, subjectKey } from "./identity-entry.ts";
import { parseSecretName } from "./secret-name.ts";

const text = z.string().min(1);
const access = {
  tokens: z.record(text, text),
  ssh: z.boolean().default(false),
};
const file = z.strictObject({
  version: z.literal(1),
  identities: z.array(
    z.strictObject({ subject: text.optional(), issuer: text.optional(), group: text.optional(), ...access }),
  ),
  default: z.strictObject(access).optional(),
});

type Entry = z.output<typeof file>["identities"][number];

const SETTING = "PROXMOX_MCP_IDENTITIES_FILE";
const ALLOWED =
  'a YAML or JSON file {version: 1, identities: [{"subject" or "group", "tokens": {cluster: secret}}]}, as docs/deployment.md describes it';

/** Reads who acts with which Proxmox token; throws `ConfigError` with the place of the first fault. */
export function readIdentitiesFile(
  path: string,
  known: { clusters: readonly string[]; backend: "env" | "file" | "vault"; issuer: string | undefined },
): Identities {
  const fail = (fault: string, allowed = ALLOWED): never => {
    throw new ConfigError(SETTING, fault, allowed);
  };
  const { issuer } = known;
  if (issuer === undefined)
    return fail("is set, though nobody signs in", "it with PROXMOX_MCP_MODE=http and PROXMOX_MCP_OIDC_ISSUER only");
  if (known.backend === "env")
    return fail("is set, though PROXMOX_MCP_SECRET_BACKEND is env", "it with file or vault, which keep several tokens");
  const result = file.safeParse(readDocument(path, fail));
  if (!result.success) {
    const [issue] = result.error.issues;
    return fail(`has a fault at ${placeOf(issue!.path)}: ${issue!.message}`);
  }
  const bySubject = new Map<string, IdentityEntry>();
  const byGroup = new Map<string, IdentityEntry>();
  for (const [index, given] of result.data.identities.entries()) {
    const place = `identities[${index}]`;
    const fault = faultOf(given, { ...known, issuer });
    if (fault) return fail(`has a fault at ${place}${fault}`);
    const { subject, group, tokens, ssh } = given;
    const [into, key] = group === undefined ? [bySubject, subjectKey(subject!, issuer)] : [byGroup, group];
    const other = into.get(key);
    if (other) return fail(`has a fault at ${place}: it is about the same as ${other.place}`);
    into.set(key, { place, tokens, ssh });
  }
  const { default: fallback } = result.data;
  if (fallback === undefined) return { path, bySubject, byGroup };
  const fault = tokensFault(fallback.tokens, known.clusters);
  if (fault) return fail(`has a fault at default${fault}`);
  return { path, bySubject, byGroup, fallback: { place: "default", ...fallback } };
}

function readDocument(path: string, fail: (fault: string) => never): unknown {
  let content = "";
  try {
    content = readFileSync(path, "utf8");
  } catch (error) {
    fail(`names ${path}, which cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  try {
    return parse(content) as unknown;
  } catch (error) {
    return fail(`names ${path}, which is neither JSON nor YAML (${(error as Error).message.split("\n")[0]})`);
  }
}

function faultOf(
  { subject, issuer, group, tokens }: Entry,
  known: { clusters: readonly string[]; issuer: string },
): string | undefined {
  if ((subject === undefined) === (group === undefined)) return ": needs exactly one of subject and group";
  if (issuer !== undefined && issuer !== known.issuer)
    return `.issuer: is ${JSON.stringify(issuer)}, and PROXMOX_MCP_OIDC_ISSUER ${JSON.stringify(known.issuer)}`;
  return tokensFault(tokens, known.clusters);
}

function tokensFault(tokens: Readonly<Record<string, string>>, clusters: readonly string[]): string | undefined {
  const named = Object.entries(tokens);
  if (named.length === 0) return ".tokens: names no cluster";
  for (const [cluster, secret] of named) {
    if (!clusters.includes(cluster))
      return `.tokens: names cluster ${JSON.stringify(cluster)}; there ${clusters.length === 1 ? "is" : "are"} ${clusters.join(", ")}`;
    if (parseSecretName(secret)?.kind !== "token")
      return `.tokens.${cluster}: ${JSON.stringify(secret)} is not the name of a token such as ${cluster}/token/alice`;
  }
  return undefined;
}

function placeOf(path: readonly PropertyKey[]): string {
  const words = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return words.replace(/^\./, "") || "the top";
}
