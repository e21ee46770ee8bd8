import { isDeepStrictEqual } from "node:util";
import { isObject, type Json, type JsonObject } from "./upstream.ts";
import type { VendoredOperation } from "./vendor.ts";

/** A correction of the vendored facts, at a JSON pointer behind the operation: `GET /path#/returns/items`. */
export interface Override {
  at: string | readonly string[];
  /** What must stand there for the correction to be right. */
  was?: JsonObject;
  set?: JsonObject;
  drop?: readonly string[];
  because: string;
}

/** A correction that no longer fits the vendored facts. */
export class StaleOverrideError extends Error {
  override readonly name = "StaleOverrideError";
  constructor(at: string, problem: string) {
    super(`override at ${at}: ${problem}; review it in codegen/overrides.ts`);
  }
}

const writes = (name: string): string[] => [
  `POST /nodes/{node}/qemu#/parameters/properties/${name}`,
  `POST /nodes/{node}/qemu/{vmid}/config#/parameters/properties/${name}`,
  `PUT /nodes/{node}/qemu/{vmid}/config#/parameters/properties/${name}`,
];
const containers = (name: string): string[] => [
  `POST /nodes/{node}/lxc#/parameters/properties/${name}`,
  `PUT /nodes/{node}/lxc/{vmid}/config#/parameters/properties/${name}`,
  `GET /nodes/{node}/lxc/{vmid}/config#/returns/properties/${name}`,
];
const cpuModels = (name: string): string[] => [
  `POST /cluster/qemu/custom-cpu-models#/parameters/properties/${name}`,
  `PUT /cluster/qemu/custom-cpu-models/{cputype}#/parameters/properties/${name}`,
  `GET /cluster/qemu/custom-cpu-models#/returns/items/properties/${name}`,
  `GET /cluster/qemu/custom-cpu-models/{cputype}#/returns/properties/${name}`,
];

const LABEL = "(?:[a-zA-Z\\d]|[a-zA-Z\\d][a-zA-Z\\d-]*[a-zA-Z\\d])";
const LINEAR_LABEL = "[a-zA-Z\\d]+(?:-+[a-zA-Z\\d]+)*";
const PART = "[a-z\\d]+(?:(?:[._]|__|[-]*)[a-z\\d]+)*";
const LINEAR_PART = "[a-z\\d]+(?:(?:[._]|__|-+)[a-z\\d]+)*";
const reference = (label: string, part: string, tag: string): string =>
  `^(?:${label}(?:\\.${label})*(?::\\d+)?/)?${part}(?:/${part})*${tag}$`;
const TAG = ":\\w[\\w.-]{0,127}";

export const overrides: readonly Override[] = [
  {
    at: [
      "GET /cluster/notifications/matcher-field-values#/parameters",
      "GET /cluster/qemu/custom-cpu-models#/parameters",
      "GET /cluster/firewall#/parameters",
      "GET /cluster/firewall/options#/parameters",
      "GET /cluster/firewall/macros#/parameters",
      "GET /access/ticket#/parameters",
    ],
    was: { additionalProperties: 0 },
    set: { additionalProperties: 1 },
    because: "the server accepts unknown parameters here, though its schema says it does not",
  },
  {
    at: [
      "POST /cluster/sdn/fabrics/node/{fabric_id}#/parameters/properties/interfaces",
      "PUT /cluster/sdn/fabrics/node/{fabric_id}/{node_id}#/parameters/properties/interfaces",
      "PUT /cluster/sdn/fabrics/fabric/{id}#/parameters/properties/delete",
    ],
    set: { optional: 1 },
    because: "only its alternatives are marked optional, and the server takes the call without it",
  },
  {
    at: "GET /nodes/{node}/query-oci-repo-tags#/parameters/properties/reference",
    was: { pattern: reference(LABEL, PART, "") },
    set: { pattern: reference(LINEAR_LABEL, LINEAR_PART, "") },
    because: "exponential in a backtracking engine: the separator may be empty; same language without that",
  },
  {
    at: "POST /nodes/{node}/storage/{storage}/oci-registry-pull#/parameters/properties/reference",
    was: { pattern: reference(LABEL, PART, TAG) },
    set: { pattern: reference(LINEAR_LABEL, LINEAR_PART, TAG) },
    because: "exponential in a backtracking engine: the separator may be empty; same language without that",
  },
  {
    at: cpuModels("flags"),
    was: { pattern: null },
    set: { pattern: "[+-][a-zA-Z0-9\\-_.]+(;[+-][a-zA-Z0-9\\-_.]+)*" },
    because:
      "a compiled pattern that the dump lost and no older version states; the server refuses a flag without sign",
  },
  {
    at: cpuModels("hv-vendor-id"),
    was: { pattern: null },
    set: { pattern: "[a-zA-Z0-9]{1,12}" },
    because: "a compiled pattern that the dump lost; the same key of a guest's cpu value is 1 to 12 letters or digits",
  },
  {
    at: [...containers("mp[n]/format/idmap"), ...containers("rootfs/format/idmap")],
    was: { pattern: null },
    set: { pattern: "passthrough|[ug]:\\d+:\\d+:\\d+(;[ug]:\\d+:\\d+:\\d+)*" },
    because:
      "a compiled pattern that the dump lost and no older version states; type:container:disk:size, or passthrough",
  },
  {
    at: [...writes("boot"), "GET /nodes/{node}/qemu/{vmid}/config#/returns/properties/boot"],
    was: { deprecated: true },
    drop: ["deprecated"],
    because: "only its form without a key is deprecated",
  },
  {
    at: [
      ...writes("agent/format/freeze-fs"),
      ...writes("efidisk0/format/ms-cert"),
      "GET /nodes/{node}/qemu/{vmid}/config#/returns/properties/agent/format/freeze-fs",
      "GET /nodes/{node}/qemu/{vmid}/config#/returns/properties/efidisk0/format/ms-cert",
    ],
    was: { deprecated: true },
    drop: ["deprecated"],
    because: "its prose speaks of another key or value that is deprecated",
  },
  {
    at: ["PUT /cluster/options#/parameters/properties/console", "GET /cluster/options#/returns/properties/console"],
    was: { deprecated: true },
    drop: ["deprecated"],
    because: "only one of its values is deprecated",
  },
];

