/** What can be kept: an API token, or what is needed to log in by SSH. */
export type SecretKind = "token" | "ssh";

/** Whose secret it is; the names of several clusters and nodes never meet. */
export interface SecretName<K extends SecretKind = SecretKind> {
  readonly cluster: string;
  readonly kind: K;
  /** Absent for what serves the whole cluster. */
  readonly node?: string;
}

const NAME = /^([a-z0-9][a-z0-9-]{0,31})\/(token|ssh)(?:\/([A-Za-z0-9][A-Za-z0-9-]{0,62}))?$/;

/** Reads `<cluster>/<token or ssh>` or `<cluster>/<token or ssh>/<node>`. */
export function parseSecretName(text: string): SecretName | undefined {
  const [, cluster, kind, node] = NAME.exec(text) ?? [];
  if (cluster === undefined) return undefined;
  return { cluster, kind: kind as SecretKind, ...(node === undefined ? {} : { node }) };
}

/** The text of a name, as `parseSecretName` reads it. */
export function secretNameText({ cluster, kind, node }: SecretName): string {
  return node === undefined ? `${cluster}/${kind}` : `${cluster}/${kind}/${node}`;
}
