import * as z from "zod";
import { putClusterMappingPciById } from "../../../generated/clients/cluster-mapping.ts";
import type { PutClusterMappingPciByIdParams } from "../../../generated/types/cluster-mapping.ts";
import { type Change, change, changeArguments, changeOutput } from "../change.ts";
import { defineTool } from "../contract.ts";
import { writeWithDigest } from "../digest-loop.ts";
import { ArgumentError } from "../errors.ts";
import { diffOutput } from "../plan.ts";
import { optionNames } from "../vm/arguments.ts";
import { describeDevices } from "./pci-devices.ts";
import { type MappedDevice, mapLine, type PciMapping } from "./pci-mapping.ts";
import { checkMappingInput, devicePaths, mappingInput, rawMap } from "./pci-mapping-input.ts";
import { readMapping } from "./read-pci-mapping.ts";

type Row = { key: string; from?: unknown; to?: unknown };

export default defineTool({
  name: "proxmox_pci_mapping_update",
  title: "Change a PCI mapping",
  description:
    "Change a PCI resource mapping: its devices, description, mdev or migration ability. Running VMs keep what they have until they start anew.",
  toolset: "cluster",
  class: "mutate",
  idempotent: true,
  input: z.strictObject({
    ...mappingInput,
    devices: devicePaths("PCI addresses by node, in the place of that node's old ones; [] for none"),
    delete: optionNames("Options to unset"),
    ...changeArguments,
  }),
  output: z.object({ cluster: z.string(), id: z.string(), changed: diffOutput.optional(), ...changeOutput }),
  async run(context, { cluster, id, devices, config, delete: unset, ...input }) {
    checkMappingInput(config, devices);
    const one = context.cluster(cluster);
    if (devices === undefined && unset.length === 0 && Object.keys(config).length === 0)
      throw new ArgumentError("devices", "is missing, and so are config and delete", "Say what is to change.");
    const described = devices && (await describeDevices(context, one, devices));
    const { map: raw, ...options } = config;
    const mapFor = (mapping: PciMapping) =>
      raw === undefined ? withDevices(mapping, described ?? [], Object.keys(devices ?? {})).map(mapLine) : rawMap(raw);
    const { changed, data, failed } = await writeWithDigest({
      what: `PCI mapping ${id}`,
      read: () => readMapping(one.send, id, one.name),
      touched: (mapping) => touched(mapping, [...Object.keys(options), ...unset], devices, raw !== undefined),
      write: async (mapping): Promise<Pick<Change, "data" | "failed"> & { changed: Row[] }> => {
        const map = mapFor(mapping);
        if (map.length === 0)
          throw new ArgumentError("devices", "would leave the mapping without any", "Use proxmox_pci_mapping_delete.");
        const changed = differences(mapping, { ...options, map }, unset);
        if (changed.length === 0) return { changed, data: { warnings: ["Nothing had to be changed."] } };
        const params: PutClusterMappingPciByIdParams = {
          id,
          ...options,
          // The host wants the map with every change.
          map,
          ...(unset.length > 0 ? { delete: unset } : {}),
          ...(mapping.digest === undefined ? {} : { digest: mapping.digest }),
        };
        const request = (send: typeof one.send) => putClusterMappingPciById(send, params);
        return { changed, ...(await change(context, one, request, input, { diff: changed })) };
      },
      once: one.caller.grant !== undefined,
    });
    return {
      data: { cluster: one.name, id, ...(input.dryRun ? {} : { changed }), ...data },
      ...(failed ? { failed } : {}),
    };
  },
});

/** The mapping's devices, with those of some nodes replaced; a device that stays keeps its description. */
function withDevices(mapping: PciMapping, wanted: readonly MappedDevice[], nodes: readonly string[]): MappedDevice[] {
  const kept = mapping.devices.filter(({ node }) => !nodes.includes(node));
  const replaced = wanted.map((device) => {
    const old = mapping.devices.find(({ node, path }) => node === device.node && path === device.path);
    return { ...device, ...(old?.description === undefined ? {} : { description: old.description }) };
  });
  return [...kept, ...replaced];
}

/** What the change depends on: the options that it names, and the devices of the nodes that it names. */
function touched(
  mapping: PciMapping,
  options: readonly string[],
  devices: Readonly<Record<string, unknown>> | undefined,
  all: boolean,
): Record<string, unknown> {
  const values = mapping as unknown as Record<string, unknown>;
  const result: Record<string, unknown> = Object.fromEntries(options.map((key) => [key, values[key]]));
  const nodes = all ? mapping.devices.map(({ node }) => node) : Object.keys(devices ?? {});
  for (const node of nodes)
    result[`devices on ${node}`] = mapping.devices.filter((device) => device.node === node).map(mapLine);
  return result;
}

function differences(mapping: PciMapping, options: Readonly<Record<string, unknown>>, unset: readonly string[]): Row[] {
  const { devices, ...rest } = mapping;
  const before: Record<string, unknown> = { ...rest, map: devices.map(mapLine) };
  const set = Object.entries(options).map(([key, to]) => ({ key, from: before[key], to }));
  const gone = unset.filter((key) => before[key] !== undefined && before[key] !== false);
  return [
    ...set.filter(({ from, to }) => plain(from) !== plain(to)),
    ...gone.map((key) => ({ key, from: before[key] })),
  ].map(({ from, ...row }) => (from === undefined ? row : { ...row, from }));
}

/** Equal for what the API takes for equal: 1 and true, the same lines. */
function plain(value: unknown): string {
  if (typeof value === "boolean") return value ? "1" : "0";
  return typeof value === "object" ? JSON.stringify(value) : String(value ?? "");
}
