import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer as createHttpsServer, type Server as HttpsServer } from "node:https";
import { createServer as createNetServer, type Server as NetServer, type Socket } from "node:net";
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

export type Handler = (request: IncomingMessage, response: ServerResponse, keepAlive: boolean) => Promise<void>;

/** A listening server, HTTP/1.1 over TLS only. */
export interface WireServer {
  port: number;
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

function createTlsServer(certificate: LabCertificate, handle: Handler): HttpsServer {
  const served = new WeakMap<object, number>();
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
      const count = (served.get(request.socket) ?? 0) + 1;
      served.set(request.socket, count);
      const bytes = request.rawHeaders.reduce((sum, part) => sum + part.length + 2, 0);
      if (request.rawHeaders.length / 2 > HEADER_LINES || bytes > HEADER_BYTES) {
        request.socket.destroy();
        return;
      }
      request.socket.setTimeout(0);
      response.once("finish", () => request.socket.setTimeout(KEEP_ALIVE_MS));
      const wanted = !/\bclose\b/i.test(request.headers.connection ?? "") && request.httpVersion === "1.1";
      handle(request, response, wanted && count < KEEP_ALIVE_REQUESTS).catch((error: unknown) => {
        if (response.headersSent) request.socket.destroy();
        else sendRefusal(response, new Refusal(500, error instanceof Error ? error.message : String(error)));
      });
    },
  );
  server.maxHeadersCount = 0;
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
  handle: Handler,
): Promise<WireServer> {
  const tls = createTlsServer(certificate, handle);
  const sockets = new Set<Socket>();
  const front: NetServer = createNetServer((socket) => {
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
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        front.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
