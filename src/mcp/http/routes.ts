import type { IncomingMessage, ServerResponse } from "node:http";
import type { HttpSettings } from "../../config/index.ts";
import type { Addresses } from "./addresses.ts";
import type { Authenticator } from "./authenticator.ts";
import type { Endpoint } from "./endpoint.ts";
import { corsHeaders, guard, preflightHeaders } from "./guards.ts";
import type { HttpMetrics } from "./http-metrics.ts";
import type { HttpLimits } from "./limits.ts";
import { Refusal } from "./refusal.ts";

export interface RoutesOptions {
  settings: HttpSettings;
  limits: HttpLimits;
  addresses: Addresses;
  authenticator: Authenticator;
  endpoint: Pick<Endpoint, "handle">;
  metrics: HttpMetrics;
  say(text: string): void;
}

/** How long the rest of a refused body is read, so that the client gets to see why. */
const LINGER_MS = 5000;

/** What is answered where; the same guards stand before all of it. */
export class Routes {
  readonly #options: RoutesOptions;
  /** The server is about to end: it takes no more calls. */
  draining = false;

  constructor(options: RoutesOptions) {
    this.#options = options;
  }

  /** Answers a request, whatever becomes of it. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { metrics, say } = this.#options;
    // Asked before the answer to the last request was taken. No client does so, and Node never says that such an answer
    // lost its connection, so that what it holds would be held for ever.
    if (response.socket === null) {
      metrics.refused("pipelined");
      request.socket.destroy();
      return;
    }
    const began = performance.now();
    let route = "none";
    response.once("close", () => metrics.answered(route, response.statusCode, performance.now() - began));
    // A client that goes away in the middle is no fault of ours.
    request.on("error", () => {});
    response.on("error", () => {});
    try {
      response.setHeader("x-content-type-options", "nosniff");
      if (this.draining) response.setHeader("connection", "close");
      const { addresses, limits } = this.#options;
      const path = guard(request, addresses, limits.headers);
      if (request.method === "OPTIONS") return send(response, 204, "", preflightHeaders(request));
      for (const [name, value] of Object.entries(corsHeaders(request))) response.setHeader(name, value);
      route = this.#routeOf(path);
      await this.#answer(route, request, response);
    } catch (error) {
      const refusal =
        error instanceof Refusal ? error : new Refusal(500, "fault", "Internal server error", { code: -32_603 });
      if (refusal !== error) say(`a request over HTTP failed inside: ${(error as Error).stack ?? String(error)}`);
      metrics.refused(refusal.reason);
      if (response.headersSent) response.destroy();
      else refuse(request, response, refusal);
    }
  }

  #routeOf(path: string): string {
    const { settings, addresses } = this.#options;
    if (path === settings.path || path === `${settings.path}/`) return "mcp";
    if (path === "/healthz" || path === "/readyz") return path.slice(1);
    return addresses.metadataPaths.includes(path) ? "metadata" : "none";
  }

  async #answer(route: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { authenticator, endpoint } = this.#options;
    if (route === "mcp") {
      if (!this.draining) return endpoint.handle(request, response);
      throw new Refusal(503, "draining", "This server is about to end. Try again.", {
        headers: { "retry-after": "1" },
      });
    }
    if (request.method !== "GET" && request.method !== "HEAD") {
      throw new Refusal(route === "none" ? 404 : 405, "method", "There is nothing of that kind here.");
    }
    if (route === "healthz") return send(response, 200, "ok\n");
    if (route === "readyz") {
      const problem = this.draining ? "This server is about to end." : await authenticator.problem();
      return send(response, problem === undefined ? 200 : 503, problem === undefined ? "ready\n" : `${problem}\n`);
    }
    if (route === "metadata" && authenticator.metadata) {
      return send(response, 200, JSON.stringify(authenticator.metadata), { "content-type": "application/json" });
    }
    throw new Refusal(404, "path", `There is nothing here; MCP is served at ${this.#options.addresses.resource}.`);
  }
}

function send(response: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store", ...headers });
  response.end(text);
}

function refuse(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  const isUnread = !request.complete && (request.method === "POST" || request.headers["content-length"] !== undefined);
  response.writeHead(refusal.status, {
    "content-type": "application/json",
    "cache-control": "no-store",
    ...refusal.headers,
    // Whoever asks first sends no body now, and the next request would be taken for it.
    ...(isUnread && request.headers.expect !== undefined ? { connection: "close" } : {}),
  });
  response.end(refusal.body());
  if (!isUnread) return;
  // Closing at once would throw away the answer together with what the client still sends: it is read for a while.
  request.resume();
  const timer = setTimeout(() => request.destroy(), LINGER_MS).unref();
  request.once("close", () => clearTimeout(timer));
}
