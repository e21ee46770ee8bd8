import type { Config } from "../config/index.ts";
import type { Cluster } from "../pve/cluster.ts";
import { asServer, type Caller } from "../pve/gate.ts";
import { keepSecret } from "../access/index.ts";
import { hostsOfCluster } from "../ssh/cluster-hosts.ts";
import type { Gate } from "../ssh/gate.ts";
import { type Guests, openGuests } from "../ssh/guests.ts";
import type { Hosts } from "../ssh/hosts.ts";
import type { ServerCredentials } from "./credentials.ts";

/** The hosts of each cluster, by its name; none where no SSH identity can be. Opens nothing. */
export function hostsOf(
  config: Config,
  clusters: readonly Cluster[],
  gate: Gate,
  credentials: Pick<ServerCredentials, "open">,
): ReadonlyMap<string, Hosts> {
  // A store tells only when it is asked whether it has an identity.
  if (config.ssh === undefined && config.secrets.backend === "env") return new Map();
  const way = config.sshWay;
  return new Map(
    clusters.map((cluster) => {
      const identity = async (node: string) => (await credentials.open()).ssh(cluster.name, node);
      // Where a node is, the server itself asks: there is one connection to it, whoever may use that.
      const asked = { name: cluster.name, send: (caller: Caller) => cluster.send(asServer(caller)) };
      return [cluster.name, hostsOfCluster(asked, { gate, identity, way })];
    }),
  );
}

/** The guests with SSH of their own of each cluster, by its name; none without a table of them. Opens nothing. */
export function guestsOf(
  { guests: entries, clusters }: Pick<Config, "guests" | "clusters">,
  gate: Gate,
  credentials: Pick<ServerCredentials, "open">,
): ReadonlyMap<string, Guests> {
  if (entries.length === 0) return new Map();
  return new Map(
    clusters.map(({ name: cluster }) => [
      cluster,
      openGuests({
        cluster,
        gate,
        entries,
        identity: async (entry) => {
          const { guestIdentity } = await import("../secrets/index.ts");
          const found = await guestIdentity(await credentials.open(), cluster, entry);
          if (found) keepSecret(found.privateKey.trim());
          return found;
        },
      }),
    ]),
  );
}
