import * as z from "zod";
import type { ResourceSnapshot } from "../../pve/cluster.ts";
import { cluster, type Incomplete, node } from "../arguments.ts";
import { type Columns, columnar, globMatches, listArguments, listOutput } from "../columnar.ts";
import { defineTool } from "../contract.ts";
import { askClusters, clusterColumn } from "../gather.ts";
import { nodeGaps } from "../inventory/resolve-node.ts";
import { type SnippetFile, snippetPlaces, snippetsMissing, snippetsOf } from "./snippet-places.ts";

const COLUMNS = {
  cluster: { value: (row: SnippetFile) => row.cluster, extra: true as const },
  volume: { value: (row: SnippetFile) => row.volume },
  node: { value: (row: SnippetFile) => row.node },
  size: { value: (row: SnippetFile) => row.size },
  modified: { value: (row: SnippetFile) => row.modified },
} satisfies Columns<SnippetFile>;

export default defineTool({
  name: "proxmox_cloud_init_snippet_list",
  title: "List cloud-init snippets",
  description:
    "List cloud-init snippet files (cicustom). On a shared storage a file stands once, on a local one for each node that has it.",
  toolset: "storage",
  class: "read",
  idempotent: true,
  input: z.strictObject({
    cluster,
    node: node.optional(),
    storage: z.string().optional(),
    name: z.string().optional().describe("Glob"),
    ...listArguments(COLUMNS),
  }),
  output: z.object({
    ...listOutput,
    storages: z.array(z.string()).describe("Where snippets are enabled"),
    note: z.string().optional(),
  }),
  async run(context, input) {
    const { answers, missing } = await askClusters(context, input.cluster, async (one) => {
      const snapshot = await one.cluster.resources.get(one.caller, { signal: context.signal });
      const places = snippetPlaces(snapshot).filter(
        ({ storage }) => input.storage === undefined || storage === input.storage,
      );
      const gaps: NonNullable<Incomplete> = [];
      const rows = await Promise.all(places.map((place) => snippetsOf(one, place, input.node, gaps)));
      return { snapshot, places, gaps, rows: rows.flat() };
    });
    const seen = answers.map(({ cluster: on, answer }) => ({ cluster: on, answer: answer.snapshot }));
    // What is offline is told by the storages that are not active there; this refuses a node that nobody knows.
    nodeGaps(seen, input.node, missing.length === 0);
    const rows = answers
      .flatMap(({ answer }) => answer.rows)
      .filter(({ volume }) => input.name === undefined || globMatches(input.name, fileOf(volume)));
    const storages = [...new Set(answers.flatMap(({ answer }) => answer.places.map(({ storage }) => storage)))];
    const notes = answers.flatMap(({ cluster: { name }, answer }) => {
      const note = noteOf(answer.snapshot, answer.rows, input.storage);
      return note === undefined ? [] : [answers.length > 1 ? `${name}: ${note}` : note];
    });
    return {
      data: {
        ...columnar(
          COLUMNS as Columns<SnippetFile>,
          rows,
          (row) => [row.cluster, row.volume, row.node ?? ""],
          input,
          [...missing, ...answers.flatMap(({ answer }) => answer.gaps)],
          clusterColumn(context, input.cluster),
        ),
        storages,
        ...(notes.length === 0 ? {} : { note: notes.join(" ") }),
      },
    };
  },
});

/** Why there is nothing to show, where there is nothing. */
function noteOf(
  snapshot: ResourceSnapshot,
  found: readonly SnippetFile[],
  wanted: string | undefined,
): string | undefined {
  const enabled = snippetPlaces(snapshot).map(({ storage }) => storage);
  if (enabled.length === 0) return snippetsMissing(snapshot);
  if (wanted !== undefined && !enabled.includes(wanted)) {
    return `Storage ${wanted} does not take snippets, or is not visible to this token; these do: ${enabled.join(", ")}.`;
  }
  return found.length === 0 ? "A token without Datastore.Allocate on a storage is not shown its snippets." : undefined;
}

function fileOf(volume: string): string {
  return volume.slice(volume.lastIndexOf("/") + 1);
}
