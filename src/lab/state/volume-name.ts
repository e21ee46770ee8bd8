import { pluginOf } from "./storage-plugins.ts";
import type { LabStorage, LabVolume } from "./types.ts";

/** What the name of a volume tells. */
export interface VolumeName {
  kind: LabVolume["content"];
  /** File name, or the name on the device. */
  name: string;
  vmid?: number;
  /** Volume name of the template's disk that a linked clone grew from. */
  base?: string;
  isBase: boolean;
  format: string;
}

const IMAGE = /^(?:base-)?[^/\s]+\.(raw|qcow2|vmdk|subvol)$/;
const BACKUP = /\.(?:tgz|(?:tar|vma)(?:\.(?:gz|lzo|zst|bz2))?)$/;
/** Extensions of container templates. */
export const TEMPLATE_FILE = /\.tar(?:\.(?:gz|xz|zst|bz2))?$/i;
/** Extensions of images of optical disks. */
export const ISO_FILE = /\.(?:iso|img)$/i;
/** Extensions of what guests can be made from. */
export const IMPORT_FILE = /\.(?:ova|ovf|qcow2|raw|vmdk)$/;

/** The storage and the name of a volume id, or PVE's complaint. */
export function splitVolid(volid: string): { storage: string; name: string } {
  const match = /^([a-z][a-z0-9._-]*[a-z0-9]):(.+)$/is.exec(volid);
  if (!match) throw new Error(`unable to parse volume ID '${volid}'`);
  return { storage: match[1]!, name: match[2]! };
}

/** The format of an image file, or PVE's complaint about its name. */
export function imageFormat(name: string): string {
  const match = IMAGE.exec(name);
  if (!match) throw new Error(`unable to parse volume filename '${name}'`);
  return match[1]!;
}

function parseFile(volname: string): VolumeName {
  const plain = { isBase: false, format: "raw" };
  const linked = /^(\d+)\/(\S+)\/(\d+)\/(\S+)$/.exec(volname);
  if (linked) {
    imageFormat(linked[2]!);
    const name = linked[4]!;
    return {
      kind: "images",
      name,
      vmid: Number(linked[3]),
      base: `${linked[1]}/${linked[2]}`,
      isBase: name.startsWith("base-"),
      format: imageFormat(name),
    };
  }
  const image = /^(\d+)\/(\S+)$/.exec(volname);
  if (image) {
    const name = image[2]!;
    return {
      kind: "images",
      name,
      vmid: Number(image[1]),
      isBase: name.startsWith("base-"),
      format: imageFormat(name),
    };
  }
  const file = /^(iso|vztmpl|backup|snippets|import)\/([^/]+)$/.exec(volname);
  if (file) {
    const kind = file[1] as VolumeName["kind"];
    const name = file[2]!;
    const owner = /^vzdump-(?:openvz|lxc|qemu)-(\d+)-.+/.exec(name)?.[1];
    if (kind === "iso" && ISO_FILE.test(name)) return { kind, name, ...plain };
    if (kind === "vztmpl" && TEMPLATE_FILE.test(name)) return { kind, name, ...plain };
    if (kind === "snippets") return { kind, name, ...plain };
    if (kind === "backup" && BACKUP.test(name))
      return { kind, name, ...(owner === undefined ? {} : { vmid: Number(owner) }), ...plain };
    if (kind === "import" && IMPORT_FILE.test(name)) return { kind, name, isBase: false, format: extension(name) };
  }
  throw new Error(`unable to parse directory volume name '${volname}'`);
}

/** What follows the last dot. */
export function extension(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

function parseBlock(type: string, volname: string): VolumeName {
  const match = /^(?:((?:base|basevol)-\d+-\S+)\/)?((vm|base|subvol|basevol)-(\d+)-\S+)$/.exec(volname);
  if (!match) {
    const word = { zfspool: "zfs", lvmthin: "lvm" }[type] ?? type;
    throw new Error(`unable to parse ${word} volume name '${volname}'`);
  }
  const kind = match[3]!;
  return {
    kind: "images",
    name: match[2]!,
    vmid: Number(match[4]),
    ...(match[1] === undefined ? {} : { base: match[1] }),
    isBase: kind.startsWith("base"),
    format: kind === "subvol" || kind === "basevol" ? "subvol" : "raw",
  };
}

function parsePbs(volname: string): VolumeName {
  const match = /^backup\/((vm|ct|host)\/([^/]+)\/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)$/.exec(volname);
  if (!match) throw new Error(`unable to parse PBS volume name '${volname}'`);
  const owner = Number(match[3]);
  return {
    kind: "backup",
    name: match[1]!,
    ...(Number.isInteger(owner) ? { vmid: owner } : {}),
    isBase: false,
    format: match[2] === "vm" ? "pbs-vm" : "pbs-ct",
  };
}

/** What a volume's name tells on its storage, or PVE's complaint about the name. */
export function parseVolname(storage: LabStorage, volname: string): VolumeName {
  if (storage.type === "pbs") return parsePbs(volname);
  return pluginOf(storage.type).files ? parseFile(volname) : parseBlock(storage.type, volname);
}
