import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { Refusal } from "../refusal.ts";
import type { RawParams } from "./body.ts";
import { decodeUrlencoded } from "./decode-urlencoded.ts";

const UPLOAD = /^\/+nodes\/+[^/]+\/+storage\/+[^/]+\/+upload\/*$/;
/** Fields that may come before the file. */
const FIELDS = new Set(["content", "checksum-algorithm", "checksum"]);

/** Whether a request sends a file, which other rules hold for than for parameters. */
export function isUpload(method: string, path: string): boolean {
  return method === "POST" && UPLOAD.test(path);
}

/** The boundary of an upload's parts; nothing when the body is of another kind. */
function boundaryOf(request: IncomingMessage): string | undefined {
  const match = /^multipart\/form-data\s*;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(request.headers["content-type"] ?? "");
  return match?.[1] ?? match?.[2];
}

interface Part {
  name: string;
  filename?: string;
  body: Buffer;
}

/** One part, whose disposition must be its first header (pve-facts 42). */
function parsePart(bytes: Buffer): Part {
  const split = bytes.indexOf("\r\n\r\n");
  const [first = ""] = bytes.subarray(0, Math.max(0, split)).toString("utf8").split("\r\n");
  const match = /^Content-Disposition:\s*form-data;\s*name="([^"]*)"(?:;\s*filename="([^"]*)")?/i.exec(first);
  if (split < 0 || !match) throw new Refusal(501, "unable to parse multipart form data", { form: "text" });
  const filename = match[2];
  return { name: match[1]!, body: bytes.subarray(split + 4), ...(filename === undefined ? {} : { filename }) };
}

function partsOf(bytes: Buffer, boundary: string): Part[] {
  const mark = Buffer.from(`--${boundary}`, "latin1");
  const parts: Part[] = [];
  let at = bytes.indexOf(mark);
  while (at >= 0) {
    const start = at + mark.length;
    if (bytes.subarray(start, start + 2).toString("latin1") === "--") break;
    const next = bytes.indexOf(Buffer.concat([Buffer.from("\r\n"), mark]), start);
    if (next < 0) throw new Refusal(501, "upload is cut short", { form: "text" });
    parts.push(parsePart(bytes.subarray(start + 2, next)));
    at = next + 2;
  }
  return parts;
}

/**
 * The parameters of an upload; its file is kept in `spool` under the name that `tmpfilename` gives. Fields after the
 * file are not seen (pve-facts 42). Nothing comes of a body of another kind.
 */
export async function readUpload(
  request: IncomingMessage,
  query: string,
  spool: Map<string, Buffer>,
): Promise<RawParams | undefined> {
  const boundary = boundaryOf(request);
  if (boundary === undefined) return undefined;
  if (request.headers["content-length"] === undefined)
    throw new Refusal(501, "upload without content length header not supported", { form: "text" });
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const params: RawParams = {};
  for (const part of partsOf(Buffer.concat(chunks), boundary)) {
    if (part.filename === undefined) {
      if (FIELDS.has(part.name)) params[part.name] = part.body.toString("utf8");
      continue;
    }
    if (part.name !== "filename")
      throw new Refusal(501, `wrong field name '${part.name}' for file upload, expected 'filename'`, { form: "text" });
    params.filename = part.filename;
    params.tmpfilename = `/var/tmp/pveupload-${randomBytes(16).toString("hex")}`;
    spool.set(String(params.tmpfilename), part.body);
    break;
  }
  Object.assign(params, decodeUrlencoded(query));
  delete params._dc;
  return params;
}
