import { keepSecret } from "../access/index.ts";
import type { Config } from "../config/index.ts";
import type { ToolCredentials } from "../provision/tool-credentials.ts";
import { connectCluster } from "../pve/client.ts";
import type { Cluster } from "../pve/cluster.ts";
import { asServer, type Caller, type Gate } from "../pve/gate.ts";
import { hostsOfCluster } from "../ssh/cluster-hosts.ts";
import type { ServerCredentials } from "./credentials.ts";

interface Surroundings {
  config: Config;
  cluster: Cluster;
  gate: Gate;
  caller: Caller;
  credentials: ServerCredentials;
}

/** The credentials of a cluster for a tool that makes new ones. */
export async function toolCredentials({
  config,
  cluster,
  gate,
  caller,
  credentials,
}: Surroundings): Promise<ToolCredentials> {
  const opened = await credentials.open();
  const settings = config.clusters.find(({ name }) => name === cluster.name)!;
  return {
    store: opened.store,
    expectedHostKeys: async (node) => (await opened.ssh(cluster.name, node))?.expectedHostKeys ?? [],
    connect(token) {
      const { tokenSecret: _, ...rest } = settings;
      const one = connectCluster({ ...rest, token }, gate);
      return { send: one.send(asServer(caller)), close: () => one.close() };
    },
    login: (identity) => ({
      hosts: hostsOfCluster(cluster, { gate, identity: async () => identity, way: config.sshWay }),
      caller,
    }),
    keep: keepSecret,
  };
}
