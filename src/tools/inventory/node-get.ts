import * as z from "zod";
import { getNodesStatus } from "../../../generated/clients/nodes-status.ts";
import { cluster, node } from "../arguments.ts";
import { defineTool } from "../contract.ts";
import { resolveNode } from "./resolve-node.ts";

export default defineTool({
  name: "proxmox_node_get",
  title: "Show a node",
  description:
    "Show one node: version, kernel, load, CPU, memory, root file system, uptime. Sizes in bytes, uptime in seconds.",
  toolset: "inventory",
  class: "read",
  idempotent: true,
  input: z.strictObject({ cluster, node: node.optional() }),
  output: z.object({ cluster: z.string(), node: z.string(), status: z.record(z.string(), z.unknown()) }),
  async run(context, input) {
    const found = await resolveNode(context, input);
    const { data } = await getNodesStatus(found.cluster.send, { node: found.node });
    return { data: { cluster: found.cluster.name, node: found.node, status: { ...data } } };
  },
});
