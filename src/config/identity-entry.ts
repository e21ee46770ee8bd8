/** With which Proxmox tokens somebody acts. */
export interface IdentityEntry {
  /** Where it stands in the file, for errors: `identities[0]`. */
  readonly place: string;
  /** Names of secrets by cluster; a cluster that is not among them is not there for that person. */
  readonly tokens: Readonly<Record<string, string>>;
  /** May also use this server's own SSH identity, past Proxmox's rights. */
  readonly ssh: boolean;
}

/** Who acts as whom. */
export interface Identities {
  readonly path: string;
  readonly bySubject: ReadonlyMap<string, IdentityEntry>;
  /** In the order of the file: the first group that a person is in decides. */
  readonly byGroup: ReadonlyMap<string, IdentityEntry>;
  /** Of everybody else; absent where they are refused. */
  readonly fallback?: IdentityEntry;
}

/** The key of a subject: whose it is belongs to its name. */
export function subjectKey(subject: string, issuer: string): string {
  return JSON.stringify([issuer, subject]);
}

/** Names of the secrets with which somebody acts at a cluster, each once. */
export function secretsNamed({ bySubject, byGroup, fallback }: Identities, cluster: string): string[] {
  const entries = [...bySubject.values(), ...byGroup.values(), ...(fallback ? [fallback] : [])];
  return [...new Set(entries.flatMap(({ tokens }) => (Object.hasOwn(tokens, cluster) ? tokens[cluster]! : [])))];
}
