/** A request that is refused before any MCP server sees it, with the HTTP answer that says why. */
export class Refusal extends Error {
  readonly status: number;
  /** In one word, for the metrics. */
  readonly reason: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON-RPC error code. */
  readonly code: number;

  constructor(
    status: number,
    reason: string,
    message: string,
    { headers = {}, code = -32_000 }: { headers?: Readonly<Record<string, string>>; code?: number } = {},
  ) {
    super(message);
    this.status = status;
    this.reason = reason;
    this.headers = headers;
    this.code = code;
  }

  /** The answer's body: a JSON-RPC error, which is what MCP clients read. */
  body(id: string | number | null = null): string {
    return JSON.stringify({ jsonrpc: "2.0", error: { code: this.code, message: this.message }, id });
  }
}
