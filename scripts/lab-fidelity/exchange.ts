import { connect } from "node:tls";
import { gunzipSync } from "node:zlib";
import type { Recording } from "./recordings.ts";

/** An answer as it came over the wire; status is null when the connection ended without one. */
export interface WireAnswer {
  status: number | null;
  reason: string;
  headers: Record<string, string>;
  body: string;
}

const DROPPED: WireAnswer = { status: null, reason: "", headers: {}, body: "" };
/** Milliseconds after which an answer is no longer awaited; a real server drops a broken upload after five seconds. */
const PATIENCE_MS = 8000;

/** The request's bytes, with the headers that the recording client added by itself. */
function requestBytes(request: Recording["request"]): Buffer {
  const headers: [string, string][] = [["Host", "pve1:8006"]];
  if (!Object.keys(request.headers).some((name) => name.toLowerCase() === "accept-encoding"))
    headers.push(["Accept-Encoding", "identity"]);
  const body = Buffer.from(request.body ?? "", "utf8");
  if (body.length > 0 || ["POST", "PUT", "PATCH"].includes(request.method))
    headers.push(["Content-Length", String(body.length)]);
  headers.push(...Object.entries(request.headers));
  const head = `${request.method} ${request.path} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
  return Buffer.concat([Buffer.from(head, "utf8"), body]);
}

function parseAnswer(bytes: Buffer, ended: boolean, bodiless: boolean): WireAnswer | undefined {
  const split = bytes.indexOf("\r\n\r\n");
  if (split < 0) return undefined;
  const [line = "", ...fields] = bytes.subarray(0, split).toString("utf8").split("\r\n");
  const match = /^HTTP\/1\.1 (\d+) ?(.*)$/.exec(line);
  if (!match) return undefined;
  const headers = Object.fromEntries(
    fields.map((field) => {
      const at = field.indexOf(":");
      return [field.slice(0, at).toLowerCase(), field.slice(at + 1).trim()];
    }),
  );
  const rest = bytes.subarray(split + 4);
  const length = bodiless ? 0 : headers["content-length"];
  if (length === undefined ? !ended : rest.length < Number(length) && !ended) return undefined;
  const raw = length === undefined ? rest : rest.subarray(0, Number(length));
  const body = headers["content-encoding"] === "gzip" && raw.length > 0 ? gunzipSync(raw) : raw;
  return { status: Number(match[1]), reason: match[2] ?? "", headers, body: body.toString("utf8") };
}

/** Sends one request on a connection of its own. */
export function exchange(server: { host: string; port: number }, request: Recording["request"]): Promise<WireAnswer> {
  return new Promise((resolve) => {
    const socket = connect({ host: server.host, port: server.port, rejectUnauthorized: false });
    const chunks: Buffer[] = [];
    let done = false;
    const finish = (ended: boolean): void => {
      if (done) return;
      const answer = parseAnswer(Buffer.concat(chunks), ended, request.method === "HEAD");
      if (!answer && !ended) return;
      done = true;
      clearTimeout(timer);
      socket.destroy();
      resolve(answer ?? DROPPED);
    };
    const timer = setTimeout(() => finish(true), PATIENCE_MS);
    socket.once("secureConnect", () => socket.write(requestBytes(request)));
    socket.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      finish(false);
    });
    socket.on("close", () => finish(true));
    // The end of a connection is an observation, not a failure.
    socket.on("error", () => {});
  });
}
