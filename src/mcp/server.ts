import {
  type CallToolResult,
  ProtocolError,
  ProtocolErrorCode,
  ResourceNotFoundError,
  Server,
  type ServerContext,
  TRACEPARENT_META_KEY,
  TRACESTATE_META_KEY,
} from "@modelcontextprotocol/server";
import { inSpan } from "../telemetry/span.ts";
import { callTool } from "./call-tool.ts";
import { canAsk, grantOf } from "./confirmation.ts";
import { deliver } from "./deliver.ts";
import { instructionsFor } from "./instructions.ts";
import { progressOf } from "./progress.ts";
import { toProtocolError } from "./protocol-error.ts";
import { type Requester, requesterOf } from "./requester.ts";
import type { Reader } from "./resources/kind.ts";
import { SKILLS_EXTENSION, serveSkills } from "./runbooks/skills.ts";
import type { Services } from "./services.ts";
import { ConnectionSubscriptions } from "./subscriptions/connection.ts";
import type { ToolSurface } from "./surface.ts";

/** Builds one MCP server instance over the shared services; both protocol eras are served from the same factory. */
export function createServer(services: Services, surface: ToolSurface, version: string): Server {
  const server = new Server(
    { name: "proxmox-mcp", title: "Proxmox VE", version },
    {
      capabilities: {
        tools: {},
        resources: { subscribe: true },
        prompts: {},
        completions: {},
        extensions: { [SKILLS_EXTENSION]: {} },
      },
      instructions: instructionsFor(surface),
      cacheHints: {
        "tools/list": { ttlMs: 3_600_000, cacheScope: "public" },
        "prompts/list": { ttlMs: 3_600_000, cacheScope: "public" },
        "resources/templates/list": { ttlMs: 3_600_000, cacheScope: "public" },
      },
    },
  );

  server.setRequestHandler("tools/list", () => ({ tools: [...surface.list] }));

  server.setRequestHandler("tools/call", async (request, context) => {
    const { name, arguments: args } = request.params;
    if (!surface.has(name)) {
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown tool: ${name}`);
    }
    const asks = canAsk(server, context);
    const requester = requesterOf(context);
    const progress = progressOf(context);
    const call = () =>
      callTool(name, args ?? {}, {
        context: (grant, tool) =>
          services.context({
            tool,
            requester,
            signal: context.mcpReq.signal,
            progress: progress.report,
            ...(grant ? { grant } : {}),
          }),
        grant: (given) => grantOf(context, given, { canAsk: asks, isApproved: services.isApproved }),
        canAsk: asks,
        human: services.confirm === "human",
      }).finally(progress.end);
    const result = await inSpan(
      `tools/call ${name}`,
      {
        kind: "server",
        attributes: { "mcp.method.name": "tools/call", "gen_ai.tool.name": name },
        parent: parentOf(context),
      },
      async (span) => {
        const answer = await call();
        if ("isError" in answer && answer.isError) span.fail(errorCodeOf(answer));
        return answer;
      },
    );
    if (!("structuredContent" in result)) return result;
    return deliver(result as CallToolResult, {
      name,
      put: (input) => services.artifacts.put(requester.principal, input),
      links: hasLinks(server, context),
      schema: surface.outputSchema(name),
    });
  });

  const readerOf = (context: ServerContext): Reader => {
    const requester = requesterOf(context);
    const { signal } = context.mcpReq;
    return {
      services,
      principal: requester.principal,
      context: (tool) => services.context({ tool, requester, signal, progress: () => {} }),
    };
  };
  server.setRequestHandler("resources/list", async (request, context) =>
    (await resources()).listResources(readerOf(context), request.params?.cursor),
  );
  server.setRequestHandler("resources/templates/list", async (_, context) =>
    (await resources()).listTemplates(readerOf(context)),
  );
  server.setRequestHandler("resources/read", async (request, context) =>
    (await resources()).readResource(readerOf(context), request.params.uri),
  );

  // Clients of the 2026 era subscribe by a stream of their own, which never gets here.
  const subscribed = new Map<string, ConnectionSubscriptions>();
  const subscriptionsOf = (requester: Requester): ConnectionSubscriptions => {
    const found =
      subscribed.get(requester.principal) ??
      new ConnectionSubscriptions(services.subscriptions, requester, (uri) => {
        void server.sendResourceUpdated({ uri }).catch(() => {});
      });
    subscribed.set(requester.principal, found);
    return found;
  };
  server.setRequestHandler("resources/subscribe", async (request, context) => {
    const { uri } = request.params;
    const found = await subscriptionsOf(requesterOf(context))
      .add(uri, uri)
      .catch((error: unknown) => {
        throw toProtocolError(error);
      });
    if (!found) throw new ResourceNotFoundError(uri);
    return {};
  });
  server.setRequestHandler("resources/unsubscribe", (request, context) => {
    subscriptionsOf(requesterOf(context)).remove(request.params.uri);
    return {};
  });
  server.onclose = () => {
    for (const one of subscribed.values()) one.remove();
  };

  server.setRequestHandler("prompts/list", async () =>
    (await prompts()).listPrompts({ severalClusters: services.severalClusters }),
  );
  server.setRequestHandler("prompts/get", async (request) =>
    (await prompts()).getPrompt(request.params.name, request.params.arguments ?? {}),
  );
  serveSkills(server);
  server.setRequestHandler("completion/complete", async (request, context) => {
    const { complete } = await import("./completion.ts");
    return complete(readerOf(context), request.params);
  });
  return server;
}

/** Whoever called, by the message itself; over HTTP else by the request that brought it. */
function parentOf({ mcpReq, http }: ServerContext): { traceparent?: unknown; tracestate?: unknown } {
  const meta = (mcpReq._meta ?? {}) as Record<string, unknown>;
  const headers = meta[TRACEPARENT_META_KEY] === undefined ? http?.req?.headers : undefined;
  return headers
    ? { traceparent: headers.get("traceparent"), tracestate: headers.get("tracestate") }
    : { traceparent: meta[TRACEPARENT_META_KEY], tracestate: meta[TRACESTATE_META_KEY] };
}

function errorCodeOf(answer: object): string {
  const { error } = ((answer as CallToolResult).structuredContent ?? {}) as { error?: { code?: string } };
  return error?.code ?? "error";
}

/** Whoever uses tools alone does not wait for it. */
const resources = () => import("./resources/index.ts");
const prompts = () => import("./prompts/index.ts");

/** Revisions before the one that brought links to resources among the contents of a result. */
const WITHOUT_LINKS: readonly string[] = ["2024-10-07", "2024-11-05", "2025-03-26"];

function hasLinks(server: Server, context: ServerContext): boolean {
  return context.mcpReq.envelope !== undefined || !WITHOUT_LINKS.includes(server.getNegotiatedProtocolVersion() ?? "");
}
