import type { ClusterConfig } from "../config/cluster-config.ts";
import type { Config } from "../config/index.ts";
import { type Credentials, openCredentials } from "../secrets/index.ts";
import type { PinnedIdentity } from "../ssh/index.ts";
import type { Findings } from "./check.ts";
import { checkGuests } from "./guests.ts";
import { type MappedToken, readMapped } from "./identities.ts";
import { nextOf, reason } from "./nodes.ts";

/** What the secret store has, as far as it can be read. */
export interface KnownSecrets {
  /** With their tokens. */
  clusters: readonly ClusterConfig[];
  /** SSH identities by cluster. */
  ssh: ReadonlyMap<string, PinnedIdentity>;
  /** Tokens of the table of identities by cluster. */
  mapped: ReadonlyMap<string, readonly MappedToken[]>;
}

/** Reads what the configuration wants of the secret store; every secret that is read is told to `keep`. */
export async function readSecrets(
  config: Config,
  keep: (secret: string) => void,
  findings: Findings,
): Promise<KnownSecrets> {
  const { guests, secrets, ssh: shared, identities } = config;
  const ssh = new Map<string, PinnedIdentity>();
  const mapped = new Map<string, readonly MappedToken[]>();
  if (secrets.backend === "env" && shared === undefined && guests.length === 0)
    return { clusters: config.clusters, ssh, mapped };
  const credentials = await openCredentials(config, { keep, note: () => {} });
  const clusters: ClusterConfig[] = [];
  try {
    for (const cluster of config.clusters) clusters.push(await readOne(cluster, credentials, findings, ssh));
    for (const { name } of identities ? config.clusters : [])
      mapped.set(name, await readMapped(identities!, name, credentials, findings));
    await checkGuests(config, credentials, keep, findings);
  } finally {
    await credentials.close();
  }
  return { clusters, ssh, mapped };
}

async function readOne(
  cluster: ClusterConfig,
  credentials: Credentials,
  findings: Findings,
  identities: Map<string, PinnedIdentity>,
): Promise<ClusterConfig> {
  const { name, tokenSecret } = cluster;
  const data = { cluster: name };
  let found = cluster;
  try {
    if (tokenSecret !== undefined) {
      const token = await credentials.token(name);
      findings.add("ok", "secrets", `The token of cluster ${name} is read from ${credentials.store.place}.`, { data });
      found = { ...cluster, token };
    }
    const ssh = await credentials.ssh(name);
    if (ssh) identities.set(name, ssh);
    if (ssh) findings.add("ok", "secrets", `Cluster ${name} has an SSH identity, of user ${ssh.username}.`, { data });
  } catch (error) {
    findings.add("fail", "secrets", reason(error), { ...nextOf(error), data });
  }
  return found;
}
