import type { Fact } from "../../schema/facts.ts";
import { OBJECT_FORMATS } from "../../schema/format-data/objects.ts";
import { CPU_FLAGS } from "../../schema/format-data/words.ts";
import { hasCpuModel } from "./host-tables.ts";
import { isTrue, numeric } from "./perl.ts";

type Values = Readonly<Record<string, string>>;

/** Limits of keys that show only in the server's answers. */
const FURTHER_LIMITS: Readonly<Record<string, Readonly<Record<string, Partial<Fact>>>>> = {
  "pve-qemu-sev-fmt": { type: { maxLength: 3 } },
};

/** The keys of a named object format. */
export const OBJECT_KEYS: ReadonlyMap<string, Readonly<Record<string, Fact>>> = new Map(
  Object.entries(OBJECT_FORMATS).map(([format, keys]) => {
    const merged: Record<string, Fact> = { ...keys };
    for (const [key, limits] of Object.entries(FURTHER_LIMITS[format] ?? {})) merged[key] = { ...keys[key], ...limits };
    return [format, merged];
  }),
);

const FLAGS = new Set(CPU_FLAGS);

function checkPruning(values: Values): string | undefined {
  if (!isTrue(values["keep-all"])) return undefined;
  const keeps = Object.entries(values).some(([key, value]) => key !== "keep-all" && numeric(value) > 0);
  return keeps ? "keep-all cannot be set together with other options.\n" : undefined;
}

function checkFleecing(values: Values): string | undefined {
  return isTrue(values.enabled) && values.storage === undefined
    ? "'storage' parameter is required when fleecing is enabled\n"
    : undefined;
}

/** What a guest may say about its processor; custom models are none of the simulated host's. */
function checkCpu(values: Values): string | undefined {
  const { cputype, flags } = values;
  if (!isTrue(cputype)) return "missing cputype\n";
  if (cputype!.startsWith("custom-")) return `Custom cputype '${cputype!.slice("custom-".length)}' not found\n`;
  if (!hasCpuModel(cputype!)) return `Built-in cputype '${cputype}' is not defined (missing 'custom-' prefix?)\n`;
  if (
    isTrue(flags) &&
    !flags!
      .replace(/\n$/, "")
      .split(";")
      .every((flag) => FLAGS.has(flag.slice(1)))
  )
    return `VM-specific CPU flags must be a subset of: ${[...FLAGS].join(", ")}\n`;
  return values["reported-model"] === undefined
    ? undefined
    : "Property 'reported-model' not allowed in VM-specific CPU config.\n";
}

/** What an object format asks beyond its keys. */
export const OBJECT_RULES: ReadonlyMap<string, (values: Values) => string | undefined> = new Map([
  ["prune-backups", checkPruning],
  ["backup-fleecing", checkFleecing],
  ["pve-vm-cpu-conf", checkCpu],
]);
