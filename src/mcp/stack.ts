import type { Server } from "@modelcontextprotocol/server";
import { type Policy, redactText } from "../access/index.ts";
import type { Config } from "../config/index.ts";
import { createServer } from "./server.ts";
import { createServices, type Services } from "./services.ts";
import { type ToolSurface, toolSurface } from "./surface.ts";

/** What all transports of one server process share. */
export interface Stack {
  readonly config: Config;
  readonly services: Services;
  readonly surface: ToolSurface;
  /** A server instance for one connection, session or request. */
  serve(): Server;
  /** Tells the operator, on stderr. */
  say(text: string): void;
  /** Begins to read what will be needed. */
  begin(): void;
}

/** Wires the services that all transports serve from, with all tools or `only` some; opens nothing. */
export function createStack(
  config: Config,
  policy: Policy,
  version: string,
  env: Readonly<Record<string, string | undefined>>,
  only?: ReadonlySet<string>,
): Stack {
  const surface = toolSurface({ severalClusters: config.clusters.length > 1, only, scripts: config.scripts !== "off" });
  const services = createServices(
    config,
    policy,
    { name: "proxmox-mcp", version, tools: surface.list.map((tool) => tool.name) },
    env,
  );
  const say = (text: string) => void process.stderr.write(`proxmox-mcp: ${redactText(text)}\n`);
  return {
    config,
    services,
    surface,
    serve: () => createServer(services, surface, version),
    say,
    begin: () => void services.begin().then((faults) => faults.forEach(say)),
  };
}
