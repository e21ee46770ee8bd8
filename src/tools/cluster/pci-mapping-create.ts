import * as z from "zod";
import { postClusterMappingPci } from "../../../generated/clients/cluster-mapping.ts";
import type { PostClusterMappingPciParams } from "../../../generated/types/cluster-mapping.ts";
import { change, changeArguments, changeOutput } from "../change.ts";
import { defineTool } from "../contract.ts";
import { ArgumentError } from "../errors.ts";
import { describeDevices } from "./pci-devices.ts";
import { mapLine } from "./pci-mapping.ts";
import { checkMappingInput, devicePaths, mappingInput, rawMap } from "./pci-mapping-input.ts";

export default defineTool({
  name: "proxmox_pci_mapping_create",
  title: "Create a PCI mapping",
  description:
    "Create a PCI resource mapping, so that VMs can be given a host device by name. Ids and IOMMU groups are read from the nodes.",
  toolset: "cluster",
  class: "mutate",
  idempotent: false,
  input: z.strictObject({
    ...mappingInput,
    devices: devicePaths('By node, e.g. {"pve1": "0000:81:00.0"}'),
    ...changeArguments,
  }),
  output: z.object({ cluster: z.string(), id: z.string(), map: z.array(z.unknown()), ...changeOutput }),
  async run(context, { cluster, id, devices, config, ...input }) {
    checkMappingInput(config, devices);
    const one = context.cluster(cluster);
    const map = devices ? (await describeDevices(context, one, devices)).map(mapLine) : rawMap(config.map);
    if (map.length === 0)
      throw new ArgumentError("devices", "names no device", 'Give addresses by node, e.g. {"pve1": "0000:81:00.0"}.');
    const params: PostClusterMappingPciParams = { ...config, id, map };
    const { data, failed } = await change(context, one, (send) => postClusterMappingPci(send, params), input);
    return { data: { cluster: one.name, id, map: [...map], ...data }, ...(failed ? { failed } : {}) };
  },
});
