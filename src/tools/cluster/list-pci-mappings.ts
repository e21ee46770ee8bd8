import { getClusterMappingPci } from "../../../generated/clients/cluster-mapping.ts";
import type { Send } from "../../schema/operation.ts";
import { type PciMapping, pciMapping } from "./pci-mapping.ts";

/** What a node says of a mapping's devices on it. */
export interface MappingCheck {
  severity: string;
  message: string;
}

/** All mappings that this token may see; with a node, what that node says of them too. */
export async function listMappings(
  send: Send,
  checkNode?: string,
): Promise<{ mapping: PciMapping; checks: MappingCheck[] }[]> {
  const { data } = await getClusterMappingPci(send, checkNode === undefined ? {} : { "check-node": checkNode });
  return (data ?? []).map((row) => ({
    mapping: pciMapping(row.id, row),
    checks: (row.checks ?? []).map(({ severity, message }) => ({ severity, message: message.trim() })),
  }));
}
