import * as z from "zod";
import { defineTool } from "../contract.ts";
import { type ToolFacts, toolFacts } from "./delegate.ts";
import { search } from "../../search/search.ts";

const input = z.strictObject({
  query: z.string().min(1).max(500),
  limit: z
    .int()
    .min(1)
    .max(50)
    .default(8)
    .meta({ listed: { type: "integer" } }),
});

export default defineTool({
  name: "proxmox_api_search",
  title: "Search the API",
  description:
    "Find the API operation for what no other tool does (snapshot, migrate, restore, resize a disk, replicate, HA, pools), by task, words, path or command.",
  toolset: "api",
  class: "read",
  idempotent: true,
  input,
  output: z.object({
    columns: z.array(z.string()),
    rows: z.array(z.array(z.string().nullable())),
    total: z.int(),
  }),
  async run({ server }, { query, limit }) {
    const hits = search(query, limit, await hiddenTools(server.tools));
    const versioned = hits.some(({ versions }) => versions !== undefined);
    return {
      data: {
        columns: ["call", "class", "summary", ...(versioned ? ["versions"] : [])],
        rows: hits.map(({ id, class: access, summary, versions }) => [
          id,
          access,
          summary,
          ...(versioned ? [versions ?? null] : []),
        ]),
        total: hits.length,
      },
    };
  },
});

/** Tools that this server does not list are found here, and called by their names through proxmox_api_write. */
async function hiddenTools(listed: readonly string[]): Promise<ToolFacts> {
  const all = Object.entries(await toolFacts()).filter(
    ([name, { toolset }]) => toolset !== "api" && !listed.includes(name),
  );
  return Object.fromEntries(all);
}
