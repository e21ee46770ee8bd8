import type { HttpSettings } from "../../config/index.ts";

/** Where this server is, for clients, and by which names they may call it. */
export interface Addresses {
  /** URL of the MCP endpoint: the protected resource, by its name. */
  readonly resource: string;
  /** URL of the document that says who may give out tokens for it. */
  readonly metadata: string;
  /** Paths under which that document is served. */
  readonly metadataPaths: readonly string[];
  /** Host names, without ports; IPv6 in brackets. */
  readonly hosts: ReadonlySet<string>;
  readonly origins: ReadonlySet<string>;
}

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];
const WELL_KNOWN = "/.well-known/oauth-protected-resource";

/** The addresses of a server that listens on `port`. */
export function addressesOf(settings: HttpSettings, port: number): Addresses {
  const scheme = settings.tls ? "https" : "http";
  const listened = settings.host.includes(":") ? `[${settings.host}]` : settings.host.toLowerCase();
  const own = LOOPBACK.includes(listened) || listened.startsWith("127.") ? [...new Set([...LOOPBACK, listened])] : [];
  const base = new URL(settings.publicBaseUrl ?? `${scheme}://${listened}:${port}`);
  const prefix = base.pathname.replace(/\/$/, "");
  const resource = base.origin + prefix + settings.path;
  return {
    resource,
    // RFC 9728: the well-known part comes before the resource's own path.
    metadata: base.origin + WELL_KNOWN + prefix + settings.path,
    metadataPaths: [...new Set([WELL_KNOWN, WELL_KNOWN + prefix + settings.path, WELL_KNOWN + settings.path])],
    hosts: new Set([base.hostname, ...own, ...settings.allowedHosts]),
    origins: new Set([base.origin, ...own.map((host) => `${scheme}://${host}:${port}`), ...settings.allowedOrigins]),
  };
}
