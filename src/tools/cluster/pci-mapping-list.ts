import * as z from "zod";
import { cluster, type Incomplete, node } from "../arguments.ts";
import { type Columns, columnar, listArguments, listOutput } from "../columnar.ts";
import type { ToolCluster } from "../context.ts";
import { defineTool } from "../contract.ts";
import { askClusters, clusterColumn } from "../gather.ts";
import { nodeGaps } from "../inventory/resolve-node.ts";
import { listMappings, type MappingCheck } from "./list-pci-mappings.ts";
import { nodesOf, type PciMapping } from "./pci-mapping.ts";

interface Row {
  cluster: string;
  mapping: PciMapping;
  checks?: readonly MappingCheck[];
}

const COLUMNS = {
  cluster: { value: (row: Row) => row.cluster, extra: true as const },
  id: { value: (row: Row) => row.mapping.id },
  nodes: { value: (row: Row) => nodesOf(row.mapping).join(",") },
  devices: { value: (row: Row) => row.mapping.devices.length },
  mdev: { value: (row: Row) => row.mapping.mdev },
  description: { value: (row: Row) => row.mapping.description },
  "live-migration-capable": { value: (row: Row) => row.mapping["live-migration-capable"], extra: true as const },
  problem: {
    value: (row: Row) => row.checks?.map(({ message }) => message).join("; ") || undefined,
    extra: true as const,
  },
} satisfies Columns<Row>;

export default defineTool({
  name: "proxmox_pci_mapping_list",
  title: "List PCI mappings",
  description:
    "List the cluster's PCI resource mappings: names for GPUs and other host devices that may be passed through to VMs.",
  toolset: "cluster",
  class: "read",
  idempotent: true,
  input: z.strictObject({
    cluster,
    node: node.optional().describe("Only mappings with devices on this node, checked against its hardware"),
    ...listArguments(COLUMNS as Columns<Row>),
  }),
  output: z.object(listOutput),
  async run(context, input) {
    const { answers, missing } = await askClusters(context, input.cluster, (one) =>
      ask(one, input.node, context.signal),
    );
    const gaps: NonNullable<Incomplete> = [...missing];
    if (input.node !== undefined) {
      const seen = answers.flatMap(({ cluster: one, answer: { index } }) =>
        index === undefined ? [] : [{ cluster: one, answer: index }],
      );
      const offline = nodeGaps(seen, input.node, missing.length === 0);
      gaps.push(...offline.map((gap) => ({ ...gap, reason: "offline: its hardware was not checked" })));
    }
    const rows = answers.flatMap(({ answer }) => answer.rows);
    return {
      data: columnar(COLUMNS as Columns<Row>, rows, (row) => [row.cluster, row.mapping.id], input, gaps, [
        ...clusterColumn(context, input.cluster),
        ...(input.node === undefined ? [] : ["problem"]),
      ]),
    };
  },
});

/** The mappings of one cluster; those of a node with what the node says of them, while it is online. */
async function ask(one: ToolCluster, wanted: string | undefined, signal: AbortSignal) {
  const rowsOf = (found: Awaited<ReturnType<typeof listMappings>>, checked: boolean): Row[] =>
    found.map(({ mapping, checks }) => ({ cluster: one.name, mapping, ...(checked ? { checks } : {}) }));
  if (wanted === undefined) return { rows: rowsOf(await listMappings(one.send), false) };
  const index = await one.cluster.resources.get(one.caller, { signal });
  const host = index.nodes.get(wanted);
  if (host === undefined) return { rows: [], index };
  const online = host.status !== "offline";
  const found = await listMappings(one.send, online ? wanted : undefined);
  return {
    rows: rowsOf(
      found.filter(({ mapping }) => nodesOf(mapping).includes(wanted)),
      online,
    ),
    index,
  };
}
