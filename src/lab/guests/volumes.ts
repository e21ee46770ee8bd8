import { nowSeconds } from "../clock.ts";
import type { ClusterState } from "../state/cluster.ts";
import type { LabStorage, LabVolume } from "../state/types.ts";

/** Storages that keep their volumes as files in folders. */
const FILE_TYPES = new Set(["dir", "nfs", "cifs", "btrfs", "cephfs", "glusterfs", "esxi"]);
/** What the complaint about a bad volume name calls a storage. */
const NAMES: Readonly<Record<string, string>> = { zfspool: "zfs", lvmthin: "lvm" };

export function isFileStorage(storage: LabStorage): boolean {
  return FILE_TYPES.has(storage.type);
}

/** The storage of that name, or PVE's complaint. */
export function theStorage(state: ClusterState, name: string): LabStorage {
  const storage = state.storages.get(name);
  if (!storage) throw new Error(`storage '${name}' does not exist`);
  return storage;
}

/** Refuses a storage that is switched off, or that a node does not have. */
export function checkEnabled(state: ClusterState, name: string, node: string): LabStorage {
  const storage = theStorage(state, name);
  if (storage.disabled) throw new Error(`storage '${name}' is disabled`);
  if (storage.nodes && !storage.nodes.includes(node))
    throw new Error(`storage '${name}' is not available on node '${node}'`);
  return storage;
}

/** `storage:name` taken apart; nothing when the text is no volume id. */
export function parseVolumeId(volid: string): { storage: string; name: string } | undefined {
  const match = /^([a-z][a-z0-9\-_.]*[a-z0-9]):(.+)$/i.exec(volid);
  return match ? { storage: match[1]!, name: match[2]! } : undefined;
}

export interface VolumeName {
  kind: LabVolume["content"];
  vmid?: number;
  format: string;
  base: boolean;
  /** The file name alone, without folders and without what it is cloned from. */
  file: string;
}

const FOLDERS = new Set(["iso", "vztmpl", "backup", "snippets", "import"]);

/** What a volume's name says of it; throws for a name that the storage does not have. */
export function parseVolumeName(storage: LabStorage, name: string): VolumeName {
  if (!isFileStorage(storage)) {
    const match = /^(?:base-\d+-\S+\/)?((vm|base|subvol|basevol)-(\d+)-\S+)$/.exec(name);
    if (!match) throw new Error(`unable to parse ${NAMES[storage.type] ?? storage.type} volume name '${name}'`);
    const sub = match[2] === "subvol" || match[2] === "basevol";
    return {
      kind: sub ? "rootdir" : "images",
      vmid: Number(match[3]),
      format: sub ? "subvol" : "raw",
      base: match[2]!.startsWith("base"),
      file: match[1]!,
    };
  }
  const image = /^(?:\d+\/\S+\/)?(\d+)\/([^/\s]+)$/.exec(name);
  if (image) {
    const file = image[2]!;
    const format = /\.(raw|qcow2|vmdk|subvol)$/.exec(file)?.[1];
    if (format === undefined) throw new Error(`unable to parse volume filename '${file}'`);
    return { kind: "images", vmid: Number(image[1]), format, base: file.startsWith("base"), file };
  }
  const other = /^([a-z]+)\/(.+)$/.exec(name);
  if (!other || !FOLDERS.has(other[1]!)) throw new Error(`unable to parse directory volume name '${name}'`);
  const vmid = /vzdump-(?:qemu|lxc)-(\d+)-/.exec(other[2]!)?.[1];
  return {
    kind: other[1] as LabVolume["content"],
    ...(vmid === undefined ? {} : { vmid: Number(vmid) }),
    format: /\.([a-z0-9]+)$/.exec(other[2]!)?.[1] ?? "raw",
    base: false,
    file: other[2]!,
  };
}

/** The parts of a volume id, on a storage that exists. */
export function describe(state: ClusterState, volid: string): VolumeName & { storage: LabStorage } {
  const parts = parseVolumeId(volid);
  if (!parts) throw new Error(`unable to parse volume ID '${volid}'`);
  const storage = theStorage(state, parts.storage);
  return { ...parseVolumeName(storage, parts.name), storage };
}

/** The guest whose number a volume carries. */
export function ownerOf(state: ClusterState, volid: string): number | undefined {
  const known = state.volumes.get(volid)?.vmid;
  if (known !== undefined) return known;
  try {
    return describe(state, volid).vmid;
  } catch {
    return undefined;
  }
}

