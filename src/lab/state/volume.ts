import { nowSeconds } from "../clock.ts";
import type { ClusterState } from "./cluster.ts";
import { storageUsed } from "./report.ts";
import { account, activeStorage, directoryOf, storageNamed } from "./storage.ts";
import { pluginOf } from "./storage-plugins.ts";
import type { LabGuest, LabStorage, LabVolume } from "./types.ts";
import { imageFormat, parseVolname, splitVolid, type VolumeName } from "./volume-name.ts";

/** What a new, empty image takes on a storage of files, in bytes. */
export const FRESH_BYTES = 331_776;

/** A volume of that id that can be seen from a node. */
export function volumeOn(state: ClusterState, volid: string, node: string): LabVolume | undefined {
  const volume = state.volumes.get(volid);
  return volume !== undefined && (volume.node === undefined || volume.node === node) ? volume : undefined;
}

/** What the id of a volume tells, or PVE's complaint about the id or its storage. */
export function describe(state: ClusterState, volid: string): VolumeName & { storage: LabStorage; volname: string } {
  const { storage: name, name: volname } = splitVolid(volid);
  const storage = storageNamed(state, name);
  return { ...parseVolname(storage, volname), storage, volname };
}

const FOLDERS: Readonly<Record<string, string>> = {
  iso: "template/iso",
  vztmpl: "template/cache",
  backup: "dump",
  snippets: "snippets",
  import: "import",
};

/** Where a volume is on its node. */
export function pathOf(state: ClusterState, volid: string): string {
  const { storage, kind, name, vmid, volname } = describe(state, volid);
  const directory = directoryOf(storage);
  if (directory !== undefined)
    return kind === "images" || kind === "rootdir"
      ? `${directory}/images/${vmid}/${name}`
      : `${directory}/${FOLDERS[kind]}/${name}`;
  const { vgname, pool, server, datastore, username } = storage.definition;
  switch (storage.type) {
    case "zfspool":
      return name.startsWith("subvol-") || name.startsWith("basevol-")
        ? `/${pool}/${name}`
        : `/dev/zvol/${pool}/${name}`;
    case "rbd":
      return `/dev/rbd-pve/${storage.storage}/${pool ?? "rbd"}/${name}`;
    case "pbs":
      return `pbs://${username ?? "root@pam"}@${server}:${datastore}/${volname}`;
    default:
      return `/dev/${vgname ?? "pve"}/${name}`;
  }
}

/** The lowest free name for an image of a guest: `vm-100-disk-0` and so on. */
function freeName(state: ClusterState, storage: LabStorage, vmid: number, format: string): string {
  const taken = new Set<number>();
  const prefix = `${storage.storage}:`;
  const pattern = new RegExp(`(?:vm|base|subvol|basevol)-${vmid}-disk-(\\d+)(?:\\.\\w+)?$`);
  for (const volid of state.volumes.keys()) {
    if (!volid.startsWith(prefix)) continue;
    const found = pattern.exec(volid);
    if (found) taken.add(Number(found[1]));
  }
  let number = 0;
  while (taken.has(number)) number += 1;
  const files = pluginOf(storage.type).files === true;
  const kind = format === "subvol" ? "subvol" : "vm";
  return `${kind}-${vmid}-disk-${number}${files ? `.${format}` : ""}`;
}

export interface Allocation {
  storage: string;
  node: string;
  vmid: number;
  /** Bytes. */
  size: number;
  /** The storage's usual one when absent. */
  format?: string;
  /** File name or name on the device; the lowest free one when absent. */
  name?: string;
  /** Bytes already in it. */
  used?: number;
  /** Volume id of the template's disk that it grows from. */
  base?: string;
}

