import type { ConfigValue } from "../state/types.ts";
import { parsePairs, printPairs } from "./pairs.ts";
import { formatSize, parseSize } from "./sizes.ts";

export type Config = Record<string, ConfigValue>;

/** A drive of a VM: `file` and its options. */
export type Drive = Map<string, string>;

const COUNTS: readonly (readonly [string, number])[] = [
  ["ide", 4],
  ["scsi", 31],
  ["virtio", 16],
  ["sata", 6],
];

/** Names of drives in the order in which a boot device is looked for. */
const DRIVE_NAMES: readonly string[] = [
  ...COUNTS.flatMap(([bus, count]) => Array.from({ length: count }, (_, index) => `${bus}${index}`)),
  "efidisk0",
  "tpmstate0",
];
const NAMES = new Set(DRIVE_NAMES);

export function isDrive(key: string): boolean {
  return NAMES.has(key);
}

export function isUnused(key: string): boolean {
  return /^unused\d+$/.test(key);
}

export function parseDrive(text: ConfigValue): Drive {
  const drive = parsePairs(String(text), "file");
  const volume = drive.get("volume");
  if (volume !== undefined) {
    drive.delete("volume");
    drive.set("file", volume);
  }
  const size = parseSize(drive.get("size") ?? "");
  if (size !== undefined) drive.set("size", formatSize(size));
  return drive;
}

export function printDrive(drive: Drive): string {
  return printPairs(drive, "file");
}

export function fileOf(text: ConfigValue | undefined): string {
  return text === undefined ? "" : (parseDrive(text).get("file") ?? "");
}

export function isCloudinit(drive: Drive): boolean {
  return /[:/](?:vm-\d+-)?cloudinit(?:\.\w+)?$/.test(drive.get("file") ?? "");
}

/** Whether it is a CD drive; that of cloud-init counts unless told. */
export function isCdrom(drive: Drive, options: { butCloudinit?: boolean } = {}): boolean {
  if (options.butCloudinit && isCloudinit(drive)) return false;
  return drive.get("media") === "cdrom";
}

/** A text that asks for a new volume: `store:32`. */
export function newDisk(file: string): { storage: string | undefined; gib: number } | undefined {
  const match = /^(?:([^/:\s]+):)?(\d+(?:\.\d+)?)$/.exec(file);
  return match ? { storage: match[1], gib: Number(match[2]) } : undefined;
}

/** The drives of a configuration, in the order of their names. */
export function drivesOf(config: Readonly<Config>): [string, Drive][] {
  return DRIVE_NAMES.flatMap((name): [string, Drive][] => {
    const value = config[name];
    return value === undefined ? [] : [[name, parseDrive(value)]];
  });
}

/** Devices of `boot=order=…`; nothing for the legacy forms. */
export function bootOrder(config: Readonly<Config>): string[] | undefined {
  if (config.boot === undefined) return undefined;
  const order = parsePairs(String(config.boot), "legacy").get("order");
  return order === undefined ? undefined : order.split(/[;,\s]+/).filter((name) => name !== "");
}

/** The boot devices that a new VM gets: its first disk, its first CD drive and its first interface. */
export function defaultBoot(config: Readonly<Config>): string {
  const drives = drivesOf(config).filter(([name]) => name !== "efidisk0" && name !== "tpmstate0");
  const disk = drives.find(([, drive]) => !isCdrom(drive))?.[0];
  const cdrom = drives.find(([, drive]) => isCdrom(drive))?.[0];
  const net = Array.from({ length: 32 }, (_, index) => `net${index}`).find((name) => name in config);
  const devices = [disk, cdrom, net].filter((name) => name !== undefined);
  // An empty order is stored as an empty line, which is read back as a blank.
  return devices.length === 0 ? " " : `order=${devices.join(";")}`;
}

/** Bytes of the disk that a VM boots from; 0 without one. */
export function bootDiskSize(config: Readonly<Config>): number {
  const order = bootOrder(config) ?? (config.bootdisk === undefined ? [] : [String(config.bootdisk)]);
  for (const name of order) {
    const value = config[name];
    if (!isDrive(name) || value === undefined) continue;
    const drive = parseDrive(value);
    if (!isCdrom(drive)) return parseSize(drive.get("size") ?? "0") ?? 0;
  }
  return 0;
}
