import * as z from "zod";
import { deleteClusterMappingPciById } from "../../../generated/clients/cluster-mapping.ts";
import { cluster } from "../arguments.ts";
import { change, changeArguments, changeOutput } from "../change.ts";
import { defineTool } from "../contract.ts";
import { nodesOf } from "./pci-mapping.ts";
import { readMapping } from "./read-pci-mapping.ts";

export default defineTool({
  name: "proxmox_pci_mapping_delete",
  title: "Delete a PCI mapping",
  description: "Delete a PCI resource mapping. VMs that name it do not start any more.",
  toolset: "cluster",
  class: "destructive",
  idempotent: true,
  input: z.strictObject({ cluster, id: z.string(), ...changeArguments }),
  output: z.object({ cluster: z.string(), id: z.string(), ...changeOutput }),
  async run(context, { cluster: name, id, ...input }) {
    const one = context.cluster(name);
    const mapping = await readMapping(one.send, id, one.name);
    const warnings = [
      `It has ${mapping.devices.length} devices, on ${nodesOf(mapping).join(", ")}.`,
      "VMs that name it do not start any more; Proxmox keeps no list of them, so look for hostpci options first.",
    ];
    const request = (send: typeof one.send) => deleteClusterMappingPciById(send, { id });
    const { data, failed } = await change(context, one, request, input, { warnings });
    const { warnings: _, ...rest } = data;
    return { data: { cluster: one.name, id, ...rest }, ...(failed ? { failed } : {}) };
  },
});
