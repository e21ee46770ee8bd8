import { getClusterMappingPci, getClusterMappingPciById } from "../../../generated/clients/cluster-mapping.ts";
import { ProxmoxMcpError } from "../../errors/index.ts";
import { nearest } from "../../schema/nearest.ts";
import type { Send } from "../../schema/operation.ts";

/** One device of a mapping on one node, by the API's own names. */
export interface MappedDevice {
  node: string;
  /** PCI addresses, several of one device joined by `;`. */
  path: string;
  /** `vendor:device`. */
  id: string;
  iommugroup?: number;
  "subsystem-id"?: string;
  description?: string;
}

/** A mapping as it is configured. */
export interface PciMapping {
  id: string;
  description?: string;
  mdev: boolean;
  "live-migration-capable": boolean;
  devices: MappedDevice[];
  digest?: string;
}

/** What a node says of a mapping's devices on it. */
export interface MappingCheck {
  severity: string;
  message: string;
}

/** No mapping of that id is visible. */
export class UnknownMappingError extends ProxmoxMcpError {
  constructor(given: string, cluster: string, known: readonly string[]) {
    const [near] = nearest(given, known);
    super({
      code: "unknown-mapping",
      message: `No PCI mapping ${JSON.stringify(given)} is visible to this token on cluster ${cluster}.`,
      next: near
        ? `Did you mean ${JSON.stringify(near)}?`
        : `Known mappings: ${known.slice(0, 20).join(", ") || "none"}. proxmox_pci_mapping_list shows them.`,
      data: { mapping: given, ...(near ? { nearest: near } : {}) },
    });
  }
}

const isOn = (value: unknown): boolean => value === true || value === 1 || value === "1";

/** A mapping from the API's row of it. */
export function pciMapping(id: string, row: Readonly<Record<string, unknown>>): PciMapping {
  const { map, description, digest } = row;
  return {
    id,
    ...(typeof description === "string" && description !== "" ? { description } : {}),
    mdev: isOn(row.mdev),
    "live-migration-capable": isOn(row["live-migration-capable"]),
    devices: ((map ?? []) as readonly string[]).map(mappedDevice),
    ...(typeof digest === "string" ? { digest } : {}),
  };
}

/** One line of `map`, read leniently: what a later version adds is kept, and so is the order. */
function mappedDevice(line: string): MappedDevice {
  const parts = line.split(",").map((part) => {
    const [key] = part.split("=", 1) as [string];
    const value = part.slice(part.indexOf("=") + 1);
    return [key, key === "iommugroup" ? Number(value) : value] as const;
  });
  return Object.fromEntries(parts) as unknown as MappedDevice;
}

/** Nodes that a mapping has devices on, in order. */
export function nodesOf(mapping: PciMapping): string[] {
  return [...new Set(mapping.devices.map((device) => device.node))].sort();
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

/** One line of `map`, as it is sent. */
export function mapLine({ node, ...device }: MappedDevice): string {
  return [["node", node], ...Object.entries(device)].map(([key, value]) => `${key}=${value}`).join(",");
}
