import type { IncomingMessage } from "node:http";
import { Refusal } from "../refusal.ts";
import { decodeUrlencoded } from "./decode-urlencoded.ts";

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
  if ((method === "POST" || method === "PUT") && type !== undefined && !isForm(type) && !isJson(type))
    throw new Refusal(506, `upload 'Content-Type '${type}' not implemented`, { form: "text" });
}

function isForm(type: string): boolean {
  return /^application\/x-www-form-urlencoded(;|\s|$)/i.test(type);
}

function isJson(type: string): boolean {
  return /^application\/json(;|\s|$)/i.test(type);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function parseJson(body: Buffer): RawParams {
  const text = body.toString("utf8");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal(
      500,
      `malformed JSON string, neither tag, array, object, number, string or atom, at character offset ${text.length} (before "(end of string)")`,
      { form: "text" },
    );
  }
  if (Array.isArray(value) || value === null) throw new Refusal(500, "Not a HASH reference", { form: "text" });
  if (typeof value !== "object")
    throw new Refusal(500, `Can't use string ("${String(value)}") as a HASH ref while "strict refs" in use`, {
      form: "text",
    });
  // A null counts as absent.
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== null));
}

/** Body and query as one set of parameters; the query wins (pve-facts 10), `_dc` is dropped. */
export async function readParams(request: IncomingMessage, query: string): Promise<RawParams> {
  const params: RawParams = {};
  if (request.method === "POST" || request.method === "PUT") {
    const type = request.headers["content-type"];
    const body = await readBody(request);
    if (type !== undefined && isJson(type)) Object.assign(params, parseJson(body));
    else Object.assign(params, decodeUrlencoded(body));
  }
  Object.assign(params, decodeUrlencoded(query));
  delete params._dc;
  return params;
}
