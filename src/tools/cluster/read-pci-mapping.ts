import { getClusterMappingPciById } from "../../../generated/clients/cluster-mapping.ts";
import { ProxmoxMcpError } from "../../errors/index.ts";
import type { Send } from "../../schema/operation.ts";
import { listMappings } from "./list-pci-mappings.ts";
import { type PciMapping, pciMapping, UnknownMappingError } from "./pci-mapping.ts";

/** One mapping; throws UnknownMappingError with the ids there are. */
export async function readMapping(send: Send, id: string, cluster: string): Promise<PciMapping> {
  try {
    const { data } = await getClusterMappingPciById(send, { id });
    return pciMapping(id, data);
  } catch (error) {
    if (!(error instanceof ProxmoxMcpError) || error.code !== "not-found") throw error;
    const known = await listMappings(send).catch(() => []);
    throw new UnknownMappingError(
      id,
      cluster,
      known.map(({ mapping }) => mapping.id),
    );
  }
}
