import type { ResourceSnapshot } from "../../pve/cluster.ts";
import { type StoragePlace, storagePlaces } from "./places.ts";

/** Kinds of storage that can hold snippets, as they are directories. */
const FILES = new Set(["dir", "nfs", "cifs", "cephfs", "btrfs", "glusterfs"]);

/** The storages on which content type `snippets` is enabled, by name. */
export function snippetPlaces(snapshot: ResourceSnapshot): StoragePlace[] {
  return [...storagePlaces(snapshot).values()]
    .filter((place) => place.content.includes("snippets"))
    .sort((a, b) => (a.storage < b.storage ? -1 : 1));
}

/** What is missing when no storage takes snippets, and how the operator changes that; nothing changes it silently. */
export function snippetsMissing(snapshot: ResourceSnapshot): string {
  const places = [...storagePlaces(snapshot).values()];
  if (places.length === 0) return "No storage is visible to this token: it needs Datastore.Audit on one.";
  const able = places
    .filter(({ type }) => type !== undefined && FILES.has(type))
    .sort((a, b) => (a.storage < b.storage ? -1 : 1));
  const how = able[0]
    ? `It can be enabled on ${able.map(({ storage }) => storage).join(", ")}: proxmox_api_call PUT /storage/${able[0].storage} with content=${[...able[0].content, "snippets"].join(",")}.`
    : "It needs a storage of files, such as a directory or NFS.";
  return `Content type snippets is enabled on no storage that this token can see. ${how}`;
}
