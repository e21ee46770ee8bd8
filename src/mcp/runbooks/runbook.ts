import runbooks from "../../../generated/runbooks.json" with { type: "json" };
import type { PromptArgument } from "../prompts/prompt.ts";

/** What lists say of a way of working that is written down in `docs/runbooks/`. */
export interface RunbookHead {
  name: string;
  title: string;
  description: string;
  arguments: Readonly<Record<string, PromptArgument>>;
}

/** Every runbook, by its name; codegen has checked their shape. */
export const RUNBOOKS = runbooks as unknown as readonly RunbookHead[];

/** The Markdown text of a runbook, from its heading on; all texts are loaded when the first is asked for. */
export async function runbookText(name: string): Promise<string> {
  const { default: texts } = await import("./texts.ts");
  return (texts as Readonly<Record<string, string>>)[name]!;
}
