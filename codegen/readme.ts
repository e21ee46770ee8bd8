import { ALL_VARIABLES, type AnyVariableName } from "../src/config/all-variables.ts";
import type { Variable } from "../src/config/variable.ts";
import type { AccessClass } from "../src/schema/operation.ts";
import type { SurfaceTool } from "./surface.ts";

/** The README with its two tables as the code has them: tools and configuration. */
export function emitReadme(text: string, tools: readonly SurfaceTool[]): string {
  return replaceBlock(replaceBlock(text, "tools", toolTable(tools)), "configuration", variableTable());
}

function toolTable(tools: readonly SurfaceTool[]): string {
  const rows = tools.map(({ name, description, annotations }) => {
    return `| \`${name}\` | ${worstOf(annotations)} | ${firstSentence(description)} |`;
  });
  return ["| tool | at worst | what it does |", "|---|---|---|", ...rows].join("\n");
}

/** The worst class of a tool's calls, as its annotations tell it. */
export function worstOf({ readOnlyHint, openWorldHint, destructiveHint }: SurfaceTool["annotations"]): AccessClass {
  if (readOnlyHint) return "read";
  if (openWorldHint) return "escape";
  return destructiveHint ? "destructive" : "mutate";
}

function variableTable(): string {
  const rows = (Object.keys(ALL_VARIABLES) as AnyVariableName[]).map((name) => {
    const { description, allowed, default: preset, secret }: Variable<unknown> = ALL_VARIABLES[name];
    const file = secret ? ` Or \`${name}_FILE\`, a file that holds it.` : "";
    return `| \`${name}\` | ${description} Allowed: ${allowed}.${file} | ${preset === undefined ? "" : `\`${preset}\``} |`;
  });
  return ["| variable | meaning | default |", "|---|---|---|", ...rows].join("\n");
}

function firstSentence(text: string): string {
  return /^.*?\.(?= |$)/.exec(text)?.[0] ?? text;
}

/** A document with the block between `<!-- name:begin -->` and `<!-- name:end -->` replaced. */
export function replaceBlock(text: string, name: string, content: string, file = "README.md"): string {
  const pattern = new RegExp(`(<!-- ${name}:begin -->\\n)[^]*?(<!-- ${name}:end -->)`);
  if (!pattern.test(text)) throw new Error(`${file} lacks the block ${name}:begin … ${name}:end`);
  return text.replace(pattern, (_, begin: string, end: string) => `${begin}${content}\n${end}`);
}
