import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { ConfigError } from "../../config/config-error.ts";
import type { HttpSettings } from "../../config/index.ts";
import type { Stack } from "../stack.ts";
import { addressesOf } from "./addresses.ts";
import { ANONYMOUS } from "./authenticator.ts";
import { drain } from "./drain.ts";
import { Endpoint } from "./endpoint.ts";
import { type HttpLimits, LIMITS } from "./limits.ts";
import { type HttpMetrics, httpMetrics } from "./http-metrics.ts";
import { boundHeap } from "./memory.ts";
import { serveMetrics } from "./metrics-server.ts";
import { Routes } from "./routes.ts";
import { CertificateWatch, readCertificate } from "./tls.ts";

/** A server that listens for HTTP. */
export interface HttpServing {
  /** URL of the MCP endpoint on this machine. */
  readonly url: string;
  readonly metricsUrl?: string;
  /** Looks at the files of the certificate now. */
  reload(): void;
  /** Takes no more requests, lets running calls end, in bounded time, and closes. */
  close(): Promise<void>;
}

/** Listens for HTTP and serves MCP over it; throws `ConfigError` when it cannot. */
export async function serveOverHttp(
  stack: Stack,
  settings: HttpSettings,
  options: { limits?: Partial<HttpLimits> } = {},
): Promise<HttpServing> {
  const limits = { ...LIMITS, ...options.limits };
  boundHeap();
  const { oidc } = settings;
  const signIn = oidc && (await import("./oidc/index.ts")).oidcAuthenticator;
  const server = makeServer(settings, limits);
  const metrics = httpMetrics(() => endpoint.load);
  const metricsServer =
    settings.metricsPort === undefined ? undefined : await serveMetrics(metrics.text, settings.metricsPort, limits);
  const port = await listen(server, settings).catch(async (error) => {
    await metricsServer?.close();
    throw error;
  });
  const addresses = addressesOf(settings, port);
  const ceiling = stack.config.access;
  const authenticator = signIn ? signIn(oidc!, addresses, { limits, ceiling }) : ANONYMOUS;
  const endpoint = new Endpoint({
    stack,
    settings,
    limits,
    addresses,
    authenticator,
    dropped: () => metrics.refused("slow"),
    called: metrics.called,
  });
  const routes = new Routes({ settings, limits, addresses, authenticator, endpoint, metrics, say: stack.say });
  attach(server, routes, metrics);
  const watch = settings.tls && new CertificateWatch(server as never, settings.tls, limits.certificateMs, stack.say);
  const host = settings.host.includes(":") ? `[${settings.host}]` : settings.host;
  const url = `${settings.tls ? "https" : "http"}://${host}:${port}${settings.path}`;
  stack.say(`serving MCP over HTTP at ${url}${settings.oidc ? "" : ", to anybody on this machine"}`);
  void authenticator.problem().then((problem) => problem && stack.say(problem));
  return {
    url,
    ...(metricsServer ? { metricsUrl: metricsServer.url } : {}),
    reload: () => watch?.look(),
    async close() {
      watch?.close();
      routes.draining = true;
      await drain(server, endpoint, { hurry: stack.services.hurry, ms: settings.drainMs });
      await metricsServer?.close();
    },
  };
}

function makeServer(settings: HttpSettings, limits: HttpLimits): Server {
  const options = {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    connectionsCheckingInterval: limits.checkMs,
    // Peers that vanished without a word are found out by the operating system.
    keepAlive: true,
    keepAliveInitialDelay: 30_000,
  };
  const server = settings.tls
    ? createSecureServer({
        ...options,
        ...certificateOf(settings.tls),
        minVersion: "TLSv1.2",
        handshakeTimeout: limits.headersMs,
      })
    : createServer(options);
  // Counted by the guard, which says so; Node would leave the rest out without a word.
  server.maxHeadersCount = 0;
  server.maxConnections = limits.connections;
  return server;
}

function certificateOf(files: NonNullable<HttpSettings["tls"]>) {
  try {
    return readCertificate(files);
  } catch (error) {
    throw new ConfigError(
      "PROXMOX_MCP_HTTP_TLS_KEY_FILE",
      `cannot be used with the certificate (${(error as Error).message})`,
      "the private key of the certificate in PROXMOX_MCP_HTTP_TLS_CERT_FILE",
    );
  }
}

function listen(server: Server, { host, port }: HttpSettings): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const setting = error.code === "EADDRINUSE" || error.code === "EACCES" ? "PORT" : "HOST";
      reject(
        new ConfigError(
          `PROXMOX_MCP_HTTP_${setting}`,
          `cannot be listened on: ${host}:${port} (${error.code})`,
          setting === "PORT" ? "a port that is free" : "an address of this machine",
        ),
      );
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

function attach(server: Server, routes: Routes, metrics: HttpMetrics): void {
  const handle = (request: IncomingMessage, response: ServerResponse) => void routes.handle(request, response);
  server.on("request", handle);
  // The body of a request that is refused need not be sent at all.
  server.on("checkContinue", handle);
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    const [status, reason] = CLIENT_ERRORS[error.code ?? ""] ?? ["400 Bad Request", "malformed"];
    metrics.refused(reason);
    if (socket.writable && error.code !== "ECONNRESET") {
      socket.write(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    }
    socket.destroy();
  });
}

const CLIENT_ERRORS: Readonly<Record<string, readonly [string, string]>> = {
  HPE_HEADER_OVERFLOW: ["431 Request Header Fields Too Large", "headers"],
  ERR_HTTP_REQUEST_TIMEOUT: ["408 Request Timeout", "timeout"],
};
