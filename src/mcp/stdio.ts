import { serveStdio } from "@modelcontextprotocol/server/stdio";
import type { Policy } from "../access/index.ts";
import type { Config } from "../config/index.ts";
import { createServer } from "./server.ts";
import { createServices } from "./services.ts";
import { toolSurface } from "./surface.ts";

/** Serves MCP over this process's standard input and output until the client closes it. */
export function serveOverStdio(
  config: Config,
  policy: Policy,
  version: string,
  env: Readonly<Record<string, string | undefined>>,
): { close(): Promise<void> } {
  const surface = toolSurface({ severalClusters: config.clusters.length > 1 });
  const services = createServices(
    config,
    policy,
    { name: "proxmox-mcp", version, tools: surface.list.map((tool) => tool.name) },
    env,
  );
  const handle = serveStdio(() => createServer(services, surface, version), {
    onerror: (error) => process.stderr.write(`proxmox-mcp: ${error.message}\n`),
  });
  return {
    async close() {
      await handle.close();
      await services.close();
    },
  };
}
