import { readFile } from "node:fs/promises";
import { request } from "node:https";
import { connect } from "node:tls";
import type { RefreshInput } from "./refresh.ts";

const NAMED = /^(\d+\.\d+(?:\.\d+)?)=(.+)$/s;
const FILE_VERSION = /(?:^|[-_/])(\d+\.\d+(?:\.\d+)?)\.js$/;
const TIMEOUT_MS = 60_000;
const LIMIT_BYTES = 64 * 1024 * 1024;

/** A source that cannot be read: says which, why and what to do. */
class SourceError extends Error {
  override readonly name = "SourceError";
}

/** Splits `VERSION=SOURCE`, or takes the version from a file name such as `apidata-9.2.js`. */
export function parseSource(argument: string): { version: string; source: string } {
  const named = NAMED.exec(argument);
  if (named) return { version: named[1]!, source: named[2]! };
  const version = FILE_VERSION.exec(argument)?.[1];
  if (version) return { version, source: argument };
  throw new SourceError(`${argument}: which version is this? Write it in front, e.g. --from 9.2=${argument}`);
}

/** Upper-case hex without separators; throws unless it is a SHA-256 fingerprint. */
export function parseFingerprint(value: string): string {
  const hex = value.replaceAll(":", "").toUpperCase();
  if (!/^[0-9A-F]{64}$/.test(hex))
    throw new SourceError(`--fingerprint ${value}: expected 32 hex bytes (SHA-256), e.g. AA:BB:…`);
  return hex;
}

/** Downloads over HTTPS; with a fingerprint the leaf certificate is compared before a byte of the request is written. */
async function download(url: URL, fingerprint?: string): Promise<string> {
  const port = Number(url.port || 443);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const socket = connect({
    host,
    port,
    ...(isAddress(host) ? {} : { servername: host }),
    rejectUnauthorized: fingerprint === undefined,
  });
  socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once("secureConnect", resolve);
      socket.once("error", reject);
    });
    if (fingerprint !== undefined) {
      const seen = socket.getPeerCertificate().fingerprint256 ?? "none";
      if (seen.replaceAll(":", "") !== fingerprint)
        throw new Error(
          `its certificate has the fingerprint ${seen}, not the one given; if you trust it, pass --fingerprint ${seen}`,
        );
    }
    return await get(url, socket);
  } catch (error) {
    throw new SourceError(`${url.href}: download failed: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    socket.destroy();
  }
}

const isAddress = (host: string): boolean => host.includes(":") || /^[\d.]+$/.test(host);

function get(url: URL, socket: ReturnType<typeof connect>): Promise<string> {
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    const outgoing = request(url, { createConnection: () => socket, headers: { connection: "close" } }, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      if (response.statusCode !== 200) {
        reject(new Error(`HTTP ${response.statusCode} ${response.statusMessage ?? ""}`.trim()));
        response.resume();
        return;
      }
      response.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > LIMIT_BYTES) response.destroy(new Error(`more than ${LIMIT_BYTES} bytes`));
        else chunks.push(chunk);
      });
      response.once("error", reject);
      response.once("aborted", () => reject(new Error("the connection was closed early")));
      response.once("end", () =>
        response.complete
          ? resolve(Buffer.concat(chunks).toString("utf8"))
          : reject(new Error("the answer was cut off")),
      );
    });
    outgoing.once("error", reject);
    outgoing.end();
  });
}

/** Reads one `--from` argument. */
export async function readSource(argument: string, fingerprint?: string): Promise<RefreshInput> {
  const { version, source } = parseSource(argument);
  if (/^http:/i.test(source)) throw new SourceError(`${source}: only https is read`);
  if (/^https:/i.test(source)) {
    if (!URL.canParse(source)) throw new SourceError(`${source}: not a URL`);
    return { version, source, text: await download(new URL(source), fingerprint) };
  }
  try {
    return { version, source, text: await readFile(source, "utf8") };
  } catch (error) {
    throw new SourceError(`${source}: cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
