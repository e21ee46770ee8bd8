import { createHash, X509Certificate } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { generate } from "selfsigned";
import { type ClientDependencies, connectCluster } from "../../src/pve/client.ts";
import type { Cluster, ClusterConfig } from "../../src/pve/cluster.ts";
import type { Caller, Gate, GateCall, GateOutcome } from "../../src/pve/gate.ts";

export const SECRET = "5ec7e7ab-1111-2222-3333-444455556666";
export const TOKEN = { user: "root", realm: "pam", id: "mcp", secret: SECRET };
export const CALLER: Caller = { principal: "local", tool: "test", requestId: "r1" };

export interface SeenRequest {
  method: string;
  url: string;
  headers: IncomingMessage["headers"];
  body: string;
}

export interface TestServer {
  url: string;
  port: number;
  fingerprint: string;
  certificate: string;
  requests: SeenRequest[];
  connections(): number;
  server: Server;
  close(): Promise<void>;
}

export type Handler = (request: SeenRequest, response: ServerResponse, count: number) => void | Promise<void>;

type Pems = Awaited<ReturnType<typeof createPems>>;
let shared: Promise<Pems> | undefined;

/** Makes a self-signed certificate for an address, the loopback one unless told. */
export async function createPems(ip = "127.0.0.1") {
  const pems = await generate([{ name: "commonName", value: "localhost" }], {
    keySize: 2048,
    extensions: [
      {
        name: "subjectAltName",
        altNames: [{ type: 7, ip }],
      },
    ],
  } as Parameters<typeof generate>[1]);
  const fingerprint = createHash("sha256").update(new X509Certificate(pems.cert).raw).digest("hex");
  return { key: pems.private, cert: pems.cert, fingerprint: fingerprint.toUpperCase().match(/../g)!.join(":") };
}

/** A TLS server with a self-signed certificate, the same for all unless `own`; the handler answers each request. */
export async function startServer(handler: Handler, { own = false } = {}): Promise<TestServer> {
  if (!own) shared ??= createPems();
  const pems = own ? await createPems() : await shared!;
  const requests: SeenRequest[] = [];
  let connections = 0;
  const server = createServer({ key: pems.key, cert: pems.cert, keepAliveTimeout: 5000 }, (request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => {
      const seen = { method: request.method!, url: request.url!, headers: request.headers, body };
      requests.push(seen);
      void handler(seen, response, requests.length);
    });
  });
  server.on("connection", () => {
    connections++;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${port}`,
    port,
    fingerprint: pems.fingerprint,
    certificate: pems.cert,
    requests,
    connections: () => connections,
    server,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Answers as the API does: `{data}` or a failure with its reason phrase. */
export function reply(
  response: ServerResponse,
  status: number,
  body: unknown,
  reason?: string,
  headers: Record<string, string> = {},
): void {
  const text = body === undefined ? "" : JSON.stringify(body);
  const all = {
    "content-type": "application/json;charset=UTF-8",
    "content-length": Buffer.byteLength(text),
    ...headers,
  };
  if (reason === undefined) response.writeHead(status, all);
  else response.writeHead(status, reason, all);
  response.end(text);
}

export interface RecordingGate extends Gate {
  calls: GateCall[];
  outcomes: GateOutcome[];
}

/** A gate that lets everything pass and remembers it. */
export function recordingGate(): RecordingGate {
  const calls: GateCall[] = [];
  const outcomes: GateOutcome[] = [];
  return {
    calls,
    outcomes,
    async enter(call) {
      calls.push(call);
      return async (outcome) => {
        outcomes.push(outcome);
      };
    },
  };
}

/** A cluster of these servers, pinned to their certificates. */
export function connectTo(
  servers: readonly { url: string; fingerprint: string }[],
  options: { config?: Partial<ClusterConfig>; gate?: Gate; dependencies?: ClientDependencies } = {},
): Cluster {
  return connectCluster(
    {
      name: "test",
      endpoints: servers.map((server) => server.url),
      token: TOKEN,
      tls: { verify: true, fingerprints: servers.map((server) => server.fingerprint) },
      requestTimeoutMs: 5000,
      defaults: {},
      ...options.config,
    },
    options.gate ?? recordingGate(),
    { validate: async (_, params) => ({ ok: true, params }), lostAnswerLookMs: [10, 50, 100], ...options.dependencies },
  );
}
