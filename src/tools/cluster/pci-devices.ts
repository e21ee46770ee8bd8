import { getNodesHardwarePci } from "../../../generated/clients/nodes-hardware.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import { ArgumentError } from "../errors.ts";
import { resolveNode } from "../inventory/resolve-node.ts";
import type { MappedDevice } from "./pci-mapping.ts";

/** PCI addresses by node, as a caller names the devices of a mapping. */
export type DevicePaths = Readonly<Record<string, string | readonly string[]>>;

type Row = Readonly<Record<string, unknown>>;

/** Addresses that an error offers. */
const MOST_OFFERED = 12;

/**
 * The devices at these addresses, with the ids, group and subsystem that the nodes say they have: Proxmox refuses to
 * start a VM whose mapping states them otherwise, or not at all.
 */
export async function describeDevices(
  context: ToolContext,
  one: ToolCluster,
  paths: DevicePaths,
): Promise<MappedDevice[]> {
  const found = await Promise.all(
    Object.entries(paths).map(async ([node, given]) => {
      const wanted = [given].flat();
      if (wanted.length === 0) return [];
      await resolveNode(context, { cluster: one.name, node });
      // Unless told, coprocessors and the like are left out; bridges nobody passes on.
      const { data } = await getNodesHardwarePci(one.send, { node, "pci-class-blacklist": "06" });
      return wanted.map((path) => deviceAt(node, path, (data ?? []) as readonly Row[]));
    }),
  );
  return found.flat();
}

function deviceAt(node: string, given: string, rows: readonly Row[]): MappedDevice {
  const parts = given.split(";").map((part) => (/^[0-9a-f]{2}:/i.test(part) ? `0000:${part}` : part).toLowerCase());
  const at = (part: string) => rows.find((row) => row.id === (part.includes(".") ? part : `${part}.0`));
  for (const part of parts) {
    if (at(part)) continue;
    const offered = rows.slice(0, MOST_OFFERED).map((row) => `${row.id} (${row.device_name ?? row.class})`);
    throw new ArgumentError(
      "devices",
      `names ${JSON.stringify(part)}, which is no PCI device of node ${node}`,
      `There are: ${offered.join(", ")}${rows.length > MOST_OFFERED ? " and more" : ""}.`,
    );
  }
  const { iommugroup, ...row } = at(parts[0]!)!;
  const subsystem = idOf(row.subsystem_vendor, row.subsystem_device);
  return {
    node,
    path: parts.join(";"),
    id: idOf(row.vendor, row.device)!,
    ...(Number(iommugroup) >= 0 ? { iommugroup: Number(iommugroup) } : {}),
    ...(subsystem === undefined ? {} : { "subsystem-id": subsystem }),
  };
}

function idOf(vendor: unknown, device: unknown): string | undefined {
  if (vendor === undefined || vendor === null || device === undefined || device === null) return undefined;
  return [vendor, device].map((part) => String(part).replace(/^0x/, "")).join(":");
}
