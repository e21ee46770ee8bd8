import * as z from "zod";
import type { AccessClass } from "../src/schema/operation.ts";
import type { Toolset } from "../src/schema/toolsets.ts";
import { confirmationArguments, type ToolDefinition } from "../src/tools/contract.ts";
import { render } from "./banner.ts";

type Json = Record<string, unknown>;

/** Headings of the toolsets, in the order in which people look for them. */
const TOOLSETS: Record<Toolset, string> = {
  inventory: "Inventory",
  guests: "Guests",
  storage: "Storage",
  backup: "Backup",
  network: "Network and firewall",
  access: "Users and access",
  cluster: "Cluster",
  hosts: "Hosts",
  jobs: "Tasks and jobs",
  api: "The whole API",
};

/** Arguments that mean the same for every tool; each is explained once. */
const SHARED: Readonly<Record<string, string>> = {
  cluster: "Name of the cluster; there is such an argument only where several are configured.",
  waitSeconds:
    "How long to wait for a task, 0 to 600, by default 20. When the time is over the answer holds the running job, for `job_wait`.",
  dryRun: "Answer with the plan: the requests, the privileges they need, what changes. Nothing that changes is sent.",
  planId: "`planId` of a plan that was shown to a person; the call is carried out exactly as it was planned.",
  confirm: "The name that the person typed to confirm the plan.",
  fields: "Columns to answer with, in this order; some come only when they are asked for.",
  limit: "Most rows to answer with, 1 to 1000, by default 200.",
  cursor: "`nextCursor` of the page before.",
};

/** Operations that a tool names, with their classes. */
export interface UsedOperation {
  id: string;
  class: AccessClass;
}

/** `tool-reference.md`: every tool as people read it, from the definitions themselves. */
export function emitToolReference(
  tools: readonly ToolDefinition[],
  operationsOf: (tool: string) => readonly UsedOperation[],
): Map<string, string> {
  const toolsets = Object.entries(TOOLSETS)
    .map(([toolset, title]) => ({
      title,
      toolset,
      tools: tools.filter((tool) => tool.toolset === toolset).map((tool) => describe(tool, operationsOf(tool.name))),
    }))
    .filter(({ tools }) => tools.length > 0);
  const shared = Object.entries(SHARED).map(([name, meaning]) => ({ name, meaning }));
  return new Map([["tool-reference.md", render("tool-reference.md.hbs", { count: tools.length, shared, toolsets })]]);
}

function describe(tool: ToolDefinition, operations: readonly UsedOperation[]): Json {
  const input = z.toJSONSchema(tool.input, { io: "input" }) as Json;
  const properties = (input.properties ?? {}) as Record<string, Json>;
  const required = (input.required ?? []) as string[];
  // A list's own arguments are shared by all lists; another tool may mean something else by such a name.
  const isList = "cursor" in properties && "fields" in properties;
  const isShared = (name: string) => name in SHARED && (isList || !["fields", "limit", "cursor"].includes(name));
  const own = Object.keys(properties).filter((name) => !isShared(name));
  const shared = Object.keys(properties).filter(isShared);
  if (tool.class !== "read") shared.push(...Object.keys(confirmationArguments.shape));
  const columns = isList ? columnsOf(properties.fields!) : "";
  return {
    name: tool.name,
    title: tool.title,
    class: tool.class,
    description: tool.description,
    arguments: own.map((name) => ({
      name,
      type: cell(typeOf(properties[name]!)),
      required: required.includes(name)
        ? "required"
        : "default" in properties[name]!
          ? defaultOf(properties[name]!)
          : "",
      meaning: cell(meaningOf(properties[name]!)),
    })),
    shared: shared.map((name) => `\`${name}\``).join(", "),
    columns,
    answers: answersOf(z.toJSONSchema(tool.output, { io: "output" }) as Json, isList),
    operations: operations.map(({ id, class: access }) => ({ id, class: access })),
  };
}

function columnsOf(fields: Json): string {
  const names = ((fields.items as Json).enum ?? []) as string[];
  return names.map((name) => `\`${name}\``).join(", ");
}

/** Keys that every list answers with, explained at the head. */
const LIST_KEYS = ["columns", "rows", "total", "nextCursor", "incomplete"];

function answersOf(schema: Json, isList: boolean): { name: string; type: string; meaning: string }[] {
  const required = (schema.required ?? []) as string[];
  return Object.entries((schema.properties ?? {}) as Record<string, Json>)
    .filter(([name]) => !(isList && LIST_KEYS.includes(name)) && !["plan", "incomplete"].includes(name))
    .map(([name, property]) => ({
      name: required.includes(name) ? name : `${name}?`,
      type: cell(name === "job" ? "job" : typeOf(property)),
      meaning: cell(meaningOf(property)),
    }));
}

/** A schema as a short type. */
export function typeOf(schema: Json, depth = 0): string {
  const { type, enum: values, items, properties, anyOf, const: constant, additionalProperties } = schema;
  if (Array.isArray(values)) return values.map((value) => `\`${value}\``).join(" \\| ");
  if (constant !== undefined) return `\`${constant}\``;
  if (Array.isArray(anyOf)) return [...new Set(anyOf.map((one) => typeOf(one as Json, depth)))].join(" or ");
  if (type === "array") return `list of ${items === undefined ? "anything" : typeOf(items as Json, depth)}`;
  if (type === "object" && properties && Object.keys(properties).length > 0) {
    if (depth > 1) return "object";
    const required = (schema.required ?? []) as string[];
    const inner = Object.entries(properties as Record<string, Json>).map(([name, property]) => {
      const inside = property.properties || (property.items as Json | undefined)?.properties;
      return `${name}${required.includes(name) ? "" : "?"}${inside ? `: ${typeOf(property, depth + 1)}` : ""}`;
    });
    return `{${inner.join(", ")}}`;
  }
  if (type === "object") {
    const of = additionalProperties as Json | undefined;
    return of && Object.keys(of).length > 0 ? `object of ${typeOf(of, depth + 1)}` : "object";
  }
  if (Array.isArray(type)) return type.join(" or ");
  return type === undefined ? "anything" : `${type}${boundsOf(schema)}`;
}

function boundsOf({ minimum, maximum, minLength, maxLength }: Json): string {
  const least = minimum ?? minLength;
  const most = maximum ?? maxLength;
  const word = minimum === undefined && maximum === undefined ? " of" : "";
  const unit = word === "" ? "" : " characters";
  const low = Number(least) === Number.MIN_SAFE_INTEGER ? undefined : least;
  const high = Number(most) === Number.MAX_SAFE_INTEGER ? undefined : most;
  if (low === undefined && high === undefined) return "";
  if (high === undefined) return low === 1 && unit !== "" ? "" : `${word} at least ${low}${unit}`;
  if (low === undefined) return `${word} at most ${high}${unit}`;
  return `${word} ${low} to ${high}${unit}`;
}

function defaultOf(schema: Json): string {
  const text = JSON.stringify(schema.default);
  return text === "{}" || text === "[]" ? "" : `default \`${text}\``;
}

function meaningOf(schema: Json): string {
  const listed = schema.listed as Json | undefined;
  return String(schema.description ?? listed?.description ?? "");
}

/** A text fit for a cell of a table. */
function cell(text: string): string {
  return text.replace(/\s+/g, " ").replace(/(?<!\\)\|/g, "\\|");
}
