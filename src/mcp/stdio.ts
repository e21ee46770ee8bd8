import type { Server } from "@modelcontextprotocol/server";
import { StdioServerTransport, serveStdio } from "@modelcontextprotocol/server/stdio";
import { type Policy, redactText } from "../access/index.ts";
import type { Config } from "../config/index.ts";
import { createServer, LOCAL_PRINCIPAL } from "./server.ts";
import { createServices } from "./services.ts";
import { ConnectionSubscriptions } from "./subscriptions/connection.ts";
import { ListenTransport } from "./subscriptions/listen-transport.ts";
import { toolSurface } from "./surface.ts";

/** Serves MCP over this process's standard input and output until the client closes it. */
export function serveOverStdio(
  config: Config,
  policy: Policy,
  version: string,
  env: Readonly<Record<string, string | undefined>>,
): { reload(fresh: Config): Promise<string[]>; close(): Promise<void> } {
  const surface = toolSurface({ severalClusters: config.clusters.length > 1 });
  const services = createServices(
    config,
    policy,
    { name: "proxmox-mcp", version, tools: surface.list.map((tool) => tool.name) },
    env,
  );
  let current: Server | undefined;
  const listening = new ConnectionSubscriptions(services.subscriptions, LOCAL_PRINCIPAL, (uri) => {
    void current?.sendResourceUpdated({ uri }).catch(() => {});
  });
  const transport = new ListenTransport(new StdioServerTransport(), {
    opened(stream, uris) {
      // An address that leads nowhere, or is one too many, is never notified of: the stream has no answer to say so.
      for (const uri of uris) void listening.add(stream, uri).catch(() => {});
    },
    closed: (stream) => listening.remove(stream),
    ended: () => listening.remove(),
  });
  const serve = () => {
    current = createServer(services, surface, version);
    return current;
  };
  const handle = serveStdio(serve, {
    transport,
    onerror: (error) => process.stderr.write(`proxmox-mcp: ${error.message}\n`),
  });
  const say = (faults: readonly string[]) => {
    for (const fault of faults) process.stderr.write(`proxmox-mcp: ${redactText(fault)}\n`);
  };
  // After the first look at the client, which does not need it.
  setImmediate(() => void services.begin().then(say));
  return {
    reload: services.reload,
    async close() {
      await handle.close();
      await services.close();
    },
  };
}
