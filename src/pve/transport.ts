import type { Socket } from "node:net";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { Agent, Client } from "undici";
import type { Method } from "../schema/operation.ts";
import type { ClusterConfig, TokenAuth } from "./cluster.ts";
import type { ConnectFailure } from "./connector.ts";
import { Deadline } from "./deadline.ts";
import {
  ConnectionLostError,
  ConnectionRefusedError,
  type RequestContext,
  type RequestError,
  RequestTimeoutError,
} from "./errors.ts";
import { redactedCause } from "./redaction.ts";
import { Slots } from "./slots.ts";
import type { StreamedBody } from "./upload.ts";

/** Requests in flight per endpoint (pve-facts 122: three single-threaded workers per node). */
const IN_FLIGHT = 4;
/** Milliseconds; the server closes idle connections after 5 s (pve-facts 33). */
const KEEP_ALIVE_MS = 3500;
const CONNECT_TIMEOUT_MS = 10_000;

/** One request as it goes over the wire. */
export interface WireRequest {
  method: Method;
  /** Percent-encoded, without `/api2/json`. */
  path: string;
  query?: string;
  /** Form body. */
  body?: string;
  /** Fields of an upload, the file's name among them. */
  fields?: Readonly<Record<string, string>>;
  /** In the place of a form. */
  streamed?: StreamedBody;
}

/** An answer as it came over the wire. */
export interface WireAnswer {
  status: number;
  reason: string;
  contentType: string;
  location?: string;
  text: string;
}

export interface WireOptions {
  context: RequestContext;
  token: TokenAuth;
  timeoutMs: number;
  signal?: AbortSignal;
}

/** No answer: `sent` is false only when it is certain that no byte of the request left. */
export class TransportFailure extends Error {
  readonly sent: boolean;
  /** Absent when the caller's own signal ended it. */
  readonly error: RequestError | undefined;

  constructor(sent: boolean, error: RequestError | undefined, cause?: unknown) {
    super(error?.message ?? "aborted", cause === undefined ? undefined : { cause });
    this.name = "TransportFailure";
    this.sent = sent;
    this.error = error;
  }
}

const unzip = promisify(gunzip);

interface Libraries {
  undici: typeof import("./http-library.ts");
  connector: typeof import("./connector.ts");
}

let libraries: Promise<Libraries> | undefined;

/** The HTTP libraries, loaded with the first request of the process. */
function load(): Promise<Libraries> {
  libraries ??= Promise.all([import("./http-library.ts"), import("./connector.ts")]).then(([undici, connector]) => ({
    undici,
    connector,
  }));
  return libraries;
}

/** One endpoint of a cluster: its connections, and how many requests may be in flight on them. */
export class Endpoint {
  readonly url: string;
  readonly #config: Pick<ClusterConfig, "tls">;
  readonly #slots = new Slots(IN_FLIGHT);
  readonly #onDate: (serverMs: number, sentMs: number, receivedMs: number) => void;
  #agent: Agent | undefined;
  #closed = false;
  readonly #writes = new Set<Client>();
  readonly #sockets = new Set<Socket>();

  constructor(
    url: string,
    config: Pick<ClusterConfig, "tls">,
    onDate: (serverMs: number, sentMs: number, receivedMs: number) => void = () => {},
  ) {
    this.url = url;
    this.#config = config;
    this.#onDate = onDate;
  }

