import type { Tool } from "@modelcontextprotocol/server";
import tools from "../../generated/tools.json" with { type: "json" };
import { TOOL_MODULES, type ToolName } from "../tools/registry.ts";

/** The tools that this server lists and calls. */
export interface ToolSurface {
  readonly list: readonly Tool[];
  has(name: string): name is ToolName;
}

/** The whole surface, from prepared JSON Schema; no tool module is loaded. */
export function toolSurface(): ToolSurface {
  return {
    list: tools as unknown as readonly Tool[],
    has: (name): name is ToolName => Object.hasOwn(TOOL_MODULES, name),
  };
}
