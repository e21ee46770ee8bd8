import { listMappings } from "../cluster/list-pci-mappings.ts";
import { nodesOf, type PciMapping, UnknownMappingError } from "../cluster/pci-mapping.ts";
import type { ToolCluster } from "../context.ts";
import { ArgumentError } from "../errors.ts";
import type { CurrentConfig } from "./config-edit.ts";
import { hostDevices } from "./host-devices.ts";

/** Refuses a device that the VM could not start with on its node; says what a person should know of it. */
export async function checkDevice(
  one: ToolCluster,
  at: { node: string; vmid: number },
  device: Readonly<Record<string, unknown>>,
  current: CurrentConfig,
): Promise<string[]> {
  const { mapping: name } = device;
  if (typeof name !== "string" || name === "")
    throw new ArgumentError("device.mapping", "is missing", "proxmox_pci_mapping_list shows what may be passed on.");
  const mappings = await listMappings(one.send, at.node);
  const found = mappings.find(({ mapping }) => mapping.id === name);
  if (!found)
    throw new UnknownMappingError(
      name,
      one.name,
      mappings.map(({ mapping }) => mapping.id),
    );
  fitsNode(found.mapping, at.node);
  const wrong = found.checks.filter(({ severity }) => severity === "error");
  if (wrong.length > 0)
    throw new ArgumentError(
      "device.mapping",
      `${name} does not match the hardware of ${at.node}: ${wrong.map(({ message }) => message).join("; ")}`,
      "The VM would not start with it: correct it with proxmox_pci_mapping_update first.",
    );
  isFree(found.mapping, at.node, current);
  fitsMachine(device, current);
  return found.mapping["live-migration-capable"] ? [] : [NOT_LIVE];
}

/** What passing a device on costs. */
export const NOT_LIVE = "A VM with this device cannot be migrated while it runs.";

function fitsNode(mapping: PciMapping, node: string): void {
  const nodes = nodesOf(mapping);
  if (nodes.includes(node)) return;
  throw new ArgumentError(
    "device.mapping",
    `${mapping.id} has no device on ${node}, where the VM is, but on ${nodes.join(", ") || "no node"}`,
    "Move the VM there, or add a device of its node with proxmox_pci_mapping_update.",
  );
}

/** A device without virtual functions goes to one VM, once. */
function isFree(mapping: PciMapping, node: string, current: CurrentConfig): void {
  if (mapping.mdev) return;
  const own = [...hostDevices(current)].filter(([, device]) => device.mapping === mapping.id).map(([key]) => key);
  const there = mapping.devices.filter((device) => device.node === node).length;
  if (own.length < there) return;
  throw new ArgumentError(
    "device.mapping",
    `${mapping.id} is attached already as ${own.join(", ")}, and has ${there} on ${node}`,
    "proxmox_vm_update_config changes the options of an attached device.",
  );
}

/** Refuses PCI Express where the machine has none. */
export function fitsMachine(device: Readonly<Record<string, unknown>>, current: CurrentConfig): void {
  if (!["1", "true", "on", "yes"].includes(String(device.pcie ?? "")) || /q35/.test(current.machine ?? "")) return;
  throw new ArgumentError(
    "device.pcie",
    "needs the machine type q35, and the VM would not start",
    'Leave pcie out, or set machine to "q35" with proxmox_vm_update_config first; a guest may have to be adapted to that.',
  );
}
