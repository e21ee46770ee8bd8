import { SKILL_TEMPLATE, skillFile } from "../runbooks/skill.ts";
import type { ResourceKind } from "./kind.ts";

/** A runbook in the form of a skill; nothing is asked of a host. */
export const skill: ResourceKind = {
  template: SKILL_TEMPLATE,
  name: "skill",
  title: "Runbook as a skill",
  description: "How to do a piece of work with these tools, step by step; skills/list and the prompts name them.",
  mimeType: "text/markdown",
  async read(_, { name }) {
    const text = await skillFile(name!);
    return text === undefined ? undefined : { mimeType: "text/markdown", text };
  },
};
