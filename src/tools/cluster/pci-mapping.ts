import { ProxmoxMcpError } from "../../errors/index.ts";
import { nearest } from "../../schema/nearest.ts";
import { isOn } from "../flag.ts";

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

/** One line of `map`, as it is sent. */
export function mapLine({ node, ...device }: MappedDevice): string {
  return [["node", node], ...Object.entries(device)].map(([key, value]) => `${key}=${value}`).join(",");
}
