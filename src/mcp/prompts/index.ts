import {
  type GetPromptResult,
  type ListPromptsResult,
  ProtocolError,
  ProtocolErrorCode,
} from "@modelcontextprotocol/server";
import { cleanText } from "../../access/index.ts";
import { backupAudit } from "./backup-audit.ts";
import { capacityCheck } from "./capacity-check.ts";
import { changePlan } from "./change-plan.ts";
import { checkArguments, PromptArgumentError, type PromptDefinition } from "./prompt.ts";
import { riskReview } from "./risk-review.ts";
import { runbookPrompts } from "./runbook-prompts.ts";

/** Every prompt, in the order in which they are listed. */
export const PROMPTS: readonly PromptDefinition[] = [
  changePlan,
  riskReview,
  backupAudit,
  capacityCheck,
  ...runbookPrompts,
];

/** The prompt of a name; an unknown one is the caller's fault. */
export function promptOf(name: string): PromptDefinition {
  const found = PROMPTS.find((one) => one.name === name);
  if (!found) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown prompt: ${name}`);
  return found;
}

/** What a client shows of the prompts; the choice of a cluster only where there is one. */
export function listPrompts(options: { severalClusters: boolean }): ListPromptsResult {
  return {
    prompts: PROMPTS.map(({ name, title, description, arguments: known }) => ({
      name,
      title,
      description,
      arguments: Object.entries(known)
        .filter(([argument]) => argument !== "cluster" || options.severalClusters)
        .map(([argument, { description: about, required }]) => ({
          name: argument,
          description: about,
          required: required === true,
        })),
    })),
  };
}

/** The text of a prompt with what was given for it. */
export async function getPrompt(name: string, given: Readonly<Record<string, string>>): Promise<GetPromptResult> {
  const prompt = promptOf(name);
  try {
    const text = cleanText(await prompt.text(checkArguments(prompt, given)));
    return { description: prompt.description, messages: [{ role: "user", content: { type: "text", text } }] };
  } catch (error) {
    if (!(error instanceof PromptArgumentError)) throw error;
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, error.message);
  }
}
