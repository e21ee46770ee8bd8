import * as z from "zod";
import type { PostClusterMappingPciParams } from "../../../generated/types/cluster-mapping.ts";
import { cluster, type Listed } from "../arguments.ts";
import { ArgumentError } from "../errors.ts";
import { options } from "../vm/arguments.ts";
import type { DevicePaths } from "./pci-devices.ts";

/** Arguments that the tools which write a mapping share. */
export const mappingInput = {
  cluster,
  id: z.string(),
  config: options("description, mdev, live-migration-capable, map"),
};

/** PCI addresses by node. */
export function devicePaths(description: string) {
  return z
    .record(z.string(), z.union([z.string().min(1), z.array(z.string().min(1))]))
    .optional()
    .meta({ listed: { type: "object", description } } satisfies Listed);
}

type Map = PostClusterMappingPciParams["map"];

/** A raw `map` as it was given; the schema judges it. */
export function rawMap(given: unknown): Map {
  return (Array.isArray(given) ? given : given === undefined || given === null ? [] : [given]) as Map;
}

/** Keys of the API that have an argument of their own. */
const OWN = ["id", "digest", "delete"];

/** Refuses what is said twice, or in the wrong place. */
export function checkMappingInput(config: Readonly<Record<string, unknown>>, devices: DevicePaths | undefined): void {
  for (const key of OWN)
    if (key in config)
      throw new ArgumentError(`config.${key}`, "does not belong there", "Use the argument of its own.");
  if (config.map !== undefined && devices !== undefined)
    throw new ArgumentError("config.map", "and devices both say what the mapping holds", "Give one of them.");
}
