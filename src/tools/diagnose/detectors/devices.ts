import { type Detector, type RankedCause, STAGE } from "../cause.ts";
import { configLine, logLine, quote, settled } from "../evidence.ts";
import type { MappingFact, VmFacts } from "../facts.ts";
import { apiGet, nodeGet, pciMapping, vmGet } from "../next-calls.ts";
import { type HostDevice, hostDevicesOf } from "../vm-config.ts";

const KINDS = {
  hostpci: { name: "PCI", api: "pci" },
  usb: { name: "USB", api: "usb" },
} as const;

type Kind = keyof typeof KINDS;

function mapped(
  facts: VmFacts,
  kind: Kind,
  device: HostDevice & { mapping: string },
  known: ReadonlyMap<string, MappingFact> | undefined,
): RankedCause | undefined {
  const { name, api } = KINDS[kind];
  const { mapping } = device;
  const mine = [
    `${name} device mapping not found for '${mapping}'`,
    `${name} mapping not found`,
    "hardware probably changed",
  ];
  const line = logLine(facts, new RegExp(mine.map(literal).join("|"), "i"));
  const fact = known?.get(mapping);
  if (fact?.defined && fact.complaint === undefined) {
    return line?.says.includes(mapping)
      ? settled(facts, STAGE.device, line, `mapping ${mapping} fits ${facts.node}`)
      : undefined;
  }
  if (!fact && !line?.says.includes(`'${mapping}'`)) return undefined;
  const where = `GET /cluster/mapping/${api}?check-node=${facts.node}`;
  const next =
    kind === "hostpci"
      ? pciMapping(facts, mapping, `Map it to a device of ${facts.node}, or take ${device.key} out.`)
      : apiGet(
          facts,
          `/cluster/mapping/usb/${mapping}`,
          `Map it to a device of ${facts.node}, or take ${device.key} out.`,
        );
  return {
    cause: fact?.defined ? "device-mapping-unfit" : "device-mapping-missing",
    severity: "blocks",
    stage: STAGE.device,
    what: fact?.defined
      ? `${name} mapping ${mapping} (${device.key}) has no usable device on ${facts.node}: ${sentence(fact.complaint!)}.`
      : `${name} mapping ${mapping} (${device.key}) does not exist.`,
    evidence: [
      configLine(facts, device.key),
      ...(fact ? [{ where, says: fact.complaint ?? `no mapping ${mapping}` }] : []),
      ...(line ? [quote(line)] : []),
    ],
    next: fact && !fact.defined ? apiGet(facts, `/cluster/mapping/${api}`, next.note) : next,
  };
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function sentence(text: string): string {
  return text.trim().replace(/\.$/, "");
}

/** `81:00` stands for all functions of `0000:81:00.x`. */
function isThere(host: string, devices: ReadonlySet<string>): boolean {
  const full = (/^[\da-f]{4}:/i.test(host) ? host : `0000:${host}`).toLowerCase();
  return full.includes(".") ? devices.has(full) : [...devices].some((id) => id.startsWith(`${full}.`));
}

function raw(facts: VmFacts, device: HostDevice): RankedCause[] {
  const devices = facts.pciDevices;
  return device.hosts.flatMap((host): RankedCause[] => {
    const line = logLine(
      facts,
      new RegExp(`no pci device info for device '(?:\\d{4}:)?${literal(host.replace(/^0000:/, ""))}`, "i"),
    );
    const there = devices === undefined ? undefined : isThere(host, devices);
    if (there === true) {
      return line ? [settled(facts, STAGE.device, line, `${host} is in ${facts.node}`)] : [];
    }
    if (there === undefined && !line) return [];
    return [
      {
        cause: "pci-device-absent",
        severity: "blocks",
        stage: STAGE.device,
        what: `PCI device ${host} (${device.key}) is not in ${facts.node}.`,
        evidence: [
          configLine(facts, device.key),
          ...(there === false
            ? [{ where: `GET /nodes/${facts.node}/hardware/pci`, says: `no ${host} among ${devices!.size} devices` }]
            : []),
          ...(line ? [quote(line)] : []),
        ],
        next: apiGet(
          facts,
          `/nodes/${facts.node}/hardware/pci`,
          `Addresses change when cards move; a mapping survives that. Or take ${device.key} out.`,
          { "pci-class-blacklist": "" },
        ),
      },
    ];
  });
}

const pci: Detector<VmFacts> = (facts) => {
  const devices = facts.nextConfig ? hostDevicesOf(facts.nextConfig, "hostpci") : [];
  const causes = devices.flatMap((device): RankedCause[] => {
    if (device.mapping === undefined) return raw(facts, device);
    const one = mapped(facts, "hostpci", { ...device, mapping: device.mapping }, facts.pciMappings);
    return one ? [one] : [];
  });
  if (causes.length > 0) return { causes };
  const seen = facts.pciMappings !== undefined || facts.pciDevices !== undefined;
  return devices.length > 0 && seen ? { fine: `${count(devices.length, "PCI device")} present` } : undefined;
};

const usb: Detector<VmFacts> = (facts) => {
  const devices = facts.nextConfig ? hostDevicesOf(facts.nextConfig, "usb") : [];
  const causes = devices.flatMap((device): RankedCause[] => {
    if (device.mapping === undefined) return [];
    const one = mapped(facts, "usb", { ...device, mapping: device.mapping }, facts.usbMappings);
    return one ? [one] : [];
  });
  return causes.length > 0 ? { causes } : undefined;
};

/** What only the attempt shows: another VM has the device, or the host cannot hand it out. */
const passThrough: Detector<VmFacts> = (facts) => {
  const used = logLine(facts, /PCI device '([^']+)' already in use(?: by VMID '?(\d+)'?)?/);
  if (used) {
    const [, device, other] = used.match;
    return {
      causes: [
        {
          cause: "pci-device-in-use",
          severity: "blocks",
          stage: STAGE.device,
          what: `PCI device ${device} is in use${other === undefined ? "" : ` by VM ${other}`}.`,
          evidence: [quote(used)],
          next: other === undefined ? nodeGet(facts) : vmGet(facts, Number(other), "Only one of them can run."),
        },
      ],
    };
  }
  const iommu = logLine(
    facts,
    /IOMMU not present|failed to (?:setup container|set iommu|open \/dev\/vfio)|can't (?:reset|bind|unbind).*(?:PCI|VFIO)|vfio [\w:.]+: (?:error|failed)/i,
  );
  if (!iommu) return undefined;
  return {
    causes: [
      {
        cause: "pass-through-refused",
        severity: "blocks",
        stage: STAGE.device,
        what: `${facts.node} cannot hand the device to a VM.`,
        evidence: [quote(iommu)],
        next: apiGet(
          facts,
          `/nodes/${facts.node}/hardware/pci`,
          "IOMMU must be on in firmware and kernel, and the device's group free of what the host uses (iommugroup).",
        ),
      },
    ],
  };
};

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** Devices of the host. */
export const deviceDetectors = { pci, usb, passThrough };
