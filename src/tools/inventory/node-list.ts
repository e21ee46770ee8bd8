import * as z from "zod";
import { getNodes } from "../../../generated/clients/nodes.ts";
import { cluster } from "../arguments.ts";
import { type Columns, columnar, listArguments, listOutput } from "../columnar.ts";
import { defineTool } from "../contract.ts";
import { askClusters, clusterColumn } from "../gather.ts";

interface Row {
  cluster: string;
  node: Readonly<Record<string, unknown>> & { node: string };
}

const column = (name: string, extra?: true) => ({
  value: ({ node }: Row) => node[name] as string | number | undefined,
  ...(extra ? { extra } : {}),
});

const COLUMNS = {
  cluster: { value: (row: Row) => row.cluster, extra: true as const },
  node: column("node"),
  status: column("status"),
  maxcpu: column("maxcpu"),
  cpu: {
    value: ({ node }: Row) => (typeof node.cpu === "number" ? Math.round(node.cpu * 1000) / 1000 : undefined),
  },
  maxmem: column("maxmem"),
  mem: column("mem"),
  uptime: column("uptime"),
  maxdisk: column("maxdisk", true),
  disk: column("disk", true),
  level: column("level", true),
  ssl_fingerprint: column("ssl_fingerprint", true),
} satisfies Columns<Row>;

export default defineTool({
  name: "proxmox_node_list",
  title: "List nodes",
  description:
    "List the nodes: each node's status, CPU, memory and uptime. Sizes in bytes, cpu as a fraction of maxcpu, uptime in seconds.",
  toolset: "inventory",
  class: "read",
  idempotent: true,
  input: z.strictObject({
    cluster,
    status: z.enum(["online", "offline", "unknown"]).optional(),
    ...listArguments(COLUMNS as Columns<Row>),
  }),
  output: z.object(listOutput),
  async run(context, input) {
    const { answers, missing } = await askClusters(context, input.cluster, (one) => getNodes(one.send));
    const rows = answers.flatMap(({ cluster: { name }, answer }) =>
      answer.data
        .filter((node) => input.status === undefined || node.status === input.status)
        .map((node): Row => ({ cluster: name, node: node as Row["node"] })),
    );
    return {
      data: columnar(
        COLUMNS as Columns<Row>,
        rows,
        (row) => [row.cluster, row.node.node],
        input,
        missing,
        clusterColumn(context, input.cluster),
      ),
    };
  },
});
