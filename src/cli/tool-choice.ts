import { ProxmoxMcpError } from "../errors/index.ts";
import { nearest } from "../schema/nearest.ts";
import { TOOL_MODULES } from "../tools/registry.ts";

/** The names of the chosen tools; undefined for all. */
export async function chosenTools({
  tools,
  toolsets,
}: {
  tools?: string | undefined;
  toolsets?: string | undefined;
}): Promise<string[] | undefined> {
  if (tools === undefined && toolsets === undefined) return undefined;
  const known = Object.keys(TOOL_MODULES);
  const named = listOf(tools);
  for (const name of named) if (!known.includes(name)) throw unknown("tool", name, known);
  const sets = listOf(toolsets);
  if (sets.length === 0) return named;
  const members = await Promise.all(
    Object.entries(TOOL_MODULES).map(async ([name, load]) => ({ name, toolset: (await load()).default.toolset })),
  );
  const all = [...new Set(members.map(({ toolset }) => toolset))].sort();
  for (const set of sets) if (!all.includes(set as (typeof all)[number])) throw unknown("toolset", set, all);
  return [...new Set([...named, ...members.filter(({ toolset }) => sets.includes(toolset)).map(({ name }) => name)])];
}

function listOf(text: string | undefined): string[] {
  return (text ?? "").split(/[,\s]+/).filter(Boolean);
}

function unknown(kind: string, name: string, known: readonly string[]): ProxmoxMcpError {
  const [near] = nearest(name, known);
  return new ProxmoxMcpError({
    code: "invalid-argument",
    message: `There is no ${kind} ${JSON.stringify(name)}.`,
    next: near ? `Did you mean ${near}?` : `They are ${known.join(", ")}.`,
  });
}