/** Makes an image, or throws why it cannot be made. */
export function allocate(state: ClusterState, wanted: Allocation): LabVolume {
  const storage = activeStorage(state, wanted.storage, wanted.node);
  const plugin = pluginOf(storage.type);
  const format = wanted.format ?? plugin.formats[0]!;
  const files = plugin.files === true;
  if (!plugin.content.includes("images")) throw new Error(`storage '${storage.storage}' does not support vm images`);
  if (!plugin.formats.includes(format)) throw new Error(`unsupported format '${format}'`);
  if (wanted.name !== undefined && files) {
    const told = imageFormat(wanted.name);
    if (told !== format)
      throw new Error(`illegal name '${wanted.name}' - wrong extension for format ('${told} != '${format}')`);
  }
  if (
    wanted.name !== undefined &&
    !files &&
    !new RegExp(`^(?:vm|subvol|base|basevol)-${wanted.vmid}-`).test(wanted.name)
  )
    throw new Error(`illegal name '${wanted.name}' - should be 'vm-${wanted.vmid}-*'`);
  const name = wanted.name ?? freeName(state, storage, wanted.vmid, format);
  const base = wanted.base === undefined ? "" : splitVolid(wanted.base).name;
  const keepsBase = base !== "" && storage.type !== "lvmthin";
  const volid = `${storage.storage}:${keepsBase ? `${base}/` : ""}${files ? `${wanted.vmid}/` : ""}${name}`;
  if (volumeOn(state, volid, wanted.node)) {
    if (files) throw new Error(`disk image '${pathOf(state, volid)}' already exists`);
    throw new Error(`volume '${volid}' already exists`);
  }
  if (storage.type === "lvm" && wanted.size > storage.total - storageUsed(storage, wanted.node))
    throw new Error(
      `not enough free space (${Math.floor((storage.total - storageUsed(storage, wanted.node)) / 1024)} < ${Math.floor(wanted.size / 1024)})`,
    );
  const used = wanted.used ?? (files ? Math.min(FRESH_BYTES, wanted.size) : 0);
  const volume: LabVolume = {
    volid,
    storage: storage.storage,
    ...(storage.shared ? {} : { node: wanted.node }),
    content: "images",
    format,
    size: wanted.size,
    used,
    vmid: wanted.vmid,
    ctime: nowSeconds(),
    ...(wanted.base === undefined ? {} : { base: wanted.base }),
  };
  state.volumes.set(volid, volume);
  account(storage, wanted.node, used);
  return volume;
}

/** Whether other images grew from this one. */
export function hasLinkedClones(state: ClusterState, volid: string): boolean {
  for (const volume of state.volumes.values())
    if (volume.base === volid || volume.volid.startsWith(`${volid}/`)) return true;
  return false;
}

/** Removes a volume as the storage layer does; gives false when it was not there, throws why it must stay. */
export function free(state: ClusterState, volid: string, node: string): boolean {
  const { storage, volname } = describe(state, volid);
  activeStorage(state, storage.storage, node);
  const volume = volumeOn(state, volid, node);
  if (hasLinkedClones(state, volid)) throw new Error(`base volume '${volname}' is still in use by linked cloned`);
  if (!volume) {
    if (directoryOf(storage) !== undefined) return false;
    throw new Error(
      `lvremove '${storage.definition.vgname ?? "pve"}/${volname}' error:   Failed to find logical volume "${storage.definition.vgname ?? "pve"}/${volname}"`,
    );
  }
  if (volume.protected) throw new Error(`cannot remove protected volume '${volname}' on '${storage.storage}'`);
  state.volumes.delete(volid);
  account(storage, node, -(volume.used ?? volume.size));
  return true;
}

/** Turns a disk into the base of linked clones (`vm-` becomes `base-`); gives the new id. */
export function makeBase(state: ClusterState, volid: string): string {
  const volume = state.volumes.get(volid);
  if (!volume) throw new Error(`volume '${volid}' does not exist`);
  const { name: volname } = splitVolid(volid);
  const renamed = volname
    .replace(/^.*\/(?=\d+\/[^/]+$)/, "")
    .replace(
      /(^|\/)(?:vm|subvol)-(?=\d+-[^/]*$)/,
      (match, lead: string) => `${lead}${match.endsWith("subvol-") ? "basevol" : "base"}-`,
    );
  const id = `${volume.storage}:${renamed}`;
  state.volumes.delete(volid);
  volume.volid = id;
  state.volumes.set(id, volume);
  return id;
}

