import { createHash } from "node:crypto";
import { Socket } from "node:net";
import { rootCertificates, type TLSSocket, connect as tlsConnect } from "node:tls";
import type { ClusterConfig } from "./cluster.ts";
import { buildConnector } from "./http-library.ts";

export { connectError } from "./connect-error.ts";

/** How a connection attempt ended before a byte of a request could be written. */
export type ConnectProblem =
  | { kind: "refused" | "lost" | "host-not-found"; code: string }
  | { kind: "tls-mismatch"; fingerprint: string }
  | { kind: "tls-untrusted"; reason: string; fingerprint?: string };

/** Raised inside the connector, so that whoever catches it knows that nothing was sent. */
export class ConnectFailure extends Error {
  readonly problem: ConnectProblem;

  constructor(problem: ConnectProblem, cause?: unknown) {
    super(problem.kind, cause === undefined ? undefined : { cause });
    this.name = "ConnectFailure";
    this.problem = problem;
  }
}

type Connector = buildConnector.connector;

/**
 * Opens TLS connections of HTTP/1.1. With pins, the SHA-256 of the leaf certificate is compared before the socket is
 * handed out, in place of the chain (`checkServerIdentity` is not called when verification is off); without, the chain
 * decides. `timeoutMs` bounds connecting; `onSocket` is told each socket at its birth, so that whoever gives up can
 * destroy it before it is connected, which the HTTP client does not.
 */
export function pinnedConnector(
  tls: ClusterConfig["tls"],
  timeoutMs: number,
  onSocket: (socket: Socket) => void = () => {},
): Connector {
  const pins = new Set(tls.fingerprints.map(normalizeFingerprint));
  const pinned = pins.size > 0;
  const connect = buildConnector({
    allowH2: false,
    timeout: timeoutMs,
    // A resumed session would not show the certificate again.
    maxCachedSessions: 0,
    rejectUnauthorized: !pinned && tls.verify,
    ...(tls.ca === undefined ? {} : { ca: [...rootCertificates, tls.ca] }),
  });
  return (options, callback) => {
    const socket: unknown = connect(options, (...[error, socket]: [Error, null] | [null, unknown]) => {
      if (error !== null) {
        void describeConnectError(error, options, timeoutMs).then((failure) => callback(failure, null));
        return;
      }
      const opened = socket as TLSSocket;
      if (pinned && options.protocol === "https:") {
        const fingerprint = leafFingerprint(opened);
        if (fingerprint === undefined || !pins.has(fingerprint)) {
          opened.destroy();
          callback(new ConnectFailure({ kind: "tls-mismatch", fingerprint: fingerprint ?? "(none)" }), null);
          return;
        }
      }
      callback(null, opened);
    });
    if (socket instanceof Socket) onSocket(socket);
  };
}

/** The SHA-256 fingerprint of the certificate a server shows, `AA:BB:…`; sends nothing but the handshake. */
export function readFingerprint(host: string, port: number, timeoutMs: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = tlsConnect({ host, port, rejectUnauthorized: false, ALPNProtocols: ["http/1.1"] });
    const finish = (fingerprint?: string) => {
      socket.destroy();
      resolve(fingerprint);
    };
    socket.setTimeout(timeoutMs, () => finish());
    socket.once("secureConnect", () => finish(leafFingerprint(socket)));
    socket.once("error", () => finish());
  });
}

/** `AA:BB:…` in upper case, whether it was given with colons or not, in either case, with a `sha256:` prefix or none. */
export function normalizeFingerprint(text: string): string {
  const hex = text
    .trim()
    .replace(/^sha-?256[:=]/i, "")
    .replaceAll(/[:\s]/g, "")
    .toUpperCase();
  return hex.match(/../g)?.join(":") ?? "";
}

function leafFingerprint(socket: TLSSocket): string | undefined {
  const { raw } = socket.getPeerCertificate();
  return raw === undefined ? undefined : normalizeFingerprint(createHash("sha256").update(raw).digest("hex"));
}

/** What OpenSSL and Node call a certificate they do not accept. */
const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)|INVALID_(CA|PURPOSE)|HOSTNAME_MISMATCH/;

async function describeConnectError(
  error: Error,
  options: buildConnector.Options,
  timeoutMs: number,
): Promise<ConnectFailure> {
  const code = (error as NodeJS.ErrnoException).code ?? error.name;
  if (code === "ENOTFOUND" || code === "EAI_AGAIN" || code === "EAI_NODATA") {
    return new ConnectFailure({ kind: "host-not-found", code }, error);
  }
  if (UNTRUSTED.test(code)) {
    const fingerprint = await readFingerprint(
      options.hostname.replace(/^\[|\]$/g, ""),
      Number(options.port) || 443,
      timeoutMs,
    );
    return new ConnectFailure(
      { kind: "tls-untrusted", reason: code, ...(fingerprint === undefined ? {} : { fingerprint }) },
      error,
    );
  }
  const kind = code === "ECONNRESET" || code === "EPIPE" ? "lost" : "refused";
  return new ConnectFailure({ kind, code: code === "UND_ERR_CONNECT_TIMEOUT" ? "ETIMEDOUT" : code }, error);
}
