import type { AccessClass } from "../../schema/operation.ts";
import { hasScope, scopeFor } from "../../access/index.ts";
import type { ToolModule } from "../../tools/registry.ts";
import { TOOL_MODULES } from "../../tools/registry.ts";
import type { ToolSurface } from "../surface.ts";

interface Message {
  method?: unknown;
  params?: { name?: unknown; arguments?: unknown };
}

export interface MissingScope {
  scope: string;
  /** Of the call. */
  class: AccessClass;
  tool: string;
}

/**
 * The scope that a message needs and its caller lacks. It is what a client can ask for before anything is done; the gate
 * decides again, on what the call really sends.
 */
export async function missingScope(
  body: unknown,
  held: readonly string[] | undefined,
  surface: ToolSurface,
): Promise<MissingScope | undefined> {
  const messages = (Array.isArray(body) ? body : [body]) as (Message | null)[];
  for (const message of messages) {
    const needed = await classOf(message, surface);
    if (hasScope(needed, held)) continue;
    return { scope: scopeFor(needed), class: needed, tool: String(message?.params?.name ?? message?.method) };
  }
  return undefined;
}

async function classOf(message: Message | null, surface: ToolSurface): Promise<AccessClass> {
  const name = message?.params?.name;
  if (message?.method !== "tools/call" || typeof name !== "string" || !surface.has(name)) return "read";
  const args = (message.params?.arguments ?? {}) as Record<string, unknown>;
  // What a dry run answers with is found out by reading.
  if (args.dryRun === true) return "read";
  const worst = surface.classOf(name);
  if (worst === "read") return "read";
  const { default: tool } = await (TOOL_MODULES[name] as ToolModule)();
  return (await tool.classOfCall?.(args)) ?? worst;
}
