import { CPU_FLAGS } from "./format-data/words.ts";
import { leadingNumber } from "./text.ts";

/** A property string's values by key, aliases resolved; booleans of `key=value` parts are "1" or "0". */
export type Properties = Readonly<Record<string, string>>;

const truthy = (value: string | undefined): boolean => value !== undefined && value !== "" && value !== "0";

function cpuFault(cpu: Properties): string | undefined {
  if (!truthy(cpu.cputype)) return "must name a CPU model, e.g. x86-64-v2-AES or host";
  if (cpu["reported-model"] !== undefined) return "may not have reported-model, which belongs to custom CPU models";
  const flags = cpu.flags?.replace(/\n$/, "").split(";") ?? [];
  const unknown = flags.find((flag) => !CPU_FLAGS.includes(flag.slice(1)));
  return unknown === undefined
    ? undefined
    : `has a flag that a guest may not set; these may be set: ${CPU_FLAGS.join(", ")}`;
}

function pruneFault(keep: Properties): string | undefined {
  if (!truthy(keep["keep-all"])) return undefined;
  const other = Object.keys(keep).find((key) => key !== "keep-all" && leadingNumber(keep[key]!.replace(/^\+/, "")) > 0);
  return other === undefined ? undefined : `has keep-all beside ${other}: keep all, or say how many`;
}

/** What the object formats ask for beyond their keys: the fault in plain words, or nothing. */
export const OBJECT_RULES: Readonly<Record<string, (properties: Properties) => string | undefined>> = {
  "pve-vm-cpu-conf": cpuFault,
  "prune-backups": pruneFault,
  "backup-fleecing": (fleecing) =>
    truthy(fleecing.enabled) && fleecing.storage === undefined
      ? "needs storage when it is enabled, e.g. enabled=1,storage=local-lvm"
      : undefined,
};
