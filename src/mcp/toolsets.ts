import type { Config } from "../config/index.ts";
import { toolFacts } from "../tools/api/delegate.ts";

/** What finds and calls all the rest. */
const MINIMAL: readonly string[] = [
  "proxmox_inventory_overview",
  "proxmox_api_search",
  "proxmox_api_describe",
  "proxmox_api_read",
  "proxmox_api_write",
  "job_list",
  "job_get",
  "job_wait",
  "job_cancel",
  "job_logs",
];

/** The tools that a configuration lists; nothing when it lists all of them. */
export async function listedTools({ toolsets }: Pick<Config, "toolsets">): Promise<ReadonlySet<string> | undefined> {
  if (toolsets.includes("all")) return undefined;
  if (toolsets.includes("minimal")) return new Set(MINIMAL);
  const facts = Object.entries(await toolFacts());
  return new Set(
    facts.filter(([, { toolset }]) => (toolsets as readonly string[]).includes(toolset)).map(([name]) => name),
  );
}
