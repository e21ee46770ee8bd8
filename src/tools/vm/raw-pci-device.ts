import { getNodesHardwarePci } from "../../../generated/clients/nodes-hardware.ts";
import { ProxmoxMcpError } from "../../errors/index.ts";
import { nearest } from "../../schema/nearest.ts";
import { listMappings } from "../cluster/list-pci-mappings.ts";
import type { PciMapping } from "../cluster/pci-mapping.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import { ArgumentError } from "../errors.ts";
import type { CurrentConfig } from "./config-edit.ts";
import { hostDevices, RawDeviceError, rootWay } from "./host-devices.ts";
import { fitsMachine, NOT_LIVE } from "./pci-device.ts";

type At = { node: string; vmid: number };

/** Refuses a device by its address that is not to be had, or that nobody asked to be given as root. */
export async function checkRawDevice(
  context: ToolContext,
  one: ToolCluster,
  at: At,
  device: Readonly<Record<string, unknown>>,
  current: CurrentConfig,
  overSsh: boolean,
): Promise<string[]> {
  const host = String(device.host);
  if (device.mapping !== undefined)
    throw new ArgumentError("device", "has host and mapping", "Give one of them; nothing was sent.");
  const paths = host.split(";").map(pathOf);
  const mappings = await listMappings(one.send).catch(() => []);
  if (!overSsh) {
    const command = `qm set ${at.vmid} --hostpciN ${host}`;
    throw new RawDeviceError("device.host", `${mappingWay(paths, at, mappings)} ${rootWay(context, one, command)}`);
  }
  for (const path of paths)
    if (!/^[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}(?:\.[0-7])?$/.test(path)) throw noAddress(path);
  await isThere(one, at, paths);
  for (const [key, { host: taken = "" }] of hostDevices(current)) {
    if (!taken.split(";").some((part) => paths.includes(pathOf(part)))) continue;
    throw new ArgumentError("device.host", `is attached already as ${key}`, "Nothing was sent.");
  }
  fitsMachine(device, current);
  return [NOT_LIVE];
}

/** An address as the host lists it, with its domain. */
function pathOf(text: string): string {
  const address = text.trim().toLowerCase();
  return /^[0-9a-f]{2}:/.test(address) ? `0000:${address}` : address;
}

function noAddress(path: string): ArgumentError {
  return new ArgumentError(
    "device.host",
    `holds ${JSON.stringify(path)}, which is no PCI address`,
    "Give it as 0000:81:00.0 (or 0000:81:00 for all of its functions); nothing was sent.",
  );
}

/** A VM does not start with a device that its node lacks. */
async function isThere(one: ToolCluster, { node }: At, paths: readonly string[]): Promise<void> {
  const listed = await getNodesHardwarePci(one.send, { node, "pci-class-blacklist": "" }).catch((error: unknown) => {
    // The token may not look; the host itself does at the start.
    if (error instanceof ProxmoxMcpError) return undefined;
    throw error;
  });
  if (!listed) return;
  const known = (listed.data as readonly { id?: unknown }[]).map(({ id }) => pathOf(String(id)));
  const missing = paths.find((path) => !known.some((id) => id === path || id.startsWith(`${path}.`)));
  if (missing === undefined) return;
  const near = nearest(missing, known);
  throw new ArgumentError(
    "device.host",
    `names ${missing}, and ${node} has no such device`,
    near.length > 0 ? `Is ${near.join(" or ")} meant? Nothing was sent.` : "Nothing was sent.",
  );
}

function mappingWay(paths: readonly string[], at: At, mappings: readonly { mapping: PciMapping }[]): string {
  const path = paths.join(";");
  const known = mappings.find(({ mapping }) =>
    mapping.devices.some((entry) => entry.node === at.node && entry.path.toLowerCase() === path),
  );
  return known
    ? `The mapping ${JSON.stringify(known.mapping.id)} holds it: give device {"mapping": ${JSON.stringify(known.mapping.id)}}.`
    : `Make a mapping of it with proxmox_pci_mapping_create, devices {${JSON.stringify(at.node)}: ${JSON.stringify(path)}}, and give its id as device.mapping.`;
}
