import { getNodesStorageContent } from "../../../generated/clients/nodes-storage.ts";
import type { ResourceSnapshot } from "../../pve/cluster.ts";
import type { Incomplete } from "../arguments.ts";
import type { ToolCluster } from "../context.ts";
import { reasonOf } from "../gather.ts";
import { FILE_STORAGES, type StoragePlace, storagePlaces } from "./places.ts";

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
    .filter(({ type }) => type !== undefined && FILE_STORAGES.has(type))
    .sort((a, b) => (a.storage < b.storage ? -1 : 1));
  const how = able[0]
    ? `It can be enabled on ${able.map(({ storage }) => storage).join(", ")}: proxmox_api_call PUT /storage/${able[0].storage} with content=${[...able[0].content, "snippets"].join(",")}.`
    : "It needs a storage of files, such as a directory or NFS.";
  return `Content type snippets is enabled on no storage that this token can see. ${how}`;
}

/** A snippet on a storage. */
export interface SnippetFile {
  cluster: string;
  volume: string;
  /** Absent on a shared storage. */
  node: string | undefined;
  /** Bytes. */
  size: number | undefined;
  modified: string | undefined;
}

/** A storage's snippets: of a shared one from one node, of a local one from each that reaches it. */
export async function snippetsOf(
  one: ToolCluster,
  { storage, shared, nodes }: StoragePlace,
  wanted: string | undefined,
  gaps: NonNullable<Incomplete>,
): Promise<SnippetFile[]> {
  const entries = [...nodes].filter(([name]) => wanted === undefined || name === wanted);
  const active = entries.filter(([, state]) => state.active).map(([name]) => name);
  const silent = entries.filter(([, state]) => !state.active).map(([name]) => name);
  if (!shared || active.length === 0) {
    for (const name of silent)
      gaps.push({ cluster: one.name, node: name, part: storage, reason: "the storage is not active there" });
  }
  const asked = shared ? active.slice(0, 1) : active;
  const lists = await Promise.all(
    asked.map(async (name) => {
      try {
        const { data } = await getNodesStorageContent(one.send, { node: name, storage, content: "snippets" });
        return (data ?? []).map(
          ({ volid, size, ctime }): SnippetFile => ({
            cluster: one.name,
            volume: volid,
            node: shared ? undefined : name,
            size: size === undefined ? undefined : Number(size),
            modified: Number(ctime) > 0 ? new Date(Number(ctime) * 1000).toISOString() : undefined,
          }),
        );
      } catch (error) {
        gaps.push({ cluster: one.name, node: name, part: storage, reason: reasonOf(error) });
        return [];
      }
    }),
  );
  return lists.flat();
}
