import { splitList } from "../permissions/check.ts";
import { MEDIATED } from "../state/host-devices.ts";
import { directory, hostOf, nodeName } from "./node-of.ts";
import { type Call, flag, type Route, text } from "./route.ts";

/** Kinds of devices that nobody passes on: memory controllers, bridges, processors. */
const USUALLY_HIDDEN = ["05", "06", "0b"];

function pci(call: Call): Record<string, unknown>[] {
  const given = text(call, "pci-class-blacklist");
  const hidden = given === undefined ? USUALLY_HIDDEN : splitList(given);
  const verbose = text(call, "verbose") === undefined || flag(call, "verbose");
  return hostOf(call)
    .profile.pci.filter(
      (device) => !hidden.some((prefix) => String(device.class).replace(/^0x/, "").startsWith(prefix)),
    )
    .map((device) => (verbose ? device : { id: device.id }));
}

/** Mediated types of one device; none of what is not there. */
function typesOf(call: Call, id: string): typeof MEDIATED {
  const full = /^[0-9a-fA-F]{4}:/.test(id) ? id : `0000:${id}`;
  const device = hostOf(call).profile.pci.find((known) => known.id === full.toLowerCase());
  return device?.mdev === 1 ? MEDIATED : [];
}

/** Devices of a mapping on this node; those with several functions have no mediated types. */
function mapped(call: Call, mapping: string): string[] {
  const maps = call.state.datacenter.mappings.pci.get(mapping)?.map ?? [];
  return (Array.isArray(maps) ? maps : [maps]).flatMap((entry) => {
    const values: Record<string, string | undefined> = Object.fromEntries(
      String(entry)
        .split(",")
        .map((part) => part.split("=")),
    );
    return values.node === nodeName(call) && values.path && !values.path.includes(";") ? [values.path] : [];
  });
}

function mdev(call: Call): Record<string, unknown>[] {
  const given = text(call, "pci-id-or-mapping")!;
  const ids = /^(?:[0-9a-fA-F]{4}:)?[0-9a-fA-F]{2}:[0-9a-fA-F]{2}\.[0-9a-fA-F]$/.test(given)
    ? [given]
    : mapped(call, given);
  const types = ids.flatMap((id) => typesOf(call, id));
  return [...new Map(types.map((type) => [type.type, { ...type }])).values()];
}

/** Devices of a node that can be handed to guests. */
export const hardwareRoutes: readonly Route[] = [
  directory("GET /nodes/{node}/hardware", "pci usb", "type", true),
  { id: "GET /nodes/{node}/hardware/pci", run: (call) => ({ data: pci(call) }) },
  directory("GET /nodes/{node}/hardware/pci/{pci-id-or-mapping}", "mdev", "method", true),
  { id: "GET /nodes/{node}/hardware/pci/{pci-id-or-mapping}/mdev", run: (call) => ({ data: mdev(call) }) },
  { id: "GET /nodes/{node}/hardware/usb", run: (call) => ({ data: hostOf(call).profile.usb }) },
];
