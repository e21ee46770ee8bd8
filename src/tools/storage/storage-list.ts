import * as z from "zod";
import { getStorage } from "../../../generated/clients/storage.ts";
import type { Resource } from "../../pve/cluster.ts";
import { cluster, node } from "../arguments.ts";
import { type Columns, columnar, listArguments, listOutput } from "../columnar.ts";
import { defineTool } from "../contract.ts";
import { isOn } from "../flag.ts";
import { askClusters, clusterColumn, takeParts } from "../gather.ts";
import { nodeGaps } from "../inventory/resolve-node.ts";

interface Row {
  cluster: string;
  storage: string;
  definition?: Readonly<Record<string, unknown>>;
  at?: Resource;
}

const COLUMNS = {
  cluster: { value: (row: Row) => row.cluster, extra: true as const },
  storage: { value: (row: Row) => row.storage },
  type: { value: (row: Row) => (row.definition?.type ?? row.at?.plugintype) as string | undefined },
  node: { value: (row: Row) => row.at?.node },
  status: { value: (row: Row) => row.at?.status },
  shared: { value: (row: Row) => row.at?.shared === true || isOn(row.definition?.shared) },
  content: { value: (row: Row) => (row.definition?.content ?? row.at?.content) as string | undefined },
  used: { value: (row: Row) => row.at?.disk },
  total: { value: (row: Row) => row.at?.maxdisk },
  enabled: { value: (row: Row) => !isOn(row.definition?.disable), extra: true as const },
  path: { value: (row: Row) => row.definition?.path as string | undefined, extra: true as const },
  server: { value: (row: Row) => row.definition?.server as string | undefined, extra: true as const },
} satisfies Columns<Row>;

export default defineTool({
  name: "proxmox_storage_list",
  title: "List storages",
  description:
    "List storages with type, content, usage in bytes and state. A shared storage stands once; a local one stands for each node that has it.",
  toolset: "storage",
  class: "read",
  idempotent: true,
  input: z.strictObject({
    cluster,
    node: node.optional(),
    content: z.string().optional().describe("Only storages for this content, e.g. images, iso, backup"),
    ...listArguments(COLUMNS as Columns<Row>),
  }),
  output: z.object(listOutput),
  async run(context, input) {
    const { answers, missing } = await askClusters(context, input.cluster, async (one) => {
      const gaps: { part?: string; reason: string }[] = [];
      const parts = await takeParts(
        {
          definitions: getStorage(one.send),
          usage: one.cluster.resources.get(one.caller, { signal: context.signal }),
        },
        gaps,
      );
      const definitions = new Map((parts.definitions?.data ?? []).map((row) => [row.storage, { ...row }]));
      return { gaps, usage: parts.usage, rows: join(one.name, definitions, parts.usage?.storages ?? []) };
    });
    const seen = answers.flatMap(({ cluster: one, answer: { usage } }) =>
      usage === undefined ? [] : [{ cluster: one, answer: usage }],
    );
    const gaps = [
      ...missing,
      ...nodeGaps(seen, input.node, missing.length === 0 && seen.length === answers.length),
      ...answers.flatMap(({ cluster: { name }, answer }) => answer.gaps.map((gap) => ({ cluster: name, ...gap }))),
    ];
    const rows = answers
      .flatMap(({ answer }) => answer.rows)
      .filter(
        (row) =>
          (input.node === undefined || row.at === undefined || row.at.node === input.node || row.at.shared === true) &&
          (input.content === undefined ||
            String(COLUMNS.content.value(row) ?? "")
              .split(",")
              .includes(input.content)),
      );
    return {
      data: columnar(
        COLUMNS as Columns<Row>,
        rows,
        (row) => [row.cluster, row.storage, row.at?.node ?? ""],
        input,
        gaps,
        clusterColumn(context, input.cluster),
      ),
    };
  },
});

/** Usage rows with their definitions; a shared storage stands once, and one that no node reports stands alone. */
function join(cluster: string, definitions: Map<string, Record<string, unknown>>, usage: readonly Resource[]): Row[] {
  const rows: Row[] = [];
  const seen = new Set<string>();
  for (const at of usage) {
    const storage = at.storage ?? at.id;
    if (at.shared && seen.has(storage)) continue;
    seen.add(storage);
    const definition = definitions.get(storage);
    rows.push({ cluster, storage, at, ...(definition ? { definition } : {}) });
  }
  for (const [storage, definition] of definitions) {
    if (!seen.has(storage)) rows.push({ cluster, storage, definition });
  }
  return rows;
}
