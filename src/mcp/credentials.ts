import { randomUUID } from "node:crypto";
import { keepSecret } from "../access/index.ts";
import type { TokenAuth } from "../config/cluster-config.ts";
import type { Config } from "../config/index.ts";
import type { Cluster } from "../pve/cluster.ts";
import type { Credentials, NamedToken } from "../secrets/index.ts";

/** Where the clusters of one server process have their credentials from. */
export interface ServerCredentials {
  /** The store, and what is read from it, such as SSH identities; loaded at its first use. */
  open(): Promise<Credentials>;
  /** Reads the token that a secret of the store holds. */
  tokenNamed(secret: string): Promise<TokenAuth>;
  /** Reads a cluster's token; undefined when the configuration holds the tokens, where nothing has to be loaded. */
  readonly loadToken: ((cluster: string) => Promise<TokenAuth>) | undefined;
  /** Begins to read what will be needed; resolves to what is wrong with it. */
  begin(clusters: readonly Cluster[]): Promise<string[]>;
  /** Reads all again and swaps it in the running clusters; resolves to what became of it. */
  reload(fresh: Config, clusters: readonly Cluster[], named?: readonly NamedToken[]): Promise<string[]>;
  close(): Promise<void>;
}

/** Binds the secret store to the running clusters; its code is loaded when it is needed. */
export function serverCredentials(config: Config, note: (text: string) => void): ServerCredentials {
  for (const text of config.secretTexts) keepSecret(text);
  let opened: Promise<Credentials> | undefined;
  const open = () => {
    opened ??= import("../secrets/index.ts").then(({ openCredentials }) =>
      openCredentials(config, { note, keep: keepSecret }),
    );
    return opened;
  };
  return {
    open,
    tokenNamed: async (secret) => (await open()).tokenNamed(secret),
    loadToken: config.secrets.backend === "env" ? undefined : async (cluster) => (await open()).token(cluster),
    async begin(clusters) {
      if (config.secrets.backend === "env") return [];
      const ends = await Promise.allSettled(clusters.map((cluster) => cluster.tokenUser()));
      const faults = ends.flatMap((end) => (end.status === "rejected" ? [textOf(end.reason)] : []));
      return [...new Set(faults)];
    },
    async reload(fresh, clusters, named) {
      const byName = new Map(clusters.map((cluster) => [cluster.name, cluster]));
      const caller = { principal: "local", tool: "reload", requestId: randomUUID() };
      return (await open()).reload(fresh, (name, token) => byName.get(name)!.swapToken(token, caller), named);
    },
    async close() {
      await (await opened)?.close();
    },
  };
}

function textOf(error: unknown): string {
  const { message, next } = error as Error & { next?: string };
  return [message, next].filter(Boolean).join(" ");
}
