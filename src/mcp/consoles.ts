import type { Config } from "../config/index.ts";
import { type Consoles, openConsoles } from "../console/consoles.ts";
import type { Gate } from "../console/gate.ts";
import type { Cluster } from "../pve/cluster.ts";
import { asServer, type Caller } from "../pve/gate.ts";
import type { ServerCredentials } from "./credentials.ts";

/** The consoles of each cluster, by its name; none where no command may run on a host anyway. Opens nothing. */
export function consolesOf(
  config: Config,
  clusters: readonly Cluster[],
  gate: Gate,
  credentials: Pick<ServerCredentials, "open">,
): ReadonlyMap<string, Consoles> {
  if (config.access !== "escape") return new Map();
  const { ssh, secrets, consoleLogin: login } = config;
  return new Map(
    clusters.map((cluster) => {
      const hasSsh = async (node: string) =>
        ssh !== undefined ||
        (secrets.backend !== "env" && (await (await credentials.open()).ssh(cluster.name, node)) !== undefined);
      // The login is this server's own, and so is the terminal, whoever may use them.
      const asked = {
        name: cluster.name,
        send: (caller: Caller) => cluster.send(asServer(caller)),
        stream: (caller: Caller) => cluster.stream(asServer(caller)),
      };
      return [cluster.name, openConsoles({ cluster: asked, gate, login, hasSsh })];
    }),
  );
}
