import { RUNBOOKS, runbookText } from "../runbooks/runbook.ts";
import { cluster, factsOf, type PromptDefinition } from "./prompt.ts";

/** The runbooks of `docs/runbooks/` as prompts: what was given stands between the introduction and the steps. */
export const runbookPrompts: readonly PromptDefinition[] = RUNBOOKS.map((head) => ({
  ...head,
  arguments: { ...head.arguments, cluster },
  async text(given) {
    const text = await runbookText(head.name);
    const facts = factsOf(given);
    return facts === "" ? text : text.replace("\n\n## ", () => `\n\n${facts}\n\n## `);
  },
}));