type Place = "current" | "base" | "snap";

/** What storages can do with an image: by kind of storage, feature and state, the formats. */
const FEATURES: Readonly<Record<string, Readonly<Record<string, Partial<Record<Place, readonly string[]>>>>>> = {
  files: {
    snapshot: { current: ["qcow2"], snap: ["qcow2"] },
    clone: { base: ["qcow2", "raw", "vmdk"] },
    template: { current: ["qcow2", "raw", "vmdk", "subvol"] },
    copy: { base: ["qcow2", "raw", "vmdk"], current: ["qcow2", "raw", "vmdk"], snap: ["qcow2"] },
    rename: { current: ["qcow2", "raw", "vmdk"] },
  },
  btrfs: {
    snapshot: { current: ["raw", "subvol"], snap: ["raw", "subvol"] },
    clone: { base: ["raw", "subvol"], current: ["raw"], snap: ["raw", "subvol"] },
    template: { current: ["raw", "subvol"] },
    copy: { base: ["raw", "subvol"], current: ["raw", "subvol"], snap: ["raw", "subvol"] },
  },
  lvm: { copy: { base: ["raw", "qcow2"], current: ["raw", "qcow2"] }, rename: { current: ["raw"] } },
  lvmthin: {
    snapshot: { current: ["raw"] },
    clone: { base: ["raw"], snap: ["raw"] },
    template: { current: ["raw"] },
    copy: { base: ["raw"], current: ["raw"], snap: ["raw"] },
    rename: { current: ["raw"] },
  },
  zfspool: {
    snapshot: { current: ["raw", "subvol"], snap: ["raw", "subvol"] },
    clone: { base: ["raw", "subvol"] },
    template: { current: ["raw", "subvol"] },
    copy: { base: ["raw", "subvol"], current: ["raw", "subvol"] },
    rename: { current: ["raw", "subvol"] },
  },
  rbd: {
    snapshot: { current: ["raw"], snap: ["raw"] },
    clone: { base: ["raw"], snap: ["raw"] },
    template: { current: ["raw"] },
    copy: { base: ["raw"], current: ["raw"], snap: ["raw"] },
    rename: { current: ["raw"] },
  },
};

/** Whether a storage can snapshot, clone (linked) or copy (fully) an image; `container` excludes what containers cannot use. */
export function canDo(
  state: ClusterState,
  feature: "snapshot" | "clone" | "copy" | "template" | "rename",
  volid: string,
  options: { snapshot?: string; container?: boolean } = {},
): boolean {
  const { storage, isBase, format } = describe(state, volid);
  const files = pluginOf(storage.type).files === true && storage.type !== "btrfs";
  // A linked clone in a directory is always a qcow2 file.
  if (files && feature === "clone" && options.container) return false;
  const place: Place = options.snapshot !== undefined ? "snap" : isBase ? "base" : "current";
  const table = FEATURES[files ? "files" : storage.type] ?? FEATURES.lvm;
  const found = table?.[feature]?.[place]?.includes(format) ?? false;
  const chained = storage.definition["snapshot-as-volume-chain"] === 1 && feature === "snapshot";
  return found || (chained && format === "qcow2");
}

const VOLUME_KEYS = /^(?:(?:ide|sata|scsi|virtio|mp|unused)\d+|efidisk0|tpmstate0|rootfs|vmstate)$/;

/** Volume ids that a configuration names, by key. */
export function volumesIn(config: LabGuest["config"]): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(config)) {
    if (!VOLUME_KEYS.test(key)) continue;
    const text = String(value).split(",")[0] ?? "";
    const volid = text.replace(/^(?:file|volume)=/, "");
    if (/^[a-z][\w.-]*:/i.test(volid)) found.set(key, volid);
  }
  return found;
}
