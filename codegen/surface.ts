import * as z from "zod";
import type { Listed } from "../src/tools/arguments.ts";
import { annotationsOf, confirmationArguments, isConfirmable, type ToolDefinition } from "../src/tools/contract.ts";
import { TOOL_MODULES } from "../src/tools/registry.ts";

type Json = Record<string, unknown>;

/** Where the served tool list stands under `generated/`, for the server to send and for people to review. */
export const SURFACE_PATH = "tools.json";

/** What has to be known of a tool before it is loaded. */
const FACTS_PATH = "tool-facts.json";

/** One tool as `tools/list` sends it. */
export interface SurfaceTool {
  name: string;
  title: string;
  description: string;
  inputSchema: Json;
  outputSchema: Json;
  annotations: Json;
}

/** Loads every tool, in the registry's order. */
export async function readDefinitions(): Promise<ToolDefinition[]> {
  const tools: ToolDefinition[] = [];
  for (const [name, load] of Object.entries(TOOL_MODULES)) {
    const { default: tool } = await load();
    if (tool.name !== name) throw new Error(`src/tools/registry.ts lists ${tool.name} as ${name}`);
    tools.push(tool);
  }
  return tools;
}

/** What clients are told of every tool. */
export async function readSurface(): Promise<SurfaceTool[]> {
  return (await readDefinitions()).map(describe);
}

/** The surface as the text of its file. */
export function emitSurface(tools: readonly SurfaceTool[]): Map<string, string> {
  return new Map([[SURFACE_PATH, `${JSON.stringify(tools, null, 1)}\n`]]);
}

/** Toolset, class, first sentence and arguments of every tool, as the text of their file. */
export function emitToolFacts(tools: readonly ToolDefinition[]): Map<string, string> {
  const facts = tools.map((tool) => [
    tool.name,
    {
      toolset: tool.toolset,
      class: tool.class,
      summary: tool.description.replace(/(?<=[.:]) .*/s, ""),
      arguments: Object.keys(inputOf(tool).shape),
    },
  ]);
  return new Map([[FACTS_PATH, `${JSON.stringify(Object.fromEntries(facts), null, 1)}\n`]]);
}

function inputOf(tool: ToolDefinition): z.ZodObject {
  return isConfirmable(tool) ? tool.input.extend(confirmationArguments.shape) : tool.input;
}

function describe(tool: ToolDefinition): SurfaceTool {
  return {
    name: tool.name,
    title: tool.title,
    description: tool.description,
    inputSchema: plain(alternatives(z.toJSONSchema(inputOf(tool), { io: "input", override: asListed }))),
    outputSchema: withCommon(plain(lean(z.toJSONSchema(tool.output, { io: "output" })))),
    annotations: annotationsOf(tool),
  };
}

/** Puts the short form of an argument in the place of the exact one, where it has one. */
function asListed({ jsonSchema }: { jsonSchema: Json }): void {
  const { listed, description } = jsonSchema as Partial<Listed> & { description?: string };
  if (!listed) return;
  for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
  Object.assign(jsonSchema, listed, description === undefined ? {} : { description });
}

/**
 * One type each: a list of types, which zod makes of plain alternatives, is refused by some clients and by the APIs of
 * some models, and every other tool with it.
 */
function alternatives(schema: Json): Json {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) =>
        key === "type" && Array.isArray(item) ? ["anyOf", item.map((type: string) => ({ type }))] : [key, walk(item)],
      ),
    );
  };
  return walk(schema) as Json;
}

/** What goes without saying: that keys are texts, that any value may stand there, that nothing is given. */
const EMPTY: Readonly<Record<string, readonly string[]>> = {
  propertyNames: ['{"type":"string"}'],
  additionalProperties: ["{}"],
  default: ["{}", "[]", "false"],
};

/** Drops what says nothing: the dialect, the bounds of every safe integer, and what goes without saying. */
function plain(schema: Json): Json {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key, item]) => key !== "$schema" && Math.abs(Number(item)) !== Number.MAX_SAFE_INTEGER)
        .filter(([key, item]) => !EMPTY[key]?.includes(JSON.stringify(item)))
        .map(([key, item]) => [key, walk(item)]),
    );
  };
  return walk(schema) as Json;
}

/**
 * An output schema without what costs clients most: they compile all of them before the first call, and a check that no
 * other key is there takes half of that. An object that may hold others says so, so that tests can tell which may not.
 * The plan is the same for all tools, and is read as text.
 */
function lean(schema: Json): Json {
  const walk = (value: unknown, name?: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => walk(item));
    if (typeof value !== "object" || value === null) return value;
    const { additionalProperties, ...rest } = value as Json & { properties?: Json };
    if (name === "plan" && Object.hasOwn(rest.properties ?? {}, "planId")) return { type: "object" };
    const isOpen = JSON.stringify(additionalProperties) === "{}" && rest.properties !== undefined;
    return {
      ...Object.fromEntries(
        Object.entries(rest).map(([key, item]) => [key, key === "properties" ? all(item) : walk(item)]),
      ),
      ...(isOpen ? { additionalProperties: true } : {}),
      ...(typeof additionalProperties === "object" && !isOpen
        ? { additionalProperties: walk(additionalProperties) }
        : {}),
    };
  };
  const all = (properties: unknown) =>
    Object.fromEntries(Object.entries(properties as Json).map(([name, item]) => [name, walk(item, name)]));
  return walk(schema) as Json;
}

/** Every tool lists it, so in few words: `code`, `message`, and where there are `next` and `data`. */
const ERROR = { type: "object", required: ["code", "message"] };

/** Names of the keys and columns of an answer whose text others wrote. */
const UNTRUSTED = { type: "array", items: { type: "string" } };

/** Bulk that was put aside: the whole of an answer that had to be cut, or a file or log. Every tool lists it, so in few words. */
const ARTIFACT = { type: "object" };

/** What stands beside any answer; a failed call answers `{error}` in the place of the result. Clients check all of it. */
function withCommon(schema: Json): Json {
  const { required, properties, ...rest } = schema as { required?: string[]; properties?: Json };
  return {
    ...rest,
    properties: { ...properties, error: ERROR, untrusted: UNTRUSTED, artifact: ARTIFACT },
    anyOf: [{ required: required ?? [] }, { required: ["error"] }],
  };
}
