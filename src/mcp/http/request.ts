import type { IncomingMessage } from "node:http";

/** What the MCP layer reads. The caller's token goes no further than the check of it. */
const PASSED = /^(accept|content-type|last-event-id|mcp-.+|traceparent|tracestate|baggage)$/;

/** The request as the SDK takes it, without its body, which is read apart. */
export function toRequest(request: IncomingMessage, url: string, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && PASSED.test(name)) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return new Request(url, { method: request.method!, headers, signal });
}
