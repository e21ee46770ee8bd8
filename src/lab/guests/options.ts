import { wire } from "../../../generated/wire.ts";
import type { Fact } from "../../schema/facts.ts";
import { forbidden } from "../refusal.ts";
import { type Call, may } from "../routes/route.ts";
import { isRoot } from "../routes/volume-access.ts";
import type { ConfigValue } from "../state/types.ts";
import { isDrive } from "./drives.ts";

/** Keys of a configuration update that steer it and are no configuration themselves. */
export const CONTROL: ReadonlySet<string> = new Set([
  "node",
  "vmid",
  "digest",
  "delete",
  "revert",
  "force",
  "skiplock",
  "skip_cloud_init",
  "background_delay",
  "import-working-storage",
]);

const operation = wire.operations["PUT /nodes/{node}/qemu/{vmid}/config"]!;

/** What the schema says of an option, members of indexed families included; nothing for an unknown one. */
function optionFact(key: string): Fact | undefined {
  if (CONTROL.has(key)) return undefined;
  const own = Object.hasOwn(operation.parameters, key) ? operation.parameters[key] : undefined;
  if (own !== undefined) return wire.facts[own];
  const member = /^(.*?)(0|[1-9]\d*)$/.exec(key);
  if (!member || Number(member[2]) >= (operation.families?.[member[1]!] ?? 0)) return undefined;
  return wire.facts[operation.parameters[`${member[1]}[n]`] ?? -1];
}

/** Options that only the server sets, and that may be deleted all the same. */
const INNER = new Set(["vmstate", "runningmachine", "runningcpu", "parent", "snaptime"]);

export function optionExists(key: string): boolean {
  return optionFact(key) !== undefined || INNER.has(key);
}

/** A value as the configuration file gives it back: integers and booleans as numbers, all else as text. */
export function stored(key: string, value: unknown): ConfigValue {
  const type = optionFact(key)?.type;
  if (type === "integer" || type === "boolean") return Number(value);
  return String(value).replace(/\s+$/, "");
}

type Rule = readonly [RegExp, readonly string[]];

/** The privileges of which an option wants one; what no rule names is for root alone. */
const RULES: readonly Rule[] = [
  [/^(?:cores|cpu|cpulimit|cpuunits|numa\d*|runningcpu|smp|sockets|vcpus)$/, ["VM.Config.CPU"]],
  [/^(?:memory|balloon|shares|allow-ksm)$/, ["VM.Config.Memory"]],
  [
    /^(?:acpi|hotplug|kvm|machine|runningmachine|scsihw|smbios1|tablet|vga|watchdog|audio0|rng0)$/,
    ["VM.Config.HWType"],
  ],
  [
    /^(?:agent|autostart|bios|description|keyboard|localtime|migrate_(?:downtime|speed)|name|onboot|ostype|protection|reboot|startdate|startup|tdf|template)$/,
    ["VM.Config.Options"],
  ],
  [/^freeze$/, ["VM.PowerMgmt"]],
  [/^(?:boot|bootdisk|vmstatestorage|vmstate)$/, ["VM.Config.Disk"]],
  [/^net\d+$/, ["VM.Config.Network"]],
  [
    /^(?:cicustom|cipassword|citype|ciupgrade|ciuser|nameserver|searchdomain|sshkeys|ipconfig\d+)$/,
    ["VM.Config.Cloudinit", "VM.Config.Network"],
  ],
];
const BY_VALUE = /^(?:unused|serial|usb|hostpci|virtiofs)\d+$/;

/** Options of which the drive holds a copy. */
export const CLOUDINIT =
  /^(?:cicustom|cipassword|citype|ciuser|ciupgrade|nameserver|searchdomain|sshkeys|ipconfig\d+|name)$/;

function mayOne(call: Call, vmid: number, privileges: readonly string[], pool?: string): boolean {
  return privileges.some(
    (privilege) =>
      may(call, `/vms/${vmid}`, privilege) || (pool !== undefined && may(call, `/pool/${pool}`, privilege)),
  );
}

/** Refuses options that the caller may not change. */
export function checkOptions(call: Call, vmid: number, keys: readonly string[], pool?: string): void {
  if (isRoot(call)) return;
  for (const key of keys) {
    if (key === "cdrom" || key === "tags" || BY_VALUE.test(key)) continue;
    const privileges = isDrive(key)
      ? ["VM.Config.Disk", "VM.Config.CDROM"]
      : RULES.find(([pattern]) => pattern.test(key))?.[1];
    if (!privileges) throw new Error(`only root can set '${key}' config`);
    if (!mayOne(call, vmid, privileges, pool)) throw forbidden(`/vms/${vmid}`, privileges.slice(0, 1));
    if (key === "startup" && !may(call, "/", "Sys.Modify")) throw forbidden("/", ["Sys.Modify"]);
  }
}

/** Tags as they are stored: without doubles, in order, in small letters unless the cluster tells otherwise. */
export function uniqueTags(text: string, style: ConfigValue | undefined): string {
  const rules = String(style ?? "");
  const all = text.split(/[,;\s\0]+/).filter((tag) => tag !== "");
  const unique = [...new Set(/case-sensitive=1/.test(rules) ? all : all.map((tag) => tag.toLowerCase()))];
  return (/ordering=config/.test(rules) ? unique : unique.sort()).join(";");
}