function correct(node: Json, pointer: readonly string[], at: string, override: Override): Json {
  if (!isObject(node)) throw new StaleOverrideError(at, `nothing at ${pointer.join("/")}`);
  const [step, ...rest] = pointer;
  if (step !== undefined) {
    if (!Object.hasOwn(node, step)) throw new StaleOverrideError(at, `no \`${step}\` there any more`);
    return { ...node, [step]: correct(node[step]!, rest, at, override) };
  }
  const { was = {}, set = {}, drop = [] } = override;
  for (const [keyword, value] of Object.entries(was))
    if (!isDeepStrictEqual(node[keyword], value))
      throw new StaleOverrideError(at, `\`${keyword}\` is now ${JSON.stringify(node[keyword])}`);
  for (const [keyword, value] of Object.entries(set))
    if (isDeepStrictEqual(node[keyword], value))
      throw new StaleOverrideError(at, `\`${keyword}\` is ${JSON.stringify(value)} upstream too`);
  for (const keyword of drop)
    if (!Object.hasOwn(node, keyword)) throw new StaleOverrideError(at, `\`${keyword}\` is gone upstream too`);
  const copy: Record<string, Json> = { ...node, ...set };
  for (const keyword of drop) delete copy[keyword];
  return copy;
}

/** The operations with all corrections applied; throws StaleOverrideError. */
export function applyOverrides(
  operations: Readonly<Record<string, VendoredOperation>>,
  table: readonly Override[] = overrides,
): Record<string, VendoredOperation> {
  const result = { ...operations };
  for (const override of table)
    for (const at of [override.at].flat()) {
      const [id, pointer] = at.split("#") as [string, string];
      const operation = result[id];
      if (!operation) throw new StaleOverrideError(at, "no such operation");
      result[id] = correct(operation as never, pointer.split("/").slice(1), at, override) as never;
    }
  return result;
}

/** How many members each indexed family has; the schema only says `net[n]`. */
export const familySizes: readonly { under: string; sizes: Readonly<Record<string, number>> }[] = [
  {
    under: "/nodes/{node}/qemu",
    sizes: {
      net: 32,
      ide: 4,
      sata: 6,
      scsi: 31,
      virtio: 16,
      unused: 256,
      numa: 8,
      hostpci: 16,
      usb: 14,
      serial: 4,
      parallel: 3,
      virtiofs: 10,
      ipconfig: 32,
    },
  },
  { under: "/nodes/{node}/lxc", sizes: { net: 32, mp: 256, dev: 256, unused: 256 } },
  { under: "/cluster/config", sizes: { link: 8 } },
  { under: "/nodes/{node}/config", sizes: { acmedomain: 6 } },
];
