import * as z from "zod";
import { getClusterStatus } from "../../../generated/clients/cluster-status.ts";
import { getNodesVersion } from "../../../generated/clients/nodes-version.ts";
import { getVersion } from "../../../generated/clients/version.ts";
import { cluster, incomplete } from "../arguments.ts";
import { defineTool } from "../contract.ts";
import { reasonOf } from "../gather.ts";

export default defineTool({
  name: "proxmox_cluster_status",
  title: "Cluster status",
  description:
    "Show the cluster's status: quorum, members and the Proxmox VE version of each node. Also right on a standalone node.",
  toolset: "inventory",
  class: "read",
  idempotent: true,
  input: z.strictObject({ cluster }),
  output: z.object({
    cluster: z.string(),
    name: z.string().optional().describe("Name that Proxmox gives the cluster"),
    standalone: z.boolean(),
    quorate: z.boolean().optional(),
    version: z.string().describe("Of the node that answered"),
    nodes: z.array(
      z.object({
        node: z.string(),
        online: z.boolean(),
        ip: z.string().optional(),
        nodeid: z.int().optional(),
        answered: z.boolean().optional().describe("This node answered the call"),
        version: z.string().optional(),
      }),
    ),
    incomplete,
  }),
  async run(context, input) {
    const one = context.cluster(input.cluster);
    const [status, version] = await Promise.all([getClusterStatus(one.send), getVersion(one.send)]);
    const head = status.data.find((row) => row.type === "cluster");
    const missing: { node: string; reason: string }[] = [];
    const nodes = await Promise.all(
      status.data
        .filter((row) => row.type === "node")
        .map(async (row) => {
          // A standalone node does not say that it is online; it is what answers.
          const online = row.online === true || head === undefined;
          const known = {
            node: String(row.name),
            online,
            ...(row.ip === undefined ? {} : { ip: row.ip }),
            ...(row.nodeid === undefined ? {} : { nodeid: row.nodeid }),
            ...(row.local ? { answered: true } : {}),
          };
          if (!online) {
            missing.push({ node: known.node, reason: "offline" });
            return known;
          }
          if (row.local) return { ...known, version: version.data.version };
          try {
            return { ...known, version: (await getNodesVersion(one.send, { node: known.node })).data.version };
          } catch (error) {
            missing.push({ node: known.node, reason: reasonOf(error) });
            return known;
          }
        }),
    );
    return {
      data: {
        cluster: one.name,
        ...(head === undefined ? {} : { name: head.name, quorate: head.quorate === true }),
        standalone: head === undefined,
        version: version.data.version,
        nodes,
        ...(missing.length > 0 ? { incomplete: missing } : {}),
      },
    };
  },
});
