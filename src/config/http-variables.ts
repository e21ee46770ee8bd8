import { baseUrl, exactUrl, hostNames, list, listenHost, origins, urlPath } from "./http-parsers.ts";
import { integer, nonEmpty } from "./parsers.ts";
import { variable } from "./variable.ts";

/** Variables that are read only by a server that listens for HTTP. */
export const HTTP_VARIABLES = {
  PROXMOX_MCP_HTTP_HOST: variable({
    description: "Address to listen on for HTTP.",
    allowed: "an address or host name; any but a loopback one needs PROXMOX_MCP_HTTP_PUBLIC_BASE_URL",
    default: "127.0.0.1",
    parse: listenHost,
  }),
  PROXMOX_MCP_HTTP_PORT: variable({
    description: "Port to listen on for HTTP.",
    allowed: "an integer from 0 to 65535; 0 picks a free one",
    default: "8765",
    parse: integer(0, 65_535),
  }),
  PROXMOX_MCP_HTTP_PATH: variable({
    description: "Path of the MCP endpoint.",
    allowed: "a path such as /mcp",
    default: "/mcp",
    parse: urlPath,
  }),
  PROXMOX_MCP_HTTP_PUBLIC_BASE_URL: variable({
    description: "Where clients reach this server, before that path; names the host and the origin that are let in.",
    allowed: "an https URL, or an http one with a loopback host",
    parse: baseUrl,
  }),
  PROXMOX_MCP_HTTP_TLS_CERT_FILE: variable({
    description: "PEM file with the certificate, and its chain, to serve https with; read again when it changes.",
    allowed: "a path of a readable PEM file",
    parse: nonEmpty,
  }),
  PROXMOX_MCP_HTTP_TLS_KEY_FILE: variable({
    description: "PEM file with the private key of that certificate; read again when it changes.",
    allowed: "a path of a readable PEM file",
    parse: nonEmpty,
  }),
  PROXMOX_MCP_HTTP_ALLOWED_HOSTS: variable({
    description: "More names that requests may be addressed to (their Host header).",
    allowed: "host names without ports, several separated by commas",
    parse: hostNames,
  }),
  PROXMOX_MCP_HTTP_ALLOWED_ORIGINS: variable({
    description: "Web pages, beside this server's own origin, that may call it from a browser.",
    allowed: "origins such as https://chat.example.org, several separated by commas",
    parse: origins,
  }),
  PROXMOX_MCP_HTTP_MAX_BODY_KIB: variable({
    description: "Largest request body in KiB.",
    allowed: "an integer from 64 to 65536",
    default: "4096",
    parse: integer(64, 65_536),
  }),
  PROXMOX_MCP_HTTP_REQUESTS_PER_MINUTE: variable({
    description: "Most requests of one caller in a minute.",
    allowed: "an integer from 10 to 1000000",
    default: "600",
    parse: integer(10, 1_000_000),
  }),
  PROXMOX_MCP_HTTP_MAX_REQUESTS: variable({
    description: "Most requests of one caller at a time.",
    allowed: "an integer from 1 to 10000",
    default: "32",
    parse: integer(1, 10_000),
  }),
  PROXMOX_MCP_HTTP_MAX_STREAMS: variable({
    description:
      "Most open notification streams, and most sessions, of one caller. Where nobody signs in all are one caller, and without this it is 128.",
    allowed: "an integer from 1 to 10000",
    default: "16",
    parse: integer(1, 10_000),
  }),
  PROXMOX_MCP_HTTP_METRICS_PORT: variable({
    description: "Port on 127.0.0.1 that serves /metrics for Prometheus; without it there is none.",
    allowed: "an integer from 0 to 65535; 0 picks a free one",
    parse: integer(0, 65_535),
  }),
  PROXMOX_MCP_HTTP_DRAIN_SECONDS: variable({
    description: "How long running calls may take to end once the server is told to, in seconds.",
    allowed: "an integer from 1 to 600",
    default: "10",
    parse: integer(1, 600),
  }),
  PROXMOX_MCP_OIDC_ISSUER: variable({
    description: "OpenID Connect issuer whose access tokens callers over HTTP show.",
    allowed: "the issuer exactly as its discovery document says it: an https URL, or an http one with a loopback host",
    parse: exactUrl,
  }),
  PROXMOX_MCP_OIDC_AUDIENCE: variable({
    description: "Audience that a token must be for; without it the URL of the MCP endpoint.",
    allowed: "an audience, several separated by commas of which a token needs one",
    parse: list,
  }),
  PROXMOX_MCP_OIDC_GROUPS_CLAIM: variable({
    description: "Claim of a token that lists the groups of whoever it is about, for PROXMOX_MCP_IDENTITIES_FILE.",
    allowed: "the name of a claim",
    default: "groups",
    parse: nonEmpty,
  }),
  PROXMOX_MCP_OIDC_JWKS_URL: variable({
    description: "Where the issuer's keys are, instead of asking its discovery document.",
    allowed: "an https URL, or an http one with a loopback host",
    parse: exactUrl,
  }),
};
