import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { die } from "../refusal.ts";
import { hostOf } from "./node-of.ts";
import { type Call, flag, type Route, text } from "./route.ts";

/** Milliseconds for which an address of this machine is tried. */
const TIMEOUT_MS = 2000;
const LOOPBACK = /^(?:127\.[\d.]+|localhost|\[::1\])$/;

type Metadata = { status: number; phrase: string; headers: Record<string, string | string[] | undefined> };

function head(url: URL, verify: boolean): Promise<Metadata> {
  const send = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(url, { method: "HEAD", timeout: TIMEOUT_MS, rejectUnauthorized: verify }, (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, phrase: response.statusMessage ?? "", headers: response.headers });
    });
    request.on("timeout", () => request.destroy(new Error("timeout")));
    request.on("error", reject);
    request.end();
  });
}

function fileName(url: string, disposition: string | undefined): string | undefined {
  const given = /filename="([^"]*)"/.exec(disposition ?? "") ?? /filename=([^;]*)/.exec(disposition ?? "");
  return given?.[1] ?? /^[^?]+\/([^?/]*)(?:\?.*)?$/.exec(url)?.[1];
}

function unreachable(url: URL, why: string): Error {
  const port = url.port === "" ? (url.protocol === "https:" ? 443 : 80) : url.port;
  return die(`invalid server response: '500 Can't connect to ${url.hostname}:${port} (${why})'`);
}

/** A stable size for a name that is only pretended to be there. */
function pretendedSize(name: string): number {
  let sum = 7;
  for (const char of name) sum = (sum * 31 + char.charCodeAt(0)) % 900_001;
  return (sum + 100_000) * 1024;
}

/**
 * What a server says of a file. Only this machine is really asked; the rest of the world is out of reach, or pretended
 * to have every file where the cluster counts as connected.
 */
async function urlMetadata(call: Call): Promise<Record<string, unknown>> {
  const given = text(call, "url")!;
  let url: URL;
  try {
    url = new URL(given);
  } catch {
    throw die(`invalid server response: '400 URL must be absolute'`);
  }
  if (!LOOPBACK.test(url.hostname)) {
    const known = call.state.datacenter.internet && url.hostname.includes(".") && !/\.invalid$/.test(url.hostname);
    if (!known)
      throw unreachable(
        url,
        call.state.datacenter.internet ? "Name or service not known" : "Temporary failure in name resolution",
      );
    const filename = fileName(given, undefined);
    return {
      ...(filename ? { filename } : {}),
      size: pretendedSize(given),
      mimetype: "application/octet-stream",
    };
  }
  const verify = text(call, "verify-certificates") === undefined || flag(call, "verify-certificates");
  let answer: Metadata;
  try {
    answer = await head(url, verify);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    throw unreachable(url, code === "ECONNREFUSED" ? "Connection refused" : "Connection timed out");
  }
  if (answer.status !== 200) throw die(`invalid server response: '${answer.status} ${answer.phrase}'`);
  const filename = fileName(given, answer.headers["content-disposition"] as string | undefined);
  const size = Number(answer.headers["content-length"] ?? 0);
  const type = String(answer.headers["content-type"] ?? "").replace(/;.*$/, "");
  return { ...(filename ? { filename } : {}), ...(size ? { size } : {}), ...(type ? { mimetype: type } : {}) };
}

function tags(call: Call): string[] {
  const reference = text(call, "reference")!;
  if (hostOf(call).profile.missing.has("skopeo") || !call.state.datacenter.internet)
    throw die(`command '/usr/bin/skopeo list-tags docker://${reference}' failed: exit code 1`);
  return ["1.0", "1.1", "2.0", "latest"];
}

/** What a node learns of files and images elsewhere. */
export const nodeQueryRoutes: readonly Route[] = [
  { id: "GET /nodes/{node}/query-url-metadata", run: async (call) => ({ data: await urlMetadata(call) }) },
  { id: "GET /nodes/{node}/query-oci-repo-tags", run: (call) => ({ data: tags(call) }) },
];
