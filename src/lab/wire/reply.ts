import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import type { Refusal } from "../refusal.ts";
import type { Rendered } from "./formats.ts";

const compress = promisify(gzip);

const SERVER = "pve-api-daemon/3.0";
const JSON_TYPE = "application/json;charset=UTF-8";
/** Answers below this size are not worth compressing. */
const GZIP_FROM = 1024;

/** What an operation answers: `data`, and fields beside it (pve-facts 30). */
export interface Answer {
  data: unknown;
  total?: number;
  /** What waits to be applied, as a text. */
  changes?: string;
  /** Given out as it is instead of `data`, as downloads are (pve-facts 31). */
  raw?: { type: string; body: string | Buffer; encoding?: "gzip" };
}

/** The reason phrase of a message: its first line, as raw UTF-8 bytes on the wire (pve-facts 22). */
function reasonPhrase(message: string): string {
  const line = (message.split("\n")[0] ?? "").replace(/[\x00-\x1f\x7f]/g, "");
  return Buffer.from(line, "utf8").toString("latin1");
}

function head(keepAlive: boolean): Record<string, string | number> {
  return {
    "Cache-Control": "max-age=0",
    Connection: keepAlive ? "Keep-Alive" : "close",
    Pragma: "no-cache",
    Server: SERVER,
  };
}

/** Sends an answer, compressed when it is large and the caller takes that; one that fails closes the connection. */
export async function sendRendered(
  request: IncomingMessage,
  response: ServerResponse,
  rendered: Rendered,
  keepAlive: boolean,
): Promise<void> {
  let bytes = rendered.bytes ?? Buffer.from(JSON.stringify(rendered.body), "utf8");
  const headers = head(keepAlive && rendered.status < 400);
  headers["Content-Type"] = rendered.type;
  const takesGzip = /\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""));
  if (rendered.encoding === "gzip" || (rendered.type !== "image/png" && bytes.length > GZIP_FROM && takesGzip)) {
    bytes = Buffer.from(await compress(bytes, { level: constants.Z_BEST_SPEED }));
    headers["Content-Encoding"] = "gzip";
  }
  if (bytes.length > 0) headers["Content-Length"] = bytes.length;
  else response.useChunkedEncodingByDefault = false;
  response.writeHead(rendered.status, reasonPhrase(rendered.reason), headers);
  response.end(bytes);
}

/** Sends an error; every one of them closes the connection (pve-facts 26). */
export function sendRefusal(response: ServerResponse, refusal: Refusal, withMessage = true): void {
  const headers = head(false);
  let body = "";
  if (refusal.form === "json") {
    // Only texts that a handler died with end in a newline; an unknown method's does not.
    const message = refusal.long ?? refusal.message;
    const newline = refusal.status === 501 && refusal.long === undefined ? "" : "\n";
    headers["Content-Type"] = JSON_TYPE;
    body = JSON.stringify({
      data: null,
      ...(withMessage ? { message: `${message}${newline}` } : {}),
      ...(refusal.errors ? { errors: refusal.errors } : {}),
    });
  } else if (refusal.form === "text") body = refusal.long ?? refusal.message;
  const bytes = Buffer.from(body, "utf8");
  if (bytes.length > 0) headers["Content-Length"] = bytes.length;
  // An empty body has no length at all: the connection's end is its end.
  response.useChunkedEncodingByDefault = false;
  response.writeHead(refusal.status, reasonPhrase(refusal.message), headers);
  // Bytes, as a text would make the head UTF-8 a second time.
  response.end(bytes);
}
