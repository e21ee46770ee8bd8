import { OBJECT_FORMATS } from "../../schema/format-data/objects.ts";
import { PropertyStringError, parsePropertyString } from "../../schema/property-string.ts";
import { ArgumentError } from "../errors.ts";

type Config = Readonly<Record<string, string>>;

/** The devices of `boot=order=…`; nothing for the legacy forms, and for what cannot be read. */
function bootDevices(boot: string | undefined): string[] | undefined {
  if (boot === undefined) return undefined;
  try {
    const { order } = parsePropertyString(OBJECT_FORMATS["pve-qm-boot"]!, boot.trim());
    return order?.split(/[;,\s]+/).filter((device) => device !== "");
  } catch (error) {
    if (error instanceof PropertyStringError) return undefined;
    throw error;
  }
}

/** Refuses a boot order of devices that the VM will not have (pve-facts 68). */
export function checkBoot(current: Config, set: ReadonlyMap<string, string>, gone: readonly string[]): void {
  const devices = bootDevices(set.get("boot")) ?? [];
  const missing = devices.filter((device) => gone.includes(device) || !(device in current || set.has(device)));
  if (missing.length === 0) return;
  throw new ArgumentError(
    "config.boot",
    `names ${missing.join(", ")}, which the VM ${missing.some((one) => gone.includes(one)) ? "loses by delete" : "does not have"}`,
    `It could boot from: ${bootable(current, set, gone).join(", ") || "nothing"}.`,
  );
}

/** What a removal does to the order: Proxmox edits it without a word (pve-facts 68). */
export function bootNotes(current: Config, set: ReadonlyMap<string, string>, gone: readonly string[]): string[] {
  if (set.has("boot")) return [];
  const order = bootDevices(current.boot) ?? [];
  const leaving = order.filter((device) => gone.includes(device));
  if (leaving.length === 0) return [];
  const left = order.filter((device) => !gone.includes(device));
  return [`boot: ${leaving.join(", ")} leaves the boot order; left: ${left.join(", ") || "nothing to boot from"}.`];
}

function bootable(current: Config, set: ReadonlyMap<string, string>, gone: readonly string[]): string[] {
  return [...new Set([...Object.keys(current), ...set.keys()])]
    .filter((key) => /^(?:(?:ide|sata|scsi|virtio|net|hostpci|usb)\d+)$/.test(key) && !gone.includes(key))
    .sort();
}
