import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import type { HttpSettings, OidcSettings } from "../config/index.ts";
import { addressesOf } from "../mcp/http/addresses.ts";
import { discoverKeys } from "../mcp/http/oidc/discovery.ts";
import { issuerFetch } from "../mcp/http/oidc/issuer-fetch.ts";
import { readCertificate } from "../mcp/http/tls.ts";
import type { Findings } from "./check.ts";
import { reason } from "./nodes.ts";

const TIMEOUT_MS = 5000;
const DAY_MS = 86_400_000;
/** Days before its end at which a certificate is spoken of. */
const SOON_DAYS = 30;
/** Kinds of key pairs; `oct` is a shared secret, by which no token is checked. */
const KEY_PAIRS: readonly unknown[] = ["RSA", "EC", "OKP"];

/** How MCP would be served over HTTP: by which names, with which certificate, and whose tokens can be checked. Listens nowhere. */
export async function checkHttp(http: HttpSettings, findings: Findings, now: () => number): Promise<void> {
  const { resource, hosts } = addressesOf(http, http.port);
  const names = [...hosts].join(", ");
  findings.add("ok", "http", `MCP is at ${resource}, for requests to ${names}.`, {
    data: { resource, hosts: [...hosts] },
  });
  if (http.tls) checkServedCertificate(http.tls, http.publicBaseUrl, findings, now());
  if (http.oidc) await checkIssuer(http.oidc, findings);
  else {
    findings.add("warn", "sign-in", "Nobody signs in: every program and user of this machine may call the server.", {
      next: "Set PROXMOX_MCP_OIDC_ISSUER, unless this machine is one person's alone.",
    });
  }
}

function checkServedCertificate(
  files: NonNullable<HttpSettings["tls"]>,
  publicBaseUrl: string | undefined,
  findings: Findings,
  now: number,
): void {
  const { certFile, keyFile } = files;
  const data = { certFile, keyFile };
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(readCertificate(files).cert);
  } catch (error) {
    findings.add("fail", "http-tls", `${certFile} and ${keyFile} cannot be used together (${reason(error)}).`, {
      next: "Let PROXMOX_MCP_HTTP_TLS_CERT_FILE be the certificate, followed by its chain, that was made for the key of PROXMOX_MCP_HTTP_TLS_KEY_FILE.",
      data,
    });
    return;
  }
  const days = Math.floor((Date.parse(certificate.validTo) - now) / DAY_MS);
  const until = new Date(certificate.validTo).toISOString().slice(0, 10);
  if (Date.parse(certificate.validFrom) > now || days < 0) {
    const fault = days < 0 ? `expired on ${until}` : "is not valid yet";
    findings.add("fail", "http-tls", `The certificate of ${certFile} ${fault}: no client connects.`, {
      next: "Renew it; the server takes the new files by itself.",
      data,
    });
    return;
  }
  const name = publicBaseUrl === undefined ? undefined : new URL(publicBaseUrl).hostname.replace(/^\[|\]$/g, "");
  if (name !== undefined && !(isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name))) {
    findings.add("warn", "http-tls", `The certificate of ${certFile} is not for ${name}.`, {
      next: "Have one made for the name of PROXMOX_MCP_HTTP_PUBLIC_BASE_URL, unless a proxy before the server has it.",
      data,
    });
    return;
  }
  findings.add(days < SOON_DAYS ? "warn" : "ok", "http-tls", `${certFile} fits its key and ends on ${until}.`, {
    ...(days < SOON_DAYS ? { next: "Renew it; the server takes the new files by itself." } : {}),
    data,
  });
}

async function checkIssuer({ issuer, jwksUrl }: OidcSettings, findings: Findings): Promise<void> {
  const fail = (message: string) => {
    findings.add("fail", "sign-in", message, {
      next: `Nobody's token can be checked before: correct ${jwksUrl === undefined ? "PROXMOX_MCP_OIDC_ISSUER" : "PROXMOX_MCP_OIDC_JWKS_URL"}, or let this machine reach it (a private CA: NODE_EXTRA_CA_CERTS).`,
      data: { issuer },
    });
  };
  try {
    const url = jwksUrl ?? (await discoverKeys(issuer, TIMEOUT_MS)).href;
    const response = await issuerFetch(url, TIMEOUT_MS);
    if (response.status !== 200)
      return fail(`The issuer's keys cannot be read: ${url} answers with ${response.status}.`);
    const { keys } = ((await response.json().catch(() => ({}))) ?? {}) as { keys?: unknown };
    const usable = Array.isArray(keys) ? keys.filter((key) => KEY_PAIRS.includes(key?.kty)).length : 0;
    if (usable === 0) return fail(`${url} holds no key by which a token could be checked.`);
    findings.add("ok", "sign-in", `${issuer} answers, with ${usable} ${usable === 1 ? "key" : "keys"} at ${url}.`, {
      data: { issuer, keys: usable },
    });
  } catch (error) {
    fail(reason(error));
  }
}