function freeName(state: ClusterState, storage: LabStorage, vmid: number): string {
  const used = new Set<number>();
  const pattern = new RegExp(`(?:vm|base|subvol|basevol)-${vmid}-disk-(\\d+)`);
  for (const volume of state.volumes.values()) {
    if (volume.storage !== storage.storage) continue;
    const number = pattern.exec(volume.volid.slice(volume.volid.lastIndexOf("/") + 1))?.[1];
    if (number !== undefined) used.add(Number(number));
  }
  let number = 0;
  while (used.has(number)) number += 1;
  return `disk-${number}`;
}

/** The format that a storage gives to volumes when none is asked for. */
export function defaultFormat(storage: LabStorage): string {
  const format = storage.definition.format;
  return isFileStorage(storage) ? String(format ?? "raw") : "raw";
}

export interface Allocation {
  storage: string;
  node: string;
  vmid: number;
  /** Bytes. */
  size: number;
  format?: string;
  /** What follows `vm-100-`; the next free `disk-N` when absent. */
  name?: string;
  content?: "images" | "rootdir";
  /** The volume that this one is a linked clone of. */
  base?: string;
}

/** Makes a volume and gives its record. */
export function allocate(state: ClusterState, plan: Allocation): LabVolume {
  const storage = checkEnabled(state, plan.storage, plan.node);
  if (storage.inactiveOn.has(plan.node)) throw new Error(`storage '${plan.storage}' is not online`);
  const format = isFileStorage(storage)
    ? (plan.format ?? defaultFormat(storage))
    : plan.format === "subvol"
      ? "subvol"
      : "raw";
  const own = `${format === "subvol" ? "subvol" : "vm"}-${plan.vmid}-${plan.name ?? freeName(state, storage, plan.vmid)}`;
  const base = plan.base === undefined ? undefined : parseVolumeId(plan.base)?.name;
  const keepsBase = isFileStorage(storage) || storage.type === "zfspool" || storage.type === "rbd";
  const name = isFileStorage(storage) ? `${plan.vmid}/${own}.${format}` : own;
  const volid = `${plan.storage}:${base !== undefined && keepsBase ? `${base}/` : ""}${name}`;
  if (state.volumes.has(volid)) throw new Error(`disk image '${volid}' already exists`);
  const volume: LabVolume = {
    volid,
    storage: plan.storage,
    ...(storage.shared ? {} : { node: plan.node }),
    content: plan.content ?? "images",
    format,
    size: plan.size,
    vmid: plan.vmid,
    ctime: nowSeconds(),
  };
  state.volumes.set(volid, volume);
  return volume;
}

/** Gives a volume another name, as a template's do. */
export function rename(state: ClusterState, volume: LabVolume, from: string, to: string): string {
  state.volumes.delete(volume.volid);
  volume.volid = volume.volid.replace(new RegExp(`${from}(?=[^/]*$)`), to);
  state.volumes.set(volume.volid, volume);
  return volume.volid;
}

/** The formats that can be, by feature and by what the volume is at the time (pve-facts 61, 93). */
const FILE_FEATURES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  snapshot: { current: ["qcow2"], snap: ["qcow2"] },
  clone: { base: ["qcow2", "raw", "vmdk"] },
  template: { current: ["qcow2", "raw", "vmdk", "subvol"] },
  copy: { base: ["qcow2", "raw", "vmdk"], current: ["qcow2", "raw", "vmdk"], snap: ["qcow2"] },
};
const BLOCK_FEATURES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  lvm: { copy: ["base", "current"], template: [] },
  lvmthin: { snapshot: ["current"], clone: ["base"], template: ["current"], copy: ["base", "current", "snap"] },
  zfspool: { snapshot: ["current", "snap"], clone: ["base"], template: ["current"], copy: ["base", "current"] },
  rbd: {
    snapshot: ["current", "snap"],
    clone: ["base", "snap"],
    template: ["current"],
    copy: ["base", "current", "snap"],
  },
};

/** Whether a storage can do something with a volume; `snapshot` says that it is about one of its snapshots. */
export function hasFeature(
  state: ClusterState,
  feature: "snapshot" | "clone" | "copy" | "template",
  volid: string,
  snapshot?: string,
): boolean {
  const { storage, base, format } = describe(state, volid);
  const stage = snapshot === undefined ? (base ? "base" : "current") : "snap";
  if (isFileStorage(storage)) return FILE_FEATURES[feature]?.[stage]?.includes(format) ?? false;
  return (BLOCK_FEATURES[storage.type] ?? BLOCK_FEATURES.lvm!)[feature]?.includes(stage) ?? false;
}
