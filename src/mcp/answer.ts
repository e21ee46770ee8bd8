import type { CallToolResult } from "@modelcontextprotocol/server";
import { cleanValue, maskSecrets, redactValues } from "../access/index.ts";
import { ProxmoxMcpError } from "../errors/index.ts";

/** Characters that one text of an answer may have; what is longer says how long it is. */
const LONGEST_TEXT = 12_000;

/**
 * A tool's answer in both forms. Some clients show a model the text and some the structured form, so each carries
 * the whole answer. Text of guests and logs is cleaned on the way out.
 */
export function toResult(data: object, failed?: { code: string; message: string; next?: string }): CallToolResult {
  if (failed) return errorResult({ ...failed, data: data as Record<string, unknown> });
  const structured = cutTexts(maskSecrets(cleanValue(data))) as Record<string, unknown>;
  return { content: [{ type: "text", text: JSON.stringify(structured) }], structuredContent: structured };
}

/** Any error as a tool result: what happened, what to do next, and the facts; never a secret. */
export function toErrorResult(error: unknown): CallToolResult {
  if (error instanceof ProxmoxMcpError) {
    const { code, message, next, data } = error;
    return errorResult({ code, message, ...(next === undefined ? {} : { next }), data });
  }
  const message = error instanceof Error ? error.message : String(error);
  return errorResult({
    code: "internal",
    message: `proxmox-mcp failed inside: ${message}.`,
    next: "This is a fault of proxmox-mcp: please report it with the call that led here.",
    data: {},
  });
}

function errorResult(error: {
  code: string;
  message: string;
  next?: string;
  data: Readonly<Record<string, unknown>>;
}): CallToolResult {
  const { data, ...rest } = error;
  const clean = cleanValue({ ...rest, ...(Object.keys(data).length > 0 ? { data } : {}) });
  // Text by text, and before anything is cut: a mask across JSON's own quotes would break it, half a secret is one too.
  const body = cutTexts(redactValues(clean));
  const text = [body.message, body.next].filter(Boolean).join(" ");
  const facts = body.data === undefined ? "" : `\n${JSON.stringify(body.data)}`;
  return {
    isError: true,
    content: [{ type: "text", text: `[${body.code}] ${text}${facts}` }],
    structuredContent: { error: body },
  };
}

function cutTexts<T>(value: T): T {
  if (typeof value === "string") {
    if (value.length <= LONGEST_TEXT) return value;
    return `${value.slice(0, LONGEST_TEXT)}… [cut: ${value.length} characters in all]` as T;
  }
  if (Array.isArray(value)) return value.map(cutTexts) as T;
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cutTexts(item)])) as T;
  }
  return value;
}
