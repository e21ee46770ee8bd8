import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer as createHttpsServer, type Server as HttpsServer } from "node:https";
import { createServer as createNetServer, type Server as NetServer, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { LabCertificate } from "../certificate.ts";
import { Refusal } from "../refusal.ts";
import { sendRefusal } from "./reply.ts";

/** Milliseconds that an idle connection lives (pve-facts 33). */
const KEEP_ALIVE_MS = 5000;
/** Requests on one connection. */
const KEEP_ALIVE_REQUESTS = 100;
/** Bytes and lines of headers (pve-facts 8). */
const HEADER_BYTES = 8192;
const HEADER_LINES = 64;
/** Bytes of a whole head: the limit on headers does not count the path. */
const HEAD_BYTES = 65_536;
/** First byte of a TLS record that carries a handshake. */
const TLS_HANDSHAKE = 0x16;

/** Takes a connection over that is to be something else than HTTP. */
export type Upgrade = (request: IncomingMessage, socket: Duplex) => void;

export type Handler = (request: IncomingMessage, response: ServerResponse, keepAlive: boolean) => Promise<void>;

/** How connections are treated before any request of theirs. */
export interface Conditions {
  /** Closes them right after they were accepted (pve-facts 41). */
  refuse: boolean;
  /** Milliseconds that too many headers hang before their connection ends. */
  oversizedHeadMs: number;
}

/** A connection's past. */
interface Past {
  served: number;
  /** Milliseconds since the epoch: when the last answer was out. */
  idleSince: number;
}

const pasts = new WeakMap<object, Past>();

/** Requests on the connection of a request, itself included, and the milliseconds before it that were idle. */
export function connectionOf(request: IncomingMessage): { served: number; idleMs: number } {
  const past = pasts.get(request.socket);
  return { served: past?.served ?? 1, idleMs: past ? Date.now() - past.idleSince : 0 };
}

/** A listening server, HTTP/1.1 over TLS only. */
export interface WireServer {
  port: number;
  /** Serves another certificate from now on. */
  renew(certificate: LabCertificate): void;
  /** Ends every connection. */
  drop(): void;
  close(): Promise<void>;
}

/** Plain HTTP on the TLS port: a redirect, then the end (pve-facts 32). */
function redirect(socket: Socket, start: Buffer): void {
  const [line = "", ...lines] = start.toString("latin1").split("\r\n");
  const [method = "", path = "/"] = line.split(" ");
  const host =
    lines
      .find((text) => /^host:/i.test(text))
      ?.slice(5)
      .trim() ?? "localhost";
  const status = method === "GET" ? "301 Moved Permanently" : "308 Permanent Redirect";
  socket.end(
    `HTTP/1.1 ${status}\r\nLocation: https://${host}${path}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
  );
}

/** A head that the parser did not take: an odd method is refused by name, anything else ends the connection. */
function refuseBrokenHead(error: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket: Socket): void {
  const method = /^([A-Za-z]+) \S+ HTTP\/1/.exec(error.rawPacket?.toString("latin1") ?? "")?.[1];
  if (error.code === "HPE_INVALID_METHOD" && method !== undefined && socket.writable)
    socket.end(`HTTP/1.1 501 method '${method}' not available\r\nConnection: close\r\n\r\n`);
  else socket.destroy();
}

function createTlsServer(
  certificate: LabCertificate,
  conditions: Conditions,
  handle: Handler,
  upgrade: Upgrade | undefined,
): HttpsServer {
  const server = createHttpsServer(
    {
      cert: certificate.certificate,
      key: certificate.key,
      // Node lets an idle connection live a second longer than told, so its own timer is off.
      keepAliveTimeout: 0,
      maxHeaderSize: HEAD_BYTES,
      requestTimeout: 0,
    },
    (request, response) => {
      const { socket } = request;
      const past = pasts.get(socket) ?? { served: 0, idleSince: Date.now() };
      past.served += 1;
      pasts.set(socket, past);
      const count = past.served;
      const bytes = request.rawHeaders.reduce((sum, part) => sum + part.length + 2, 0);
      if (request.rawHeaders.length / 2 > HEADER_LINES || bytes > HEADER_BYTES) {
        setTimeout(() => socket.destroy(), conditions.oversizedHeadMs).unref();
        return;
      }
      socket.setTimeout(0);
      response.once("finish", () => {
        past.idleSince = Date.now();
        socket.setTimeout(KEEP_ALIVE_MS);
      });
      const wanted = !/\bclose\b/i.test(request.headers.connection ?? "") && request.httpVersion === "1.1";
      handle(request, response, wanted && count < KEEP_ALIVE_REQUESTS).catch((error: unknown) => {
        if (response.headersSent) request.socket.destroy();
        else sendRefusal(response, new Refusal(500, error instanceof Error ? error.message : String(error)));
      });
    },
  );
  server.maxHeadersCount = 0;
  if (upgrade)
    server.on("upgrade", (request, socket, head: Buffer) => {
      if (head.length > 0) socket.unshift(head);
      (socket as Socket).setTimeout(0);
      upgrade(request, socket);
    });
  server.on("clientError", refuseBrokenHead as (error: Error, socket: unknown) => void);
  // A client that trusts another certificate ends the handshake; that is its business.
  server.on("tlsClientError", () => {});
  // Answered in the handler, like any other chunked request, without waiting for the body.
  server.on("checkContinue", (request, response) => server.emit("request", request, response));
  return server;
}

/** Listens for TLS, and turns away what speaks plain HTTP. */
export async function listen(
  certificate: LabCertificate,
  host: string,
  port: number,
  conditions: Conditions,
  handle: Handler,
  upgrade?: Upgrade,
): Promise<WireServer> {
  const tls = createTlsServer(certificate, conditions, handle, upgrade);
  const sockets = new Set<Socket>();
  const front: NetServer = createNetServer((socket) => {
    if (conditions.refuse) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    socket.setNoDelay(true);
    socket.once("data", (start: Buffer) => {
      if (start[0] !== TLS_HANDSHAKE) {
        redirect(socket, start);
        return;
      }
      socket.pause();
      socket.unshift(start);
      tls.emit("connection", socket);
      process.nextTick(() => socket.resume());
    });
  });
  await new Promise<void>((resolve, reject) => {
    front.once("error", reject);
    front.listen(port, host, resolve);
  });
  const address = front.address();
  const drop = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    renew: ({ certificate: cert, key }) => tls.setSecureContext({ cert, key }),
    drop,
    close: () =>
      new Promise((resolve) => {
        front.close(() => resolve());
        drop();
      }),
  };
}
