import { getStorageByStorage } from "../../../generated/clients/storage.ts";
import type { ToolCluster } from "../context.ts";
import { ArgumentError } from "../errors.ts";
import { FILE_STORAGES, type StoragePlace } from "./places.ts";

/** Takes a snippet's volume id apart. */
export function requireSnippet(volume: string): { storage: string; file: string } {
  const [, storage, file] = /^([a-z][\w.-]*):snippets\/([^/\0]+)$/i.exec(volume) ?? [];
  if (storage !== undefined && file !== undefined && file !== "." && file !== "..") return { storage, file };
  throw new ArgumentError(
    "volume",
    "is no snippet's volume id",
    "It looks like local:snippets/web.yaml; proxmox_cloud_init_snippet_list shows them.",
  );
}

/** Where a storage keeps a snippet on each of its nodes (pve-facts 70: there is no API for it). */
export async function snippetPath(one: ToolCluster, storage: string, file: string): Promise<string> {
  const { data } = await getStorageByStorage(one.send, { storage });
  const { path = `/mnt/pve/${storage}`, "content-dirs": folders } = data as Record<string, unknown>;
  const own = [folders ?? []]
    .flat()
    .flatMap((text) => String(text).split(","))
    .map((pair) => pair.split("="))
    .find(([content]) => content === "snippets")?.[1];
  const folder = own ?? "snippets";
  // Nothing but files right inside of a directory of this name is read or written without more consent.
  if (folder.split("/").filter(Boolean).at(-1) !== "snippets") {
    throw new ArgumentError(
      "volume",
      `lies in a directory of its own name (content-dirs of ${storage}: ${folder})`,
      "Use proxmox_file_read or proxmox_file_write on the node; nothing was sent.",
    );
  }
  return `${[String(path), ...folder.split("/").filter(Boolean)].join("/").replace(/\/{2,}/g, "/")}/${file}`;
}

/** What it takes for one storage to hold snippets; nothing changes it silently. */
export function snippetHint({ storage, type, content }: StoragePlace): string {
  const how =
    type !== undefined && FILE_STORAGES.has(type)
      ? `It can be enabled: proxmox_api_call PUT /storage/${storage} with content=${[...content, "snippets"].join(",")}.`
      : "It is no storage of files, and cannot hold any.";
  return `names storage ${storage}, on which content type snippets is not enabled. ${how}`;
}
