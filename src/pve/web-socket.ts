import type { Socket } from "node:net";
import type { OperationId, Params } from "../schema/operation.ts";
import type { ClusterConfig, OpenStream, PveStream, TokenAuth } from "./cluster.ts";
import { ConnectFailure, pinnedConnector } from "./connector.ts";
import { connectError } from "./connect-error.ts";
import { encodeRequest } from "./encode.ts";
import { ConnectionLostError, type RequestContext, type RequestError, RequestTimeoutError } from "./errors.ts";
import { classifyFailure } from "./failure.ts";
import type { Caller, Gate } from "./gate.ts";
import { redactedCause } from "./redaction.ts";

import { credentials } from "./transport.ts";
import { WebSocket } from "./web-socket-library.ts";

const CONNECT_MS = 10_000;
/** Bytes of one frame to the server, which takes 128 KiB (pve-facts 83). */
const MOST_SENT = 65_536;

/** What opening a stream needs of the cluster that it belongs to. */
export interface StreamOwner {
  name: string;
  config: Omit<ClusterConfig, "token">;
  gate: Gate;
  token: TokenAuth;
  /** Refuses what the server would refuse. */
  check(caller: Caller, operation: OperationId, params: Params): Promise<void>;
}

/**
 * Opens the websocket of a `GET …/vncwebsocket` at the very endpoint that gave its ticket (pve-facts 84): past the gate
 * as any request, over a connection whose certificate was compared before a byte was written.
 */
export async function openWebSocket(
  owner: StreamOwner,
  caller: Caller,
  operation: OperationId,
  params: Params,
  { endpoint, signal }: Parameters<OpenStream>[2],
): Promise<PveStream> {
  const { name: cluster, config, gate } = owner;
  const exit = await gate.enter({ cluster, operation, params, caller, ...(signal ? { signal } : {}) });
  const began = performance.now();
  const context: RequestContext = { cluster, operation, endpoint };
  try {
    // The token goes to where the configuration says, whatever an answer claims.
    if (!config.endpoints.some((url) => url.replace(/\/+$/, "") === endpoint)) {
      throw new Error("no endpoint of this cluster");
    }
    await owner.check(caller, operation, params);
    signal?.throwIfAborted();
    const { path, query } = encodeRequest(operation, params, cluster);
    const socket = await connect(endpoint, config.tls, context, owner.token, signal);
    const url = `${endpoint.replace(/^http/, "ws")}/api2/json${path}${query ? `?${query}` : ""}`;
    const stream = await upgrade(url, socket, context, owner.token, signal);
    await exit({ outcome: "ok", status: 101, durationMs: Math.round(performance.now() - began) });
    return stream;
  } catch (error) {
    const { code, status } = error as Partial<RequestError>;
    await exit({
      outcome: "error",
      detail: typeof code === "string" ? code : "cancelled",
      ...(status === undefined ? {} : { status }),
      durationMs: Math.round(performance.now() - began),
    });
    throw error;
  }
}

function connect(
  endpoint: string,
  tls: ClusterConfig["tls"],
  context: RequestContext,
  token: TokenAuth,
  signal: AbortSignal | undefined,
): Promise<Socket> {
  const { protocol, hostname, port, host } = new URL(endpoint);
  return new Promise((resolve, reject) => {
    const born: Socket[] = [];
    const abort = () => {
      for (const socket of born) socket.destroy();
      reject(signal!.reason);
    };
    signal?.addEventListener("abort", abort, { once: true });
    const dial = pinnedConnector(tls, CONNECT_MS, (socket) => born.push(socket));
    dial({ protocol, hostname, host, port }, (...[error, socket]) => {
      signal?.removeEventListener("abort", abort);
      if (error === null) resolve(socket as Socket);
      else if (!(error instanceof ConnectFailure)) reject(error);
      else reject(connectError(context, error.problem, redactedCause(error.cause, token.secret)));
    });
  });
}

function upgrade(
  url: string,
  socket: Socket,
  context: RequestContext,
  token: TokenAuth,
  signal: AbortSignal | undefined,
): Promise<PveStream> {
  const web = new WebSocket(url, ["binary"], {
    createConnection: () => socket,
    headers: credentials(token),
    // The server takes no compressed frames, and follows nobody elsewhere (pve-facts 83, 32).
    perMessageDeflate: false,
    followRedirects: false,
    handshakeTimeout: CONNECT_MS,
  });
  // What comes at once, before anybody listens.
  const early: Buffer[] = [];
  let hear = (bytes: Buffer): void => void early.push(bytes);
  let ended = false;
  let end = (): void => {};
  web.on("message", (data) => hear(data as Buffer));
  web.on("close", () => {
    ended = true;
    end();
  });
  return new Promise((resolve, reject) => {
    const abort = () => {
      web.terminate();
      reject(signal!.reason);
    };
    signal?.addEventListener("abort", abort, { once: true });
    const refuse = (error: unknown) => {
      signal?.removeEventListener("abort", abort);
      socket.destroy();
      reject(error);
    };
    web.on("unexpected-response", (_, answer) => {
      answer.resume();
      const { statusCode: status = 0, statusMessage: reason = "" } = answer;
      refuse(classifyFailure(context, { status, reason }, { token }));
    });
    web.on("error", (error) => {
      const cause = redactedCause(error, token.secret);
      refuse(
        /timed out/.test(error.message)
          ? new RequestTimeoutError(context, CONNECT_MS)
          : new ConnectionLostError(context, (cause as { code?: string }).code ?? cause.name, cause),
      );
    });
    web.on("open", () => {
      signal?.removeEventListener("abort", abort);
      resolve({
        listen(onBytes, onEnd) {
          hear = onBytes;
          end = onEnd;
          for (const bytes of early.splice(0)) onBytes(bytes);
          if (ended) onEnd();
        },
        send(bytes) {
          if (web.readyState !== WebSocket.OPEN) return;
          for (let at = 0; at < bytes.length; at += MOST_SENT) web.send(bytes.subarray(at, at + MOST_SENT));
        },
        close: () => web.terminate(),
      });
    });
  });
}
