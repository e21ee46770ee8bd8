import { randomUUID } from "node:crypto";
import type { OwnToken } from "../access/index.ts";
import type { Config, Identities as Table, IdentityEntry } from "../config/index.ts";
import { secretsNamed, subjectKey } from "../config/identity-entry.ts";
import { ProxmoxMcpError } from "../errors/index.ts";
import type { Cluster } from "../pve/cluster.ts";
import type { Caller } from "../pve/gate.ts";
import type { NamedToken } from "../secrets/index.ts";
import type { ServerCredentials } from "./credentials.ts";
import { LOCAL, type Requester } from "./requester.ts";

/** Nobody has said with which Proxmox token this person acts. */
class NoIdentityError extends ProxmoxMcpError {
  constructor({ subject, groups = [] }: Requester, path: string) {
    const who = JSON.stringify(subject?.id ?? null);
    const some = groups.slice(0, 10).map((group) => JSON.stringify(group));
    super({
      code: "no-identity",
      message: `The subject ${who} of ${subject?.issuer ?? "no issuer"} has no Proxmox token here, and there is none for everybody. Nothing was sent.`,
      next: `The operator names one in ${path} (PROXMOX_MCP_IDENTITIES_FILE) for the subject ${who}${some.length > 0 ? `, or for a group of it (${some.join(", ")})` : ""}, and sends SIGHUP.`,
      data: { subject: subject?.id, issuer: subject?.issuer },
    });
  }
}

/** What only the server itself may use is not for a person who acts with a Proxmox token of its own. */
export class OwnWaysError extends ProxmoxMcpError {
  constructor() {
    super({
      code: "no-own-ways",
      message:
        "This goes past the rights of a Proxmox token, by SSH or the secret store of this server, which you may not use. Nothing was done.",
      next: "The operator allows it with ssh: true in your entry of PROXMOX_MCP_IDENTITIES_FILE.",
    });
  }
}

/** What somebody may use of this server. */
interface Standing {
  /** A cluster as this person sees it, in the order of the configuration. */
  readonly clusters: readonly { cluster: Cluster; identity?: string }[];
  /** SSH and the secret store, where this server's own rights count. */
  readonly ownWays: boolean;
}

/** Who acts as whom; without a table all act as this server. */
export interface Identities {
  /** Throws `NoIdentityError`. */
  standingOf(requester: Requester): Standing;
  /** The cluster as this identity sees it; as the server itself does without one. */
  clusterOf(cluster: string, identity: string | undefined): Cluster;
  /** The name of the Proxmox token by which somebody acts; undefined without one, or with one for each of several clusters. */
  soleToken(requester: Requester): Promise<string | undefined>;
  /** The tokens of everybody, this server's own among them, as far as they can be read. */
  ownTokens(cluster: string): Promise<readonly OwnToken[]>;
  /** Reads every token; resolves to what is wrong with them. */
  begin(): Promise<string[]>;
  /** Puts a table that was read anew in force. */
  renew(table: Table): void;
  /** The tokens in use, to be read again. */
  inUse(): NamedToken[];
}

/** What the mapping of a configuration makes of its clusters; nothing is read before it is needed. */
export function createIdentities(
  { identities, mode }: Pick<Config, "identities" | "mode">,
  clusters: readonly Cluster[],
  credentials: Pick<ServerCredentials, "begin" | "tokenNamed">,
): Identities {
  const byName = new Map(clusters.map((cluster) => [cluster.name, cluster]));
  const own: Standing = { clusters: clusters.map((cluster) => ({ cluster })), ownWays: true };
  /** Those of a table that is no longer in force stay for the calls that are under way. */
  const bound = new Map<string, Map<string, Cluster>>(clusters.map(({ name }) => [name, new Map()]));
  let table = identities;

  const clusterOf = (name: string, identity: string | undefined): Cluster => {
    const cluster = byName.get(name)!;
    if (identity === undefined) return cluster;
    const known = bound.get(name)!;
    const found = known.get(identity) ?? cluster.as(identity, () => credentials.tokenNamed(identity));
    known.set(identity, found);
    return found;
  };

  return {
    standingOf(requester) {
      if (table === undefined || requester === LOCAL) return own;
      const entry = entryOf(table, requester);
      if (!entry) throw new NoIdentityError(requester, table.path);
      return {
        clusters: clusters.flatMap(({ name }) => {
          const identity = Object.hasOwn(entry.tokens, name) ? entry.tokens[name]! : undefined;
          return identity === undefined ? [] : [{ cluster: clusterOf(name, identity), identity }];
        }),
        ownWays: entry.ssh,
      };
    },
    clusterOf,
    async soleToken(requester) {
      const entry = table && requester !== LOCAL ? entryOf(table, requester) : undefined;
      const [named, ...others] = entry ? clusters.filter(({ name }) => Object.hasOwn(entry.tokens, name)) : [];
      if (!entry || !named || others.length > 0) return undefined;
      return nameOf(clusterOf(named.name, entry.tokens[named.name])).catch(() => undefined);
    },
    async ownTokens(name) {
      const server = byName.get(name)!;
      const people = table ? secretsNamed(table, name) : [];
      const all = [
        { cluster: server, isServer: true, send: (caller: Caller) => server.send(caller) },
        ...people.map((identity) => {
          const cluster = clusterOf(name, identity);
          return { cluster, isServer: false, send: (caller: Caller) => cluster.send({ ...caller, identity }) };
        }),
      ];
      const named = await Promise.all(
        all.map(async ({ cluster, ...one }) => ({ ...one, name: await nameOf(cluster) })),
      );
      return named.flatMap(({ name: found, ...one }) => (found === undefined ? [] : [{ ...one, name: found }]));
    },
    async begin() {
      const its = table;
      // Over HTTP alone nobody acts as the server itself.
      const servers = its && mode === "http" ? [] : clusters;
      const people = its
        ? clusters.flatMap(({ name }) => secretsNamed(its, name).map((one) => clusterOf(name, one)))
        : [];
      return credentials.begin([...servers, ...people]);
    },
    renew(fresh) {
      table = fresh;
    },
    inUse() {
      return [...bound].flatMap(([, known]) =>
        [...known].map(([secret, cluster]) => ({
          secret,
          swap: (token) =>
            cluster.swapToken(token, {
              principal: "local",
              tool: "reload",
              requestId: randomUUID(),
              identity: secret,
            }),
        })),
      );
    },
  };
}

/** The entry of a person: the one that names the subject, else the first in the file that names one of its groups. */
function entryOf(table: Table, { subject, groups = [] }: Requester): IdentityEntry | undefined {
  // Whoever nobody vouches for is nobody, not everybody.
  if (!subject) return undefined;
  return (
    table.bySubject.get(subjectKey(subject.id, subject.issuer)) ??
    [...table.byGroup].find(([group]) => groups.includes(group))?.[1] ??
    table.fallback
  );
}

/** `user@realm!id`; undefined where there is no such token. A store that does not answer throws. */
async function nameOf(cluster: Cluster): Promise<string | undefined> {
  try {
    return await cluster.tokenUser();
  } catch (error) {
    if (error instanceof ProxmoxMcpError && /^secret-(missing|malformed)$/.test(error.code)) return undefined;
    throw error;
  }
}
