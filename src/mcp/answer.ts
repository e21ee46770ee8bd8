import type { CallToolResult } from "@modelcontextprotocol/server";
import { cleanAndMask, cleanValue, redactValues } from "../access/index.ts";
import type { ArtifactReference } from "../artifacts/index.ts";
import { ProxmoxMcpError } from "../errors/index.ts";

/** A failed call, as clients are told of it. */
export interface ErrorBody {
  code: string;
  message: string;
  next?: string;
  data?: Readonly<Record<string, unknown>>;
}

/** A tool's answer in its structured form; `deliver` gives it its text, its marks and its size. */
export function toResult(
  data: object,
  failed?: { code: string; message: string; next?: string },
  artifact?: ArtifactReference,
): CallToolResult {
  if (failed) return errorResult({ ...failed, data: data as Record<string, unknown> }, artifact);
  const whole = artifact === undefined ? data : { ...data, artifact };
  return { content: [], structuredContent: cleanAndMask(whole) as Record<string, unknown> };
}

/** Any error as a tool result: what happened, what to do next, and the facts; never a secret. */
export function toErrorResult(error: unknown): CallToolResult {
  return errorResult(errorBody(error));
}

/** Any error in words: a fault of this program says that it is one. */
export function errorBody(error: unknown): ErrorBody {
  if (error instanceof ProxmoxMcpError) {
    const { code, message, next, data } = error;
    return { code, message, ...(next === undefined ? {} : { next }), data };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: "internal",
    message: `proxmox-mcp failed inside: ${message}.`,
    next: "This is a fault of proxmox-mcp: please report it with the call that led here.",
  };
}

function errorResult({ data = {}, ...rest }: ErrorBody, artifact?: ArtifactReference): CallToolResult {
  const clean = cleanValue({ ...rest, ...(Object.keys(data).length > 0 ? { data } : {}) });
  // Text by text, and before anything is cut: a mask across JSON's own quotes would break it, half a secret is one too.
  const error = redactValues(clean);
  return { isError: true, content: [], structuredContent: { error, ...(artifact ? { artifact } : {}) } };
}
