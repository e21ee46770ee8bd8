import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { Refusal } from "../refusal.ts";
import type { RawParams } from "./body.ts";

/** Fields that may come before the file; others are passed over. */
const FIELDS = new Set(["content", "checksum-algorithm", "checksum"]);
/** Milliseconds for which the server waits for a first part that never comes. */
const PATIENCE_MS = 5000;

/** A file on its way into a storage. */
export interface Upload {
  /** What the fields say, and `filename` and `tmpfilename` of the file. */
  params: RawParams & { filename: string; tmpfilename: string };
  file: Buffer;
}

function failure(why: string): Refusal {
  return new Refusal(501, why, { form: "text" });
}

/** The boundary of an upload's parts; nothing when the body is of another kind. */
function boundaryOf(request: IncomingMessage): string | undefined {
  const type = request.headers["content-type"] ?? "";
  const match = /^multipart\/form-data\s*;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(type);
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
  if (!match) throw failure("upload failed");
  const filename = match[2];
  return { name: match[1]!, body: bytes.subarray(split + 4), ...(filename === undefined ? {} : { filename }) };
}

function* partsOf(bytes: Buffer, boundary: string): Generator<Part> {
  const mark = Buffer.from(`--${boundary}`, "latin1");
  const next = Buffer.from(`\r\n--${boundary}`, "latin1");
  let at = bytes.indexOf(mark);
  while (at >= 0) {
    const start = at + mark.length;
    if (bytes.subarray(start, start + 2).toString("latin1") === "--") return;
    const end = bytes.indexOf(next, start);
    if (end < 0) break;
    yield parsePart(bytes.subarray(start + 2, end));
    at = end + 2;
  }
  throw failure("upload failed");
}

/**
 * Reads an upload; fields after the file are not seen (pve-facts 42). A body of another kind is waited out, then the
 * connection ends and nothing is given.
 */
export async function readUpload(
  request: IncomingMessage,
  wait: (ms: number) => Promise<void>,
): Promise<Upload | undefined> {
  const boundary = boundaryOf(request);
  if (boundary === undefined) {
    request.resume();
    await wait(PATIENCE_MS);
    request.socket.destroy();
    return undefined;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const fields: RawParams = {};
  let upload: Upload | undefined;
  for (const { name, filename, body } of partsOf(Buffer.concat(chunks), boundary)) {
    if (upload) continue;
    if (filename === undefined) {
      if (FIELDS.has(name)) fields[name] = body.toString("utf8");
      continue;
    }
    if (name !== "filename") throw failure(`wrong field name '${name}' for file upload, expected 'filename'`);
    const tmpfilename = `/var/tmp/pveupload-${randomBytes(16).toString("hex")}`;
    upload = { params: { ...fields, filename, tmpfilename }, file: body };
  }
  if (!upload) throw failure("upload failed");
  return upload;
}
