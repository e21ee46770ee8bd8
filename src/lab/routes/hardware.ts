import { splitList } from "../permissions/check.ts";
import { die, parameterRefusal } from "../refusal.ts";
import { MEDIATED } from "../state/host-devices.ts";
import type { NodeHost } from "../state/node-host.ts";
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

function findDevice(host: NodeHost, id: string): Record<string, string | number> {
  const full = /^[0-9a-f]{4}:/.test(id) ? id : `0000:${id}`;
  const device = host.profile.pci.find((known) => known.id === full);
  if (!device) throw die(`no PCI device found for ${id}`);
  return device;
}

/** Path of a mapped device on this node; a bare id stands for itself. */
function resolve(call: Call): string {
  const given = text(call, "pci-id-or-mapping")!;
  if (/^(?:[0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-9a-f]$/.test(given)) return given;
  const maps = call.state.datacenter.mappings.pci.get(given)?.map;
  if (maps === undefined) throw parameterRefusal({ "pci-id-or-mapping": `no such pci mapping '${given}'` });
  for (const entry of Array.isArray(maps) ? maps : [maps]) {
    const values = Object.fromEntries(
      String(entry)
        .split(",")
        .map((part) => part.split("=")),
    );
    if (values.node === nodeName(call) && values.path !== undefined) return values.path.split(";")[0];
  }
  throw die(`No PCI device mapping found for mapping: ${given}`);
}

function mdev(call: Call): Record<string, unknown>[] {
  return findDevice(hostOf(call), resolve(call)).mdev === 1 ? MEDIATED.map((type) => ({ ...type })) : [];
}

/** Devices of a node that can be handed to guests. */
export const hardwareRoutes: readonly Route[] = [
  directory("GET /nodes/{node}/hardware", "pci usb", "type", true),
  { id: "GET /nodes/{node}/hardware/pci", run: (call) => ({ data: pci(call) }) },
  directory("GET /nodes/{node}/hardware/pci/{pci-id-or-mapping}", "mdev", "method", true),
  { id: "GET /nodes/{node}/hardware/pci/{pci-id-or-mapping}/mdev", run: (call) => ({ data: mdev(call) }) },
  { id: "GET /nodes/{node}/hardware/usb", run: (call) => ({ data: hostOf(call).profile.usb }) },
];
