import { readFileSync } from "node:fs";
import { ConfigError } from "./config-error.ts";
import { isLoopback } from "./http-parsers.ts";
import { HTTP_VARIABLES } from "./http-variables.ts";
import { readPem } from "./pem.ts";
import type { VariableReader } from "./variable-reader.ts";

/** How MCP is served over HTTP. */
export interface HttpSettings {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Of the MCP endpoint, without a slash at the end. */
  readonly path: string;
  /** Where clients reach the server, without a slash at the end; only on loopback it may be absent. */
  readonly publicBaseUrl?: string;
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly maxBodyBytes: number;
  readonly requestsPerMinute: number;
  readonly maxRequests: number;
  /** Of one caller, which is all of them together where nobody signs in. */
  readonly maxStreams: number;
  readonly metricsPort?: number;
  readonly drainMs: number;
  /** Absent where anybody on this machine may call. */
  readonly oidc?: OidcSettings;
}

/** Whose tokens count. */
export interface OidcSettings {
  readonly issuer: string;
  /** Empty: the URL of the MCP endpoint. */
  readonly audiences: readonly string[];
  readonly jwksUrl?: string;
  /** Claim that lists a caller's groups. */
  readonly groupsClaim: string;
}

const FLAG = "--dangerously-allow-anonymous-loopback";

/** How MCP is served over HTTP; throws `ConfigError`, also where anybody at all could call. */
export function readHttpSettings(
  core: VariableReader,
  {
    authMode,
    anonymousLoopback = false,
  }: { authMode: "none" | "oidc" | undefined; anonymousLoopback?: boolean | "unknown" | undefined },
): HttpSettings {
  const { read } = core.of(HTTP_VARIABLES);
  const host = read("PROXMOX_MCP_HTTP_HOST") ?? "127.0.0.1";
  const publicBaseUrl = read("PROXMOX_MCP_HTTP_PUBLIC_BASE_URL");
  if (publicBaseUrl === undefined && !isLoopback(host)) {
    throw new ConfigError(
      "PROXMOX_MCP_HTTP_PUBLIC_BASE_URL",
      `is not set, though PROXMOX_MCP_HTTP_HOST is ${host}`,
      HTTP_VARIABLES.PROXMOX_MCP_HTTP_PUBLIC_BASE_URL.allowed,
    );
  }
  const oidc = readOidc(core, { authMode, anonymousLoopback, host });
  const tls = readTls(core);
  const metricsPort = read("PROXMOX_MCP_HTTP_METRICS_PORT");
  return {
    host,
    port: read("PROXMOX_MCP_HTTP_PORT") ?? 8765,
    path: read("PROXMOX_MCP_HTTP_PATH") ?? "/mcp",
    ...(publicBaseUrl === undefined ? {} : { publicBaseUrl }),
    ...(tls === undefined ? {} : { tls }),
    allowedHosts: read("PROXMOX_MCP_HTTP_ALLOWED_HOSTS") ?? [],
    allowedOrigins: read("PROXMOX_MCP_HTTP_ALLOWED_ORIGINS") ?? [],
    maxBodyBytes: (read("PROXMOX_MCP_HTTP_MAX_BODY_KIB") ?? 4096) * 1024,
    requestsPerMinute: read("PROXMOX_MCP_HTTP_REQUESTS_PER_MINUTE") ?? 600,
    maxRequests: read("PROXMOX_MCP_HTTP_MAX_REQUESTS") ?? 32,
    maxStreams: read("PROXMOX_MCP_HTTP_MAX_STREAMS") ?? (oidc ? 16 : 128),
    ...(metricsPort === undefined ? {} : { metricsPort }),
    drainMs: (read("PROXMOX_MCP_HTTP_DRAIN_SECONDS") ?? 10) * 1000,
    ...(oidc === undefined ? {} : { oidc }),
  };
}

function readOidc(
  core: VariableReader,
  {
    authMode,
    anonymousLoopback,
    host,
  }: { authMode?: string | undefined; anonymousLoopback: boolean | "unknown"; host: string },
): OidcSettings | undefined {
  const { read } = core.of(HTTP_VARIABLES);
  const issuer = read("PROXMOX_MCP_OIDC_ISSUER");
  const audiences = read("PROXMOX_MCP_OIDC_AUDIENCE") ?? [];
  const jwksUrl = read("PROXMOX_MCP_OIDC_JWKS_URL");
  const groupsClaim = read("PROXMOX_MCP_OIDC_GROUPS_CLAIM") ?? "groups";
  if (issuer !== undefined) {
    if (anonymousLoopback === true)
      throw new ConfigError(FLAG, "is given, though PROXMOX_MCP_OIDC_ISSUER is set", "one of the two");
    if (authMode === "none") {
      throw new ConfigError(
        "PROXMOX_MCP_AUTH_MODE",
        "is none, though PROXMOX_MCP_OIDC_ISSUER is set",
        "oidc, or no issuer",
      );
    }
    return { issuer, audiences, groupsClaim, ...(jwksUrl === undefined ? {} : { jwksUrl }) };
  }
  const stray = (
    ["PROXMOX_MCP_OIDC_AUDIENCE", "PROXMOX_MCP_OIDC_JWKS_URL", "PROXMOX_MCP_OIDC_GROUPS_CLAIM"] as const
  ).find(core.of(HTTP_VARIABLES).isSet);
  if (anonymousLoopback && authMode !== "oidc" && stray === undefined) {
    if (isLoopback(host)) return undefined;
    if (anonymousLoopback === true)
      throw new ConfigError(
        FLAG,
        `is given, though PROXMOX_MCP_HTTP_HOST is ${host}`,
        "it with a loopback address only",
      );
  }
  const because = stray ?? "PROXMOX_MCP_MODE";
  throw new ConfigError(
    "PROXMOX_MCP_OIDC_ISSUER",
    stray === undefined ? "is not set, though the server is to listen for HTTP" : `is not set, though ${because} is`,
    `an https URL; on a loopback address, serve ${FLAG} does without`,
  );
}

function readTls(core: VariableReader): HttpSettings["tls"] {
  const { read } = core.of(HTTP_VARIABLES);
  const names = ["PROXMOX_MCP_HTTP_TLS_CERT_FILE", "PROXMOX_MCP_HTTP_TLS_KEY_FILE"] as const;
  const [certFile, keyFile] = names.map((name) => read(name));
  if (certFile === undefined && keyFile === undefined) return undefined;
  if (certFile === undefined || keyFile === undefined) {
    const [missing, given] = certFile === undefined ? names : [names[1], names[0]];
    throw new ConfigError(missing, `is not set, though ${given} is`, HTTP_VARIABLES[missing].allowed);
  }
  readPem(names[0], certFile);
  readKey(names[1], keyFile);
  return { certFile, keyFile };
}

function readKey(setting: string, path: string): void {
  const fail = (fault: string): never => {
    throw new ConfigError(
      setting,
      `names ${path}, which ${fault}`,
      "a readable PEM file with an unencrypted private key",
    );
  };
  let text = "";
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    fail(`cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) fail("holds no private key");
}
