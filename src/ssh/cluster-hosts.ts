import type { SshWay } from "../config/index.ts";
import type { OperationId } from "../schema/operation.ts";
import type { PinnedIdentity } from "./dial.ts";
import type { Caller, Gate } from "./gate.ts";
import { type Hosts, openHosts } from "./hosts.ts";

/** What is needed of a cluster: its name, and a way to ask it. */
interface AskedCluster {
  name: string;
  send(
    caller: Caller,
  ): <T>(operation: OperationId, params?: object, options?: { signal?: AbortSignal }) => Promise<{ data: T }>;
}

export interface ClusterHostsOptions {
  gate: Gate;
  identity(node: string): Promise<PinnedIdentity | undefined>;
  way: SshWay;
}

/** The hosts of a cluster, whose addresses it tells itself (`GET /cluster/status`). Opens nothing. */
export function hostsOfCluster(cluster: AskedCluster, { gate, identity, way }: ClusterHostsOptions): Hosts {
  return openHosts({
    cluster: cluster.name,
    gate,
    identity,
    discover: async (caller, signal) => {
      const send = cluster.send({ ...caller, tool: "host-addresses" });
      const { data } = await send<readonly Row[]>("GET /cluster/status", {}, signal ? { signal } : {});
      return new Map(data.flatMap((row) => addressOf(row)));
    },
    way,
  });
}

type Row = Readonly<Record<string, unknown>>;

function addressOf({ type, name, ip }: Row): [string, string][] {
  return type === "node" ? [[String(name), String(ip ?? "")]] : [];
}
