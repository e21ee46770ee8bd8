import type { ClusterConfig } from "../config/cluster-config.ts";
import type { Config } from "../config/index.ts";
import { type Credentials, openCredentials } from "../secrets/index.ts";
import type { PinnedIdentity } from "../ssh/index.ts";
import type { Findings } from "./check.ts";
import { checkGuests } from "./guests.ts";
import { nextOf, reason } from "./nodes.ts";

/**
 * The clusters with the tokens that the secret store has for them, as far as they can be read; every secret that is
 * read is told to `keep`, and each SSH identity goes to `identities`.
 */
export async function readSecrets(
  config: Config,
  keep: (secret: string) => void,
  findings: Findings,
  identities: Map<string, PinnedIdentity>,
): Promise<readonly ClusterConfig[]> {
  const { guests, secrets, ssh } = config;
  if (secrets.backend === "env" && ssh === undefined && guests.length === 0) return config.clusters;
  const credentials = await openCredentials(config, { keep, note: () => {} });
  const clusters: ClusterConfig[] = [];
  try {
    for (const cluster of config.clusters) clusters.push(await readOne(cluster, credentials, findings, identities));
    await checkGuests(config, credentials, keep, findings);
  } finally {
    await credentials.close();
  }
  return clusters;
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
