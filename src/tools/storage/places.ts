import type { ResourceSnapshot } from "../../pve/cluster.ts";

/** Kinds of storage that can hold snippets, as they are directories. */
export const FILE_STORAGES: ReadonlySet<string> = new Set(["dir", "nfs", "cifs", "cephfs", "btrfs", "glusterfs"]);

/** A storage as the resource index shows it. */
export interface StoragePlace {
  storage: string;
  type?: string;
  content: readonly string[];
  shared: boolean;
  /** The nodes that have it; free bytes where they are known. */
  nodes: ReadonlyMap<string, { active: boolean; free?: number }>;
}

/** The storages by name; one that is disabled, or that the token may not see, is not among them. */
export function storagePlaces(snapshot: ResourceSnapshot): ReadonlyMap<string, StoragePlace> {
  const places = new Map<string, StoragePlace & { nodes: Map<string, { active: boolean; free?: number }> }>();
  for (const row of snapshot.storages) {
    if (row.storage === undefined || row.node === undefined) continue;
    let place = places.get(row.storage);
    if (!place) {
      place = {
        storage: row.storage,
        ...(row.plugintype === undefined ? {} : { type: row.plugintype }),
        content: (row.content ?? "").split(",").filter(Boolean),
        shared: row.shared === true,
        nodes: new Map(),
      };
      places.set(row.storage, place);
    }
    const free = row.maxdisk === undefined || row.disk === undefined ? undefined : row.maxdisk - row.disk;
    place.nodes.set(row.node, { active: row.status === "available", ...(free === undefined ? {} : { free }) });
  }
  return places;
}

/** Whether a node has the storage and reaches it. */
export function isActiveOn(place: StoragePlace, node: string): boolean {
  return place.nodes.get(node)?.active === true;
}
