import { listMappings } from "../cluster/list-pci-mappings.ts";
import { nodesOf, type PciMapping, UnknownMappingError } from "../cluster/pci-mapping.ts";
import type { ToolCluster } from "../context.ts";
import { ArgumentError } from "../errors.ts";
import type { CurrentConfig } from "./config-edit.ts";
import { hostDevices, RawDeviceError } from "./host-devices.ts";

/** Refuses a device that the VM could not start with on its node; says what a person should know of it. */
export async function checkDevice(
  one: ToolCluster,
  at: { node: string; vmid: number },
  device: Readonly<Record<string, unknown>>,
  current: CurrentConfig,
  hasCommands: boolean,
): Promise<string[]> {
  const { mapping: name, host } = device;
  if (host !== undefined) {
    const mappings = await listMappings(one.send).catch(() => []);
    throw new RawDeviceError("device.host", mappingWay(String(host), at, mappings, hasCommands));
  }
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
  return found.mapping["live-migration-capable"] ? [] : ["A VM with this device cannot be migrated while it runs."];
}

function mappingWay(
  host: string,
  at: { node: string; vmid: number },
  mappings: readonly { mapping: PciMapping }[],
  hasCommands: boolean,
): string {
  const full = host.split(";").map((part) => (/^[0-9a-f]{2}:/i.test(part) ? `0000:${part}` : part).toLowerCase());
  const path = full.join(";");
  const known = mappings.find(({ mapping }) =>
    mapping.devices.some((entry) => entry.node === at.node && entry.path.toLowerCase() === path),
  );
  const way = known
    ? `The mapping ${JSON.stringify(known.mapping.id)} holds it: give device {"mapping": ${JSON.stringify(known.mapping.id)}}.`
    : `Make a mapping of it with proxmox_pci_mapping_create, devices {${JSON.stringify(at.node)}: ${JSON.stringify(path)}}, and give its id as device.mapping.`;
  return hasCommands ? `${way} Or, as root on the node: proxmox_cli_run with qm set ${at.vmid}.` : way;
}

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

function fitsMachine(device: Readonly<Record<string, unknown>>, current: CurrentConfig): void {
  if (!["1", "true", "on", "yes"].includes(String(device.pcie ?? "")) || /q35/.test(current.machine ?? "")) return;
  throw new ArgumentError(
    "device.pcie",
    "needs the machine type q35, and the VM would not start",
    'Leave pcie out, or set machine to "q35" with proxmox_vm_update_config first; a guest may have to be adapted to that.',
  );
}
