import type { ResourceSnapshot } from "../../pve/cluster.ts";
import { ArgumentError } from "../errors.ts";
import { UnfitStorageError, UnknownStorageError } from "./errors.ts";
import { isActiveOn, type StoragePlace, storagePlaces } from "./places.ts";

/** What a storage is wanted for. */
export interface StorageWish {
  /** Named by the caller. */
  storage?: string;
  /** Content that it has to take. */
  content: string;
  /** Nodes on all of which it has to be active. */
  nodes: readonly string[];
  /** Taken, when nobody names one and it fits. */
  preferred?: string | undefined;
}

/** The storage that is named, if it fits, or the only one that fits; otherwise says which ones do. */
export function chooseStorage(snapshot: ResourceSnapshot, wish: StorageWish): StoragePlace {
  const places = storagePlaces(snapshot);
  const fitting = [...places.values()].filter((place) => unfitness(place, wish) === undefined);
  const names = fitting.map(({ storage }) => storage).sort();
  if (wish.storage !== undefined) {
    const place = places.get(wish.storage);
    if (!place) throw new UnknownStorageError(wish.storage, [...places.keys()]);
    const fault = unfitness(place, wish);
    if (fault !== undefined) throw new UnfitStorageError(wish.storage, fault, names);
    return place;
  }
  const chosen =
    fitting.find(({ storage }) => storage === wish.preferred) ?? (fitting.length === 1 ? fitting[0] : undefined);
  if (chosen) return chosen;
  if (names.length > 0) {
    throw new ArgumentError("storage", "is missing, and several fit", `Set storage to one of: ${names.join(", ")}.`);
  }
  const where = wish.nodes.length > 0 ? ` on ${wish.nodes.join(", ")}` : "";
  throw new ArgumentError(
    "storage",
    `is missing, and no storage that this token can see takes ${wish.content}${where}`,
    "proxmox_storage_list shows the storages and what they take.",
  );
}

function unfitness(place: StoragePlace, { content, nodes }: StorageWish): string | undefined {
  if (!place.content.includes(content)) {
    return `does not take ${content}; it takes ${place.content.join(", ") || "nothing"}`;
  }
  const silent = nodes.filter((node) => !isActiveOn(place, node));
  if (silent.length > 0) return `is not active on ${silent.join(", ")}`;
  if (![...place.nodes.values()].some(({ active }) => active)) return "is active on no node";
  return undefined;
}
