import type { IncomingMessage } from "node:http";
import { Refusal } from "../refusal.ts";
import { decodeUrlencoded } from "./decode-urlencoded.ts";
import { parseJsonBody } from "./json-body.ts";

/** A parameter before any check: text from a form, anything from JSON. */
export type RawParams = Record<string, unknown>;

/** The body's length as announced; nothing when there is none. */
function announced(request: IncomingMessage): number {
  const length = Number(request.headers["content-length"] ?? 0);
  return Number.isFinite(length) ? length : 0;
}

/** Refuses bodies by method, size, transfer encoding and content type, before a byte is read. */
export function checkBody(request: IncomingMessage, limit: number): void {
  const method = request.method ?? "";
  const length = announced(request);
  if (length > 0 && method !== "POST" && method !== "PUT")
    throw new Refusal(501, `Unexpected content for method '${method}'`, { form: "text" });
  if (length > limit) throw new Refusal(501, "for data too large", { form: "text" });
  const type = request.headers["content-type"];
  // Without a body nobody asks what kind it is.
  if (length > 0 && type !== undefined && mediaType(type) !== FORM && mediaType(type) !== JSON_BODY)
    throw new Refusal(506, `upload 'Content-Type '${type}' not implemented`, { form: "text" });
}

const FORM = "application/x-www-form-urlencoded";
const JSON_BODY = "application/json";

/** A content type without its parameters, in the case in which it was sent: others are not known. */
function mediaType(header: string): string {
  return header.trim().split(/\s*[;,]\s*/)[0] ?? "";
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Body and query as one set of parameters; the query wins (pve-facts 10), `_dc` is dropped. */
export async function readParams(request: IncomingMessage, query: string): Promise<RawParams> {
  const params: RawParams = {};
  if (request.method === "POST" || request.method === "PUT") {
    const type = request.headers["content-type"];
    const body = await readBody(request);
    if (type !== undefined && mediaType(type) === JSON_BODY) Object.assign(params, parseJsonBody(body));
    else Object.assign(params, decodeUrlencoded(body));
  }
  Object.assign(params, decodeUrlencoded(query));
  delete params._dc;
  return params;
}
