import type { Config } from "../config/index.ts";
import type { Cluster } from "../pve/cluster.ts";
import type { Gate } from "../ssh/gate.ts";
import { type Hosts, openHosts } from "../ssh/hosts.ts";
import type { ServerCredentials } from "./credentials.ts";

/** Whether somebody may log in to the nodes: a store tells only when it is asked. */
export function hasSsh(config: Pick<Config, "ssh" | "secrets">): boolean {
  return config.ssh !== undefined || config.secrets.backend !== "env";
}

/** The hosts of each cluster, by its name; none where no SSH identity can be. Opens nothing. */
export function hostsOf(
  config: Config,
  clusters: readonly Cluster[],
  gate: Gate,
  credentials: Pick<ServerCredentials, "open">,
): ReadonlyMap<string, Hosts> {
  if (!hasSsh(config)) return new Map();
  return new Map(
    clusters.map((cluster) => [
      cluster.name,
      openHosts({
        cluster: cluster.name,
        gate,
        identity: async (node) => (await credentials.open()).ssh(cluster.name, node),
        discover: async (caller, signal) => {
          const send = cluster.send({ ...caller, tool: "host-addresses" });
          const { data } = await send<readonly Row[]>("GET /cluster/status", {}, signal ? { signal } : {});
          return new Map(data.flatMap((row) => addressOf(row)));
        },
        way: config.sshWay,
      }),
    ]),
  );
}

type Row = Readonly<Record<string, unknown>>;

function addressOf({ type, name, ip }: Row): [string, string][] {
  return type === "node" ? [[String(name), String(ip ?? "")]] : [];
}
