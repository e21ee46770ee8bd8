import { isLoopback } from "../../../config/http-parsers.ts";
import { IssuerError } from "./issuer-error.ts";
import { issuerFetch } from "./issuer-fetch.ts";

/** Where an issuer's document may be, the likeliest first: with a path, OpenID appends and RFC 8414 inserts. */
function documentsOf(issuer: string): string[] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, "");
  return [
    ...new Set([
      `${origin}${path}/.well-known/openid-configuration`,
      `${origin}/.well-known/oauth-authorization-server${path}`,
      `${origin}/.well-known/openid-configuration${path}`,
    ]),
  ];
}

/** The URL of the issuer's keys, by its discovery document; throws `IssuerError`. */
export async function discoverKeys(issuer: string, timeoutMs: number): Promise<URL> {
  const tried: string[] = [];
  for (const url of documentsOf(issuer)) {
    const response = await issuerFetch(url, timeoutMs);
    if (response.status !== 200) {
      tried.push(`${url} answers with ${response.status}`);
      continue;
    }
    const document = (await response.json().catch(() => undefined)) as
      | { issuer?: unknown; jwks_uri?: unknown }
      | undefined;
    if (document?.issuer !== issuer) {
      throw new IssuerError(
        `${url} says that its issuer is ${JSON.stringify(document?.issuer)}, not ${JSON.stringify(issuer)} as PROXMOX_MCP_OIDC_ISSUER has it.`,
      );
    }
    return keysUrl(url, document.jwks_uri);
  }
  throw new IssuerError(`the issuer has no discovery document (${tried.join("; ")}).`);
}

function keysUrl(document: string, given: unknown): URL {
  const url = typeof given === "string" && URL.canParse(given) ? new URL(given) : undefined;
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname));
  if (!url || !isSafe) throw new IssuerError(`${document} names no safe place of keys (jwks_uri).`);
  return url;
}