  /** Sends one request once. Rejects with a `TransportFailure` when no complete answer arrives in time. */
  async request(request: WireRequest, options: WireOptions): Promise<WireAnswer> {
    const { undici, connector } = await load();
    const context: RequestContext = { ...options.context, endpoint: this.url };
    if (this.#closed) throw new TransportFailure(false, new ConnectionRefusedError(context, "closed"));
    let release: () => void;
    try {
      release = await this.#slots.acquire(options.signal);
    } catch (reason) {
      throw new TransportFailure(false, undefined, reason);
    }
    const deadline = new Deadline(options.timeoutMs, options.signal);
    const write = request.method === "GET" ? undefined : this.#writeClient(undici, connector);
    const dispatcher = write?.client ?? this.#readAgent(undici, connector);
    const { streamed } = request;
    const file = streamed?.read();
    const sentMs = Date.now();
    try {
      // Without `fetch`, whose requests and streams cost more than the answer takes. Retries, time limits and redirects
      // depend on the method and on what was sent, which failover.ts and this class know. The signal alone would wait for
      // a connection that does not come.
      const { statusCode, statusText, headers, body } = await deadline.within(
        dispatcher.request({
          origin: this.url,
          path: `/api2/json${request.path}${request.query ? `?${request.query}` : ""}`,
          method: request.method,
          headers: {
            accept: "application/json",
            "accept-encoding": "gzip",
            "user-agent": "proxmox-mcp",
            ...(request.body === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }),
            // The server takes no body whose length it is not told (pve-facts 42).
            ...(streamed ? { "content-type": streamed.contentType, "content-length": String(streamed.bytes) } : {}),
            ...credentials(options.token),
          },
          ...(request.body === undefined ? {} : { body: request.body }),
          ...(file ? { body: file } : {}),
          signal: deadline,
        }),
      );
      const header = (name: string) => [headers[name]].flat()[0];
      const date = Date.parse(header("date") ?? "");
      if (!Number.isNaN(date)) this.#onDate(date, sentMs, Date.now());
      const bytes = Buffer.from(await body.arrayBuffer());
      const location = header("location");
      return {
        status: statusCode,
        reason: statusText,
        contentType: header("content-type") ?? "",
        ...(location === undefined ? {} : { location }),
        text: (header("content-encoding") === "gzip" ? await unzip(bytes) : bytes).toString("utf8"),
      };
    } catch (error) {
      const refused = findConnectFailure(error, connector.ConnectFailure);
      const sent = refused === undefined && (write === undefined || write.connected());
      if (refused === undefined && options.signal?.aborted) {
        throw new TransportFailure(sent, undefined, options.signal.reason);
      }
      if (refused !== undefined) {
        const cause = redactedCause(refused.cause ?? refused, options.token.secret);
        throw new TransportFailure(sent, connector.connectError(context, refused.problem, cause));
      }
      throw new TransportFailure(sent, this.#describe(error, context, options, deadline.aborted));
    } finally {
      deadline.clear();
      file?.destroy();
      release();
      if (write !== undefined) {
        this.#writes.delete(write.client);
        void write.client.destroy();
        write.drop();
      }
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const clients = [...this.#writes];
    const agent = this.#agent;
    this.#agent = undefined;
    const ended = Promise.all([agent?.destroy(), ...clients.map((client) => client.destroy())]);
    for (const socket of this.#sockets) socket.destroy();
    await ended;
  }

  #readAgent(undici: Libraries["undici"], connector: Libraries["connector"]): Agent {
    this.#agent ??= new undici.Agent({
      connections: IN_FLIGHT,
      pipelining: 1,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: connector.pinnedConnector(this.#config.tls, CONNECT_TIMEOUT_MS, (socket) => this.#track(socket)),
    });
    return this.#agent;
  }

  /**
   * A connection of its own for each write: a kept one may be closing on the other side just then, which would leave
   * the outcome unknown, and a fresh one tells for certain whether anything was sent.
   */
  #writeClient(undici: Libraries["undici"], connector: Libraries["connector"]) {
    const sockets: Socket[] = [];
    const connect = connector.pinnedConnector(this.#config.tls, CONNECT_TIMEOUT_MS, (socket) => {
      sockets.push(socket);
      this.#track(socket);
    });
    let connected = false;
    const client = new undici.Client(this.url, {
      pipelining: 0,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (options, callback) =>
        connect(options, (...args) => {
          if (args[0] === null) connected = true;
          callback(...args);
        }),
    });
    this.#writes.add(client);
    return {
      client,
      connected: () => connected,
      drop: () => {
        for (const socket of sockets) socket.destroy();
      },
    };
  }

  #track(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once("close", () => this.#sockets.delete(socket));
  }

  #describe(
    error: unknown,
    context: RequestContext,
    { timeoutMs, token }: WireOptions,
    timedOut: boolean,
  ): RequestError {
    const cause = redactedCause(rootCause(error), token.secret);
    if (timedOut) return new RequestTimeoutError(context, timeoutMs);
    return new ConnectionLostError(context, (cause as { code?: string }).code ?? cause.name, cause);
  }
}

/** Headers by which the server knows who asks (pve-facts 35). */
export function credentials({ user, realm, id, secret, csrf }: TokenAuth): Record<string, string> {
  return csrf === undefined
    ? { authorization: `PVEAPIToken=${user}@${realm}!${id}=${secret}` }
    : { cookie: `PVEAuthCookie=${encodeURIComponent(secret)}`, csrfpreventiontoken: csrf };
}

function findConnectFailure(error: unknown, kind: typeof ConnectFailure): ConnectFailure | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current instanceof kind) return current;
  }
  return undefined;
}

function rootCause(error: unknown): unknown {
  let current = error;
  while (current instanceof Error && current.cause instanceof Error) current = current.cause;
  return current;
}
