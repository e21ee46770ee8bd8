import { formatSize, parseSize } from "../guests/sizes.ts";
import type { ClusterState } from "../state/cluster.ts";
import { activeStorage } from "../state/storage.ts";
import { pluginOf } from "../state/storage-plugins.ts";
import type { ConfigValue, LabGuest, LabStorage } from "../state/types.ts";
import { allocate } from "../state/volume.ts";

/** A container's place for data: `volume` and its options. */
export type Mount = Map<string, string>;

/** Whether an option of a container is a place for data. */
export function isMount(key: string): boolean {
  return key === "rootfs" || /^mp\d+$/.test(key);
}

/** Splits a property string of containers; the value without a key is `first`. */
function split(text: string, first: string): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const part of text.split(",")) {
    if (part.trim() === "") continue;
    const at = part.indexOf("=");
    if (at < 0) pairs.set(first, part);
    else pairs.set(part.slice(0, at), part.slice(at + 1));
  }
  return pairs;
}

/** The default key first and bare, then those that must be there, then the rest by name. */
function join(pairs: ReadonlyMap<string, string>, bare: string | undefined, required: readonly string[]): string {
  const rest = [...pairs.keys()].filter((key) => key !== bare && !required.includes(key)).sort();
  const keys = [...required.filter((key) => pairs.has(key)), ...rest].map((key) => `${key}=${pairs.get(key)}`);
  const first = bare === undefined ? undefined : pairs.get(bare);
  return [...(first === undefined ? [] : [first]), ...keys].join(",");
}

export function parseMount(value: ConfigValue): Mount {
  return split(String(value), "volume");
}

export function printMount(mount: Mount): string {
  return join(mount, "volume", ["mp"]);
}

/** Volumes are looked after; a device or a folder of the host is root's affair. */
export function mountType(mount: Mount): "volume" | "device" | "bind" {
  const volume = mount.get("volume") ?? "";
  if (/^\/dev\//.test(volume)) return "device";
  return volume.startsWith("/") ? "bind" : "volume";
}

/** Storage and gibibytes of a volume that is still to be made. */
export function wantedVolume(mount: Mount): { storage: string; gib: number } | undefined {
  const match = /^([^:\s]+):(\d+(?:\.\d+)?)$/.exec(mount.get("volume") ?? "");
  return match ? { storage: match[1]!, gib: Number(match[2]) } : undefined;
}

export function mountBytes(mount: Mount): number {
  return parseSize(mount.get("size") ?? "") ?? 0;
}

/** The data places of a configuration, the root first. */
export function mountsOf(config: LabGuest["config"]): [string, Mount][] {
  const keys = Object.keys(config).filter(isMount);
  keys.sort((a, b) => (a === "rootfs" ? -1 : b === "rootfs" ? 1 : Number(a.slice(2)) - Number(b.slice(2))));
  return keys.map((key) => [key, parseMount(config[key]!)]);
}

export function parseNic(value: ConfigValue): Map<string, string> {
  return split(String(value), "");
}

export function printNic(nic: ReadonlyMap<string, string>): string {
  return join(nic, undefined, ["name"]);
}

/** The format in which a storage keeps a container's data. */
export function containerFormat(storage: LabStorage, bytes: number): string {
  const plugin = pluginOf(storage.type);
  if (storage.type === "zfspool") return "subvol";
  if (storage.type === "btrfs" || (plugin.files && bytes === 0)) return "subvol";
  if (plugin.files || ["lvm", "lvmthin", "rbd"].includes(storage.type)) return "raw";
  throw new Error(`unable to create containers on storage type '${storage.type}'`);
}

/** Makes the volume that a data place asks for, `used` bytes in it, and gives the place as it is kept from then on. */
export function realise(state: ClusterState, node: string, vmid: number, mount: Mount, used = 0): Mount {
  const wanted = wantedVolume(mount);
  if (!wanted) return mount;
  const storage = activeStorage(state, wanted.storage, node);
  const bytes = Math.trunc(Math.trunc(wanted.gib * 1024) * 1024 * 1024);
  const volume = allocate(state, {
    storage: wanted.storage,
    node,
    vmid,
    size: bytes,
    format: containerFormat(storage, bytes),
    used: Math.min(used, bytes),
  });
  return new Map(mount).set("volume", volume.volid).set("size", formatSize(bytes));
}

const BLOCK = 4096;
const GROUP = 32_768;
const DESCRIPTORS = 64;
/** Blocks of a journal, by how many blocks the file system has at least. */
const JOURNALS: readonly [number, number][] = [
  [33_554_432, 262_144],
  [16_777_216, 131_072],
  [8_388_608, 65_536],
  [4_194_304, 32_768],
  [524_288, 16_384],
  [262_144, 8192],
  [32_768, 4096],
  [2048, 1024],
];

function holdsBackup(group: number): boolean {
  if (group < 2) return true;
  return [3, 5, 7].some((base) => {
    let power = base;
    while (power < group) power *= base;
    return power === group;
  });
}

/** What an ext4 file system of that size offers, in bytes: less its tables, its copies of them and its journal. */
export function fileSystemBytes(bytes: number): number {
  const blocks = Math.floor(bytes / BLOCK);
  const groups = Math.max(1, Math.ceil(blocks / GROUP));
  const descriptors = Math.ceil(groups / DESCRIPTORS);
  // Room to grow a thousandfold is kept beside every copy of the descriptors.
  const reserved = Math.min(1024, Math.ceil(Math.ceil((blocks * 1024) / GROUP) / DESCRIPTORS) - descriptors);
  const backups = Array.from({ length: groups }, (_, group) => group).filter(holdsBackup).length;
  const journal = JOURNALS.find(([least]) => blocks >= least)?.[1] ?? 0;
  const overhead = groups * (2 + 512) + backups * (1 + descriptors + reserved) + journal;
  return Math.max(0, blocks - overhead) * BLOCK;
}
