import * as z from "zod";
import { getNodesNetwork } from "../../../generated/clients/nodes-network.ts";
import { type Cell, cluster, node } from "../arguments.ts";
import { askNodes } from "../ask-nodes.ts";
import { type Columns, columnar, listArguments, listOutput } from "../columnar.ts";
import { defineTool } from "../contract.ts";
import { askClusters, clusterColumn } from "../gather.ts";
import { UnknownNodeError } from "../inventory/resolve-node.ts";
import { fitDiffs, pendingChanges, pendingWarnings } from "./pending-changes.ts";

interface Row {
  cluster: string;
  node: string;
  iface: Readonly<Record<string, unknown>> & { iface: string };
}

const column = (name: string, extra?: true) => ({
  value: ({ iface }: Row) => iface[name] as Cell | undefined,
  ...(extra ? { extra } : {}),
});

const flag = (name: string, extra?: true) => ({
  value: ({ iface }: Row) => iface[name] === true,
  ...(extra ? { extra } : {}),
});

const COLUMNS = {
  cluster: { value: (row: Row) => row.cluster, extra: true as const },
  node: { value: (row: Row) => row.node },
  iface: column("iface"),
  type: column("type"),
  active: flag("active"),
  autostart: flag("autostart"),
  cidr: column("cidr"),
  gateway: column("gateway"),
  ports: {
    value: ({ iface }: Row) =>
      String(iface.bridge_ports ?? iface.slaves ?? iface.ovs_ports ?? iface.ovs_bonds ?? "").trim() || undefined,
  },
  "vlan-id": column("vlan-id", true),
  "vlan-raw-device": column("vlan-raw-device", true),
  cidr6: column("cidr6", true),
  gateway6: column("gateway6", true),
  mtu: column("mtu", true),
  bond_mode: column("bond_mode", true),
  bridge_vlan_aware: flag("bridge_vlan_aware", true),
  comments: {
    value: ({ iface }: Row) => (typeof iface.comments === "string" ? iface.comments.trim() : undefined),
    extra: true as const,
  },
} satisfies Columns<Row>;

/** Columns that are shown without being asked for as soon as a row has something to say there. */
const WHERE_SET = ["vlan-id", "vlan-raw-device", "cidr6", "gateway6", "mtu", "bond_mode", "comments"] as const;

export default defineTool({
  name: "proxmox_network_list",
  title: "List network interfaces",
  description:
    "List the nodes' network interfaces: bridges, bonds, VLANs, NICs, addresses. Rows show what waits to be applied; pending has its diff.",
  toolset: "network",
  class: "read",
  idempotent: true,
  input: z.strictObject({
    cluster,
    node: node.optional(),
    type: z.enum(["bridge", "bond", "eth", "vlan", "alias", "vnet", "OVSBridge", "any_bridge"]).optional(),
    ...listArguments(COLUMNS as Columns<Row>),
  }),
  output: z.object({
    ...listOutput,
    pending: z.array(pendingChanges).optional(),
    warnings: z.array(z.string()).optional(),
  }),
  async run(context, input) {
    const unknown: UnknownNodeError[] = [];
    const { answers, missing } = await askClusters(context, input.cluster, (one) =>
      askNodes(context, one, input.node, (at) =>
        getNodesNetwork(one.send, { node: at, ...(input.type === undefined ? {} : { type: input.type }) }),
      ).catch((error: unknown) => {
        // Of several clusters, one has the node, and the others have nothing to say.
        if (!(error instanceof UnknownNodeError)) throw error;
        unknown.push(error);
        return { answers: [], missing: [] };
      }),
    );
    if (unknown.length === answers.length && missing.length === 0) throw unknown[0]!;
    const several = clusterColumn(context, input.cluster).length > 0;
    const found = answers.flatMap(({ cluster: { name }, answer }) =>
      answer.answers.map(({ node: at, answer: { data, changes } }) => ({ cluster: name, node: at, data, changes })),
    );
    const gaps = [
      ...missing,
      ...answers.flatMap(({ cluster: { name }, answer }) => answer.missing.map((gap) => ({ cluster: name, ...gap }))),
    ];
    const rows = found.flatMap(({ data, ...at }) =>
      (data ?? []).map((iface): Row => ({ cluster: at.cluster, node: at.node, iface })),
    );
    const changed = found.filter(({ changes }) => changes !== undefined && changes !== "");
    const pending = fitDiffs(
      changed.map(({ cluster: name, node: at, changes }) => ({
        ...(several ? { cluster: name } : {}),
        node: at,
        changes: changes!,
      })),
    );
    const warnings = changed.flatMap(({ node: at, changes, data }) => pendingWarnings(at, changes!, data ?? []));
    const around = {
      ...(pending.length > 0 ? { pending } : {}),
      ...(warnings.length > 0 ? { warnings } : {}),
    };
    return {
      data: {
        ...columnar(
          COLUMNS as Columns<Row>,
          rows,
          (row) => [row.cluster, row.node, row.iface.iface],
          input,
          gaps,
          [
            ...clusterColumn(context, input.cluster),
            ...WHERE_SET.filter((name) => rows.some((row) => COLUMNS[name].value(row) !== undefined)),
          ],
          JSON.stringify(around).length,
        ),
        ...around,
      },
    };
  },
});
