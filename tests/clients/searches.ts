import type { Client } from "./client.ts";
import { withSession } from "./session.ts";

/** What a model looks for, in the words of an operator, and the tool that it has to find. */
const SEARCHES: readonly (readonly [words: string, tool: string])[] = [
  ["list virtual machines", "proxmox_vm_list"],
  ["list VMs", "proxmox_vm_list"],
];

/** Has the client search for tools as its model would; the searches that do not find theirs, one line each. */
export function missedSearches(
  client: Client,
  command: readonly string[],
): Promise<{ faults: string[]; searches: number }> {
  return withSession(
    client,
    command,
    {
      script:
        () =>
        ({ results }) => {
          const next = SEARCHES[results.length];
          return next ? { search: next[0] } : { say: "done" };
        },
    },
    async ({ at, model }) => {
      await client.ask(at);
      const results = model.turns.at(-1)?.results ?? [];
      const faults = SEARCHES.flatMap(([words, tool], index) => {
        const found = results[index] ?? "";
        if (new RegExp(`\\b(mcp__proxmox__)?${tool}"`).test(found)) return [];
        const instead = [...found.matchAll(/"(?:mcp__proxmox__)?((?:proxmox|job)_\w+)"/g)].map(([, name]) => name);
        return [`a search for ${JSON.stringify(words)} finds ${instead.join(", ") || "nothing"}, not ${tool}`];
      });
      return { faults, searches: SEARCHES.length };
    },
  );
}
