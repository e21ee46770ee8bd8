import { isDrive } from "../vm/drive.ts";

/** One drive of a VM's configuration. */
export interface VmDisk {
  /** Key in the configuration, e.g. `scsi0`. */
  key: string;
  /** Volume id, a path of the host, or `none` for an empty CD drive. */
  volume: string;
  /** Absent for a path and for an empty drive. */
  storage?: string;
  /** As the configuration says, e.g. `32G`. */
  size?: string;
  kind: "disk" | "cdrom" | "cloudinit";
}

/** The drives that a VM's configuration names, in the order of their keys. */
export function disksOf(config: Readonly<Record<string, unknown>>): VmDisk[] {
  return Object.entries(config)
    .filter(([key, value]) => isDrive(key) && typeof value === "string")
    .map(([key, value]) => readDrive(key, String(value)))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

function readDrive(key: string, text: string): VmDisk {
  const [first = "", ...options] = text.split(",");
  const option = (name: string) => options.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);
  const volume = first.startsWith("file=") ? first.slice(5) : first;
  const storage = /^([a-z][\w.-]*):/i.exec(volume)?.[1];
  const size = option("size");
  const optical = option("media") === "cdrom";
  return {
    key,
    volume,
    ...(storage === undefined ? {} : { storage }),
    ...(size === undefined ? {} : { size }),
    kind: optical && /[:/]vm-\d+-cloudinit(?:\.\w+)?$/.test(volume) ? "cloudinit" : optical ? "cdrom" : "disk",
  };
}
