import { type Keys, PropertyStringError, parsePropertyString } from "../../schema/property-string.ts";

/** A drive as far as a change of it has to know. */
export interface Drive {
  file: string;
  cdrom: boolean;
  cloudinit: boolean;
  values: Readonly<Record<string, string>>;
}

const DRIVE = /^(?:(?:ide|sata|scsi|virtio)\d+|efidisk0|tpmstate0)$/;

/** Whether an option is a drive of the VM, in use. */
export function isDrive(key: string): boolean {
  return DRIVE.test(key);
}

/** Whether an option names a volume that the VM does not use any more. */
export function isUnused(key: string): boolean {
  return /^unused\d+$/.test(key);
}

/** Reads a drive; of a text that is none, what it names first. */
export function parseDrive(keys: Keys, text: string): Drive {
  const values = valuesOf(keys, text);
  const file = values.file ?? "";
  return {
    file,
    cdrom: values.media === "cdrom",
    cloudinit: /[:/](?:vm-\d+-)?cloudinit(?:\.\w+)?$|^cloudinit$/.test(file),
    values,
  };
}

function valuesOf(keys: Keys, text: string): Record<string, string> {
  try {
    return parsePropertyString(keys, text);
  } catch (error) {
    if (!(error instanceof PropertyStringError)) throw error;
    return { file: text.split(",")[0]!, ...(/,media=cdrom(?:,|$)/.test(text) ? { media: "cdrom" } : {}) };
  }
}

/** Whether a drive holds a volume with somebody's data: no CD, no cloud-init drive, not empty. */
export function holdsData(drive: Drive): boolean {
  return !drive.cdrom && !drive.cloudinit && drive.file !== "" && drive.file !== "none";
}

/** Whether a drive asks for a new volume: `store:32`, or an import. */
export function asksForVolume(file: string): boolean {
  return /^(?:[^/:\s]+:)?\d+(?:\.\d+)?$/.test(file);
}
