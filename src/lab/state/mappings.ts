import type { ClusterState } from "./cluster.ts";
import type { Section } from "./section-config.ts";

/** One line of a mapping. */
export interface Entry {
  node: string;
  path?: string;
  id?: string;
}

/** One line of a mapping, `node=pve1,path=…`; a USB device may go without a path. */
function entryOf(line: string): Entry {
  const entry: Record<string, string> = {};
  for (const part of line.split(",")) {
    const at = part.indexOf("=");
    if (at > 0) entry[part.slice(0, at)] = part.slice(at + 1);
  }
  return entry as unknown as Entry;
}

/** The lines of a mapping. */
export function entriesOf(section: Section): Entry[] {
  return (section.map as string[] | undefined)?.map(entryOf) ?? [];
}

function plain(value: unknown): string {
  return String(value ?? "").replace(/^0x/, "");
}

/** What a PCI entry says of its devices against what they are. */
export function pciComplaint(state: ClusterState, name: string, entry: Entry): string | undefined {
  const devices = state.hosts.of(entry.node).profile.pci;
  for (const [index, part] of (entry.path ?? "").split(";").entries()) {
    const path = part.includes(".") ? part : `${part}.0`;
    const found = devices.find((device) => device.id === path);
    if (!found) return `pci device '${path}' not found`;
    const expected: Record<string, string | undefined> = {
      id: `${plain(found.vendor)}:${plain(found.device)}`,
      ...(index === 0 && Number(found.iommugroup) >= 0 ? { iommugroup: String(found.iommugroup) } : {}),
      ...(found.subsystem_vendor === undefined
        ? {}
        : { "subsystem-id": `${plain(found.subsystem_vendor)}:${plain(found.subsystem_device)}` }),
    };
    const configured = entry as unknown as Record<string, string | undefined>;
    for (const property of ["id", "iommugroup", "subsystem-id"]) {
      const [want, have] = [expected[property], configured[property]];
      if (property === "iommugroup" && index > 0) continue;
      if (want !== undefined && have === undefined)
        return `missing expected property '${property}' for device '${path}'`;
      if (want === undefined && have !== undefined)
        return `unexpected property '${property}' configured for device '${path}'`;
      if (want !== have) return `'${property}' does not match for '${name}' (${want} != ${have})`;
    }
  }
  return undefined;
}

/** The same for a USB entry. */
export function usbComplaint(state: ClusterState, name: string, entry: Entry): string | undefined {
  const devices = state.hosts.of(entry.node).profile.usb;
  const idOf = (device: (typeof devices)[number]): string => `${plain(device.vendid)}:${plain(device.prodid)}`;
  if (entry.path === undefined)
    return devices.some((device) => idOf(device) === entry.id) ? undefined : `USB device '${entry.id}' not found`;
  const found = devices.find((device) => `${device.busnum}-${device.usbpath}` === entry.path);
  if (!found) return `usb device '${entry.path}' not found`;
  return idOf(found) === entry.id ? undefined : `'id' does not match for '${name}' (${idOf(found)} != ${entry.id})`;
}
