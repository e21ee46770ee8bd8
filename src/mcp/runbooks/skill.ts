import { createHash } from "node:crypto";
import type { RunbookHead } from "./runbook.ts";
import { RUNBOOKS, runbookText } from "./runbook.ts";

/** The address of a skill's one file; `{name}` is a runbook's. */
export const SKILL_TEMPLATE = "skill://proxmox-mcp/{name}/SKILL.md";

/** What `skills/list` says of a skill: its front matter, and each of its files with size and digest. */
export interface SkillEntry {
  [key: string]: unknown;
  uri: string;
  frontmatter: { name: string; description: string };
  resources: { uri: string; digest: string; size: number }[];
}

/** A runbook as the file that skills consist of; nothing when there is none of that name. */
export async function skillFile(name: string): Promise<string | undefined> {
  const runbook = RUNBOOKS.find((one) => one.name === name);
  if (!runbook) return undefined;
  const text = await runbookText(name);
  const end = text.indexOf("\n\n## ");
  // JSON's strings are YAML's, too.
  return [
    `---\nname: ${name}\ndescription: ${JSON.stringify(runbook.description)}\n---\n`,
    text.slice(0, end),
    `\nAsk for what is not given:\n\n${factsOf(runbook)}`,
    `${text.slice(end + 1)}\n`,
  ].join("\n");
}

/** Every runbook as a skill. */
export function skillEntries(): Promise<SkillEntry[]> {
  return Promise.all(
    RUNBOOKS.map(async ({ name, description }) => {
      const uri = SKILL_TEMPLATE.replace("{name}", name);
      const bytes = Buffer.from((await skillFile(name))!);
      const digest = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
      return { uri, frontmatter: { name, description }, resources: [{ uri, digest, size: bytes.byteLength }] };
    }),
  );
}

function factsOf({ arguments: known }: RunbookHead): string {
  return Object.entries(known)
    .map(([name, { description, required }]) => `- ${name}${required ? "" : " (optional)"}: ${description}`)
    .join("\n");
}
