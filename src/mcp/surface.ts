import type { Tool } from "@modelcontextprotocol/server";
import tools from "../../generated/tools.json" with { type: "json" };
import type { AccessClass } from "../schema/operation.ts";
import { TOOL_MODULES, type ToolName } from "../tools/registry.ts";

/** The tools that this server lists and calls. */
export interface ToolSurface {
  readonly list: readonly Tool[];
  has(name: string): name is ToolName;
  outputSchema(name: ToolName): Tool["outputSchema"];
  /** The worst that a call of the tool can be. */
  classOf(name: ToolName): AccessClass;
}

/** Listed where the operator allows scripts. */
const SCRIPTS = "proxmox_script_run";

/**
 * What a client that keeps tools back until its model searches for them shows at once: where to begin, and what finds
 * all that no tool does, which no search for the task's words would.
 */
const AT_ONCE: readonly string[] = ["proxmox_inventory_overview", "proxmox_api_search"];

/**
 * The surface, or `only` these of its tools, from prepared JSON Schema; no tool module is loaded. The `cluster` argument is listed only where
 * there are several clusters to choose from.
 */
export function toolSurface(options: {
  severalClusters: boolean;
  only?: ReadonlySet<string> | undefined;
  scripts?: boolean;
}): ToolSurface {
  const { severalClusters, only, scripts = true } = options;
  const isListed = (name: string) => (only?.has(name) ?? true) && (scripts || name !== SCRIPTS);
  const all = (tools as unknown as readonly Tool[]).filter(({ name }) => isListed(name)).map(shownAtOnce);
  return {
    list: severalClusters ? all : all.map(withoutCluster),
    outputSchema: (name) => all.find((tool) => tool.name === name)?.outputSchema,
    classOf: (name) => classOf(all.find((tool) => tool.name === name)?.annotations),
    has: (name): name is ToolName => Object.hasOwn(TOOL_MODULES, name) && isListed(name),
  };
}

/** What `annotationsOf` made of the class, backwards. */
function classOf({ readOnlyHint, destructiveHint, openWorldHint }: Tool["annotations"] = {}): AccessClass {
  if (readOnlyHint) return "read";
  return openWorldHint ? "escape" : destructiveHint ? "destructive" : "mutate";
}

/** Claude Code's word for it; others pass it over. */
function shownAtOnce(tool: Tool): Tool {
  return AT_ONCE.includes(tool.name) ? { ...tool, _meta: { "anthropic/alwaysLoad": true } } : tool;
}

function withoutCluster(tool: Tool): Tool {
  const { cluster: _, ...properties } = tool.inputSchema.properties ?? {};
  return { ...tool, inputSchema: { ...tool.inputSchema, properties } };
}
