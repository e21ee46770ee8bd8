import { ProtocolError, ProtocolErrorCode, Server, type ServerContext } from "@modelcontextprotocol/server";
import { cleanText, redactText } from "../access/index.ts";
import { callTool } from "./call-tool.ts";
import { canAsk, grantOf } from "./confirmation.ts";
import { INSTRUCTIONS } from "./instructions.ts";
import type { Services } from "./services.ts";
import type { ToolSurface } from "./surface.ts";

/** Builds one MCP server instance over the shared services; both protocol eras are served from the same factory. */
export function createServer(services: Services, surface: ToolSurface, version: string): Server {
  const server = new Server(
    { name: "proxmox-mcp", title: "Proxmox VE", version },
    {
      capabilities: { tools: {} },
      instructions: INSTRUCTIONS,
      cacheHints: { "tools/list": { ttlMs: 3_600_000, cacheScope: "public" } },
    },
  );

  server.setRequestHandler("tools/list", () => ({ tools: [...surface.list] }));

  server.setRequestHandler("tools/call", async (request, context) => {
    const { name, arguments: args } = request.params;
    if (!surface.has(name)) {
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown tool: ${name}`);
    }
    const asks = canAsk(server, context);
    return callTool(name, args ?? {}, {
      context: (grant) =>
        services.context({
          tool: name,
          principal: context.http?.authInfo?.clientId ?? "local",
          signal: context.mcpReq.signal,
          progress: progressOf(context),
          ...(grant ? { grant } : {}),
        }),
      grant: (given) => grantOf(context, given, { canAsk: asks, isApproved: services.isApproved }),
      canAsk: asks,
      human: services.confirm === "human",
    });
  });
  return server;
}

/** Progress counts up in seconds; nothing is sent to a client that gave no token, or after the answer. */
function progressOf(context: ServerContext): (message: string, elapsedMs?: number) => void {
  const progressToken = context.mcpReq._meta?.progressToken;
  if (progressToken === undefined) return () => {};
  let step = 0;
  return (message, elapsedMs) => {
    if (context.mcpReq.signal.aborted) return;
    step = Math.max(step + 0.001, (elapsedMs ?? 0) / 1000);
    void context.mcpReq
      .notify({
        method: "notifications/progress",
        params: { progressToken, progress: step, message: redactText(cleanText(message)) },
      })
      .catch(() => {});
  };
}
