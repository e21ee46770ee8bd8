import { readFileSync } from "node:fs";
import * as z from "zod";
import type { ClusterConfig } from "./cluster-config.ts";
import { ConfigError } from "./config-error.ts";
import { Fault, fingerprints, hostList } from "./parsers.ts";
import { readPem } from "./pem.ts";
import { parseSecretName } from "./secret-name.ts";
import type { SecretSettings } from "./secret-settings.ts";
import { splitUser } from "./token-settings.ts";
import type { VariableReader } from "./variable-reader.ts";

const text = z.string().min(1);
const defaults = z.strictObject({
  node: text.optional(),
  bridge: text.optional(),
  vmStorage: text.optional(),
  snippetStorage: text.optional(),
});
const entry = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, "must be 1 to 32 lower-case letters, digits or hyphens"),
  host: z.union([text, z.array(text).min(1)]),
  port: z.int().min(1).max(65535).optional(),
  fingerprint: z.union([text, z.array(text)]).optional(),
  caFile: text.optional(),
  rejectUnauthorized: z.boolean().optional(),
  requestTimeoutMs: z.int().min(100).max(600_000).optional(),
  token: z
    .strictObject({
      user: text.optional(),
      realm: text.optional(),
      id: text.optional(),
      secret: text.optional(),
      secretEnv: text.optional(),
      secretFile: text.optional(),
      secretName: text.optional(),
    })
    .optional(),
  defaults: defaults.optional(),
});
const file = z.strictObject({ $schema: text.optional(), clusters: z.array(entry).min(1) });

type Entry = z.output<typeof entry>;

const SETTING = "PROXMOX_MCP_CLUSTERS_FILE";
const ALLOWED =
  'a JSON file {"clusters": [{"name", "host", "fingerprint", "token": {"user", "realm", "id", "secretEnv"}, "defaults"}]}';

/** What the clusters of the file take from the environment. */
type Shared = Pick<ClusterConfig, "requestTimeoutMs" | "defaults"> & { backend: SecretSettings["backend"] };

/** Reads the file that names several clusters; throws `ConfigError` with the place of the first fault. */
export function readClustersFile(path: string, variables: VariableReader, shared: Shared): ClusterConfig[] {
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
  const parsed = file.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    return fail(`has a fault at ${place(issue.path)}: ${issue.message}`);
  }
  const seen = new Set<string>();
  return parsed.data.clusters.map((cluster, index) => {
    if (seen.has(cluster.name)) fail(`has the name ${JSON.stringify(cluster.name)} twice`);
    seen.add(cluster.name);
    try {
      return toConfig(cluster, variables, shared);
    } catch (error) {
      if (error instanceof Fault) return fail(`has a fault at clusters[${index}] (${cluster.name}): ${error.message}`);
      throw error;
    }
  });
}

function toConfig(cluster: Entry, variables: VariableReader, shared: Shared): ClusterConfig {
  const hosts = hostList([cluster.host].flat().join(","));
  return {
    name: cluster.name,
    endpoints: hosts.map(({ host, port }) => `https://${host}:${port ?? cluster.port ?? 8006}`),
    ...readToken(cluster, variables, shared.backend),
    tls: {
      verify: cluster.rejectUnauthorized ?? true,
      fingerprints: [cluster.fingerprint ?? []].flat().flatMap((one) => fingerprints(one)),
      ...(cluster.caFile === undefined ? {} : { ca: readPem(`${SETTING} (${cluster.name}.caFile)`, cluster.caFile) }),
    },
    requestTimeoutMs: cluster.requestTimeoutMs ?? shared.requestTimeoutMs,
    defaults: { ...shared.defaults, ...cluster.defaults },
  };
}

/** The token itself, or where the secret store has it. */
function readToken(
  { name, token = {} }: Entry,
  variables: VariableReader,
  backend: Shared["backend"],
): Pick<ClusterConfig, "token" | "tokenSecret"> {
  const { user, realm, id, secretName, ...parts } = token;
  const ways = [parts.secret, parts.secretEnv, parts.secretFile, secretName].filter((way) => way !== undefined);
  const stored =
    secretName ?? (ways.length === 0 && user === undefined && id === undefined ? `${name}/token` : undefined);
  if (stored !== undefined && backend !== "env") {
    if (ways.length > 1 || user !== undefined || realm !== undefined || id !== undefined)
      throw new Fault("token.secretName stands for the whole token, so nothing else may stand beside it");
    if (parseSecretName(stored)?.kind !== "token") throw new Fault("token.secretName is not a name such as prod/token");
    return { tokenSecret: stored };
  }
  if (secretName !== undefined)
    throw new Fault("token.secretName needs PROXMOX_MCP_SECRET_BACKEND to be file or vault");
  if (user === undefined) throw new Fault("token.user is missing");
  if (id === undefined) throw new Fault("token.id is missing");
  if (ways.length !== 1) throw new Fault("token needs exactly one of secretEnv, secretFile, secretName and secret");
  return { token: { ...splitUser(user, realm, "token.realm"), id, secret: readSecret(parts, variables) } };
}

function readSecret(
  token: Pick<NonNullable<Entry["token"]>, "secret" | "secretEnv" | "secretFile">,
  variables: VariableReader,
): string {
  if (token.secret !== undefined) return token.secret;
  if (token.secretEnv !== undefined) {
    const value = variables.readSecret(token.secretEnv);
    if (value === undefined) throw new Fault(`token.secretEnv names ${token.secretEnv}, which is not set`);
    return value;
  }
  let secret: string;
  try {
    secret = readFileSync(token.secretFile!, "utf8").trim();
  } catch (error) {
    throw new Fault(`token.secretFile cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  if (secret === "") throw new Fault("token.secretFile names an empty file");
  return secret;
}

function place(path: readonly PropertyKey[]): string {
  return (
    path
      .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
      .join("")
      .replace(/^\./, "") || "the top"
  );
}
