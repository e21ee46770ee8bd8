import * as z from "zod";
import { cluster, type Incomplete, incomplete } from "../arguments.ts";
import type { ToolCluster } from "../context.ts";
import { defineTool } from "../contract.ts";
import { reasonOf } from "../gather.ts";
import { listMappings } from "./list-pci-mappings.ts";
import { nodesOf, type PciMapping } from "./pci-mapping.ts";
import { readMapping } from "./read-pci-mapping.ts";

/** Nodes that are asked whether the devices are there; each costs a request that the node itself answers. */
const MOST_CHECKED = 8;

export default defineTool({
  name: "proxmox_pci_mapping_get",
  title: "Show a PCI mapping",
  description:
    "Show one PCI resource mapping: its devices on each node, and whether they match the hardware that is there.",
  toolset: "cluster",
  class: "read",
  idempotent: true,
  input: z.strictObject({ cluster, id: z.string() }),
  output: z.object({
    cluster: z.string(),
    id: z.string(),
    description: z.string().optional(),
    mdev: z.boolean(),
    "live-migration-capable": z.boolean(),
    devices: z.array(z.record(z.string(), z.union([z.string(), z.number()]))),
    problems: z.array(z.object({ node: z.string(), severity: z.string(), message: z.string() })),
    incomplete,
  }),
  async run(context, input) {
    const one = context.cluster(input.cluster);
    const { digest: _, ...mapping } = await readMapping(one.send, input.id, one.name);
    const { problems, missing } = await problemsOf(one, mapping, context.signal);
    return {
      data: {
        cluster: one.name,
        ...mapping,
        devices: mapping.devices.map((device) => ({ ...device })),
        problems,
        ...(missing.length > 0 ? { incomplete: missing } : {}),
      },
    };
  },
});

/** What the nodes of a mapping say of it; a node that is offline or does not answer is missing from that. */
async function problemsOf(one: ToolCluster, mapping: PciMapping, signal: AbortSignal) {
  const problems: { node: string; severity: string; message: string }[] = [];
  const missing: NonNullable<Incomplete> = [];
  const { nodes } = await one.cluster.resources.get(one.caller, { signal });
  const ask: string[] = [];
  for (const node of nodesOf(mapping)) {
    const status = nodes.get(node)?.status;
    if (status === undefined) problems.push({ node, severity: "error", message: "No such node is visible." });
    else if (status === "offline") missing.push({ node, reason: "offline: its hardware was not checked" });
    else if (ask.length < MOST_CHECKED) ask.push(node);
    else
      missing.push({ node, reason: "not checked, as there are many: proxmox_pci_mapping_list with this node does it" });
  }
  await Promise.all(
    ask.map(async (node) => {
      try {
        const found = (await listMappings(one.send, node)).find(({ mapping: { id } }) => id === mapping.id);
        for (const check of found?.checks ?? []) problems.push({ node, ...check });
      } catch (error) {
        missing.push({ node, reason: reasonOf(error) });
      }
    }),
  );
  const byNode = (a: { node?: string }, b: { node?: string }) => ((a.node ?? "") < (b.node ?? "") ? -1 : 1);
  return { problems: problems.sort(byNode), missing: missing.sort(byNode) };
}
