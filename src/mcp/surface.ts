import type { Tool } from "@modelcontextprotocol/server";
import { tools } from "../../generated/tools.ts";
import { TOOL_MODULES, type ToolName } from "../tools/registry.ts";

export type ListedTool = Tool;

/** The tools that this server lists and calls. */
export interface ToolSurface {
  readonly list: readonly ListedTool[];
  has(name: string): name is ToolName;
}

/** The whole surface, from prepared JSON Schema; no tool module is loaded. */
export function toolSurface(): ToolSurface {
  return {
    list: tools as unknown as readonly ListedTool[],
    has: (name): name is ToolName => Object.hasOwn(TOOL_MODULES, name),
  };
}
