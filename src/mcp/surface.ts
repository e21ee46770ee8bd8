import type { Tool } from "@modelcontextprotocol/server";
import tools from "../../generated/tools.json" with { type: "json" };
import { TOOL_MODULES, type ToolName } from "../tools/registry.ts";

/** The tools that this server lists and calls. */
export interface ToolSurface {
  readonly list: readonly Tool[];
  has(name: string): name is ToolName;
  outputSchema(name: ToolName): Tool["outputSchema"];
}

/**
 * The whole surface, from prepared JSON Schema; no tool module is loaded. The `cluster` argument is listed only where
 * there are several clusters to choose from.
 */
export function toolSurface(options: { severalClusters: boolean }): ToolSurface {
  const all = tools as unknown as readonly Tool[];
  return {
    list: options.severalClusters ? all : all.map(withoutCluster),
    outputSchema: (name) => all.find((tool) => tool.name === name)?.outputSchema,
    has: (name): name is ToolName => Object.hasOwn(TOOL_MODULES, name),
  };
}

function withoutCluster(tool: Tool): Tool {
  const { cluster: _, ...properties } = tool.inputSchema.properties ?? {};
  return { ...tool, inputSchema: { ...tool.inputSchema, properties } };
}
