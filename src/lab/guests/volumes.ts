import type { ClusterState } from "../state/cluster.ts";
import { enabledStorage } from "../state/storage.ts";
import { pluginOf } from "../state/storage-plugins.ts";
import type { LabStorage, LabVolume } from "../state/types.ts";
import * as volumes from "../state/volume.ts";
import type { VolumeName } from "../state/volume-name.ts";

export function isFileStorage(storage: LabStorage): boolean {
  return pluginOf(storage.type).files === true;
}

/** Refuses a storage that is not there, is switched off, or that a node does not have. */
export function checkEnabled(state: ClusterState, name: string, node: string): LabStorage {
  return enabledStorage(state, name, node);
}

/** `storage:name` taken apart; nothing when the text is no volume id. */
export function parseVolumeId(volid: string): { storage: string; name: string } | undefined {
  const match = /^([a-z][a-z0-9\-_.]*[a-z0-9]):(.+)$/i.exec(volid);
  return match ? { storage: match[1]!, name: match[2]! } : undefined;
}

/** The parts of a volume id, on a storage that exists. */
export function describe(state: ClusterState, volid: string): VolumeName & { storage: LabStorage } {
  return volumes.describe(state, volid);
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

/** The format that a storage gives to volumes when none is asked for. */
export function defaultFormat(storage: LabStorage): string {
  return String(storage.definition.format ?? pluginOf(storage.type).formats[0] ?? "raw");
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
  /** The volume that this one is a linked clone of. */
  base?: string;
}

/** Makes a volume and gives its record; a storage of devices takes its only format. */
export function allocate(state: ClusterState, plan: Allocation): LabVolume {
  const storage = enabledStorage(state, plan.storage, plan.node);
  const files = isFileStorage(storage);
  const format = files ? (plan.format ?? defaultFormat(storage)) : "raw";
  const { name, ...rest } = plan;
  return volumes.allocate(state, {
    ...rest,
    format,
    ...(name === undefined ? {} : { name: `vm-${plan.vmid}-${name}${files ? `.${format}` : ""}` }),
  });
}

/** Takes a volume away if it is there; linked clones hold it. */
export function discard(state: ClusterState, volid: string): void {
  const volume = state.volumes.get(volid);
  if (volume) volumes.free(state, volid, volume.node ?? state.entry.name);
}

/** Whether a storage can do something with a volume; `snapshot` says that it is about one of its snapshots. */
export function hasFeature(
  state: ClusterState,
  feature: "snapshot" | "clone" | "copy" | "template",
  volid: string,
  snapshot?: string,
): boolean {
  return volumes.canDo(state, feature, volid, snapshot === undefined ? {} : { snapshot });
}
