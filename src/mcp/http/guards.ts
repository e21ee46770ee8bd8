import type { IncomingMessage } from "node:http";
import type { Addresses } from "./addresses.ts";
import { Refusal } from "./refusal.ts";

/**
 * What every request has to pass on every route: a bounded number of headers, an address of this server, and no page of
 * somebody else's behind it (DNS rebinding). Answers with the path that is asked for.
 */
export function guard(
  request: IncomingMessage,
  { hosts, origins }: Pick<Addresses, "hosts" | "origins">,
  headers: number,
): string {
  if (request.rawHeaders.length / 2 > headers) {
    throw new Refusal(431, "headers", `A request may have ${headers} headers.`);
  }
  const host = hostOf(request.headers.host);
  if (host === undefined || !hosts.has(host)) {
    throw new Refusal(
      403,
      "host",
      `This server is not addressed as ${JSON.stringify((request.headers.host ?? "").slice(0, 100))}. The operator lets more names in with PROXMOX_MCP_HTTP_ALLOWED_HOSTS.`,
    );
  }
  const { origin } = request.headers;
  if (origin !== undefined && !origins.has(origin.toLowerCase())) {
    throw new Refusal(
      403,
      "origin",
      `Pages of ${JSON.stringify(origin.slice(0, 100))} may not call this server. The operator lets them in with PROXMOX_MCP_HTTP_ALLOWED_ORIGINS.`,
    );
  }
  const target = request.url ?? "";
  if (!target.startsWith("/") || target.startsWith("//")) throw new Refusal(400, "target", "The request has no path.");
  return target.replace(/[?#].*$/s, "");
}

/** The host name of a `Host` header, as a URL has it. */
function hostOf(header: string | undefined): string | undefined {
  if (header === undefined || /[/?#@\\\s]/.test(header)) return undefined;
  try {
    return new URL(`http://${header}`).hostname;
  } catch {
    return undefined;
  }
}

/** What a browser has to be told so that a page that is let in may read the answers. */
export function corsHeaders(request: IncomingMessage): Record<string, string> {
  const { origin } = request.headers;
  if (origin === undefined) return {};
  return {
    "access-control-allow-origin": origin,
    "access-control-expose-headers": "mcp-session-id, www-authenticate, retry-after",
    vary: "origin",
  };
}

/** The answer to the question that a browser puts before a call. */
export function preflightHeaders(request: IncomingMessage): Record<string, string> {
  const asked = request.headers["access-control-request-headers"];
  return {
    ...corsHeaders(request),
    "access-control-allow-methods": "GET, POST, DELETE",
    "access-control-max-age": "600",
    ...(asked === undefined ? {} : { "access-control-allow-headers": asked }),
  };
}
