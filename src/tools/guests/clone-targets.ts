import type { ResourceSnapshot } from "../../pve/cluster.ts";
import { isActiveOn, type StoragePlace, storagePlaces } from "../storage/places.ts";
import type { VmDisk } from "./vm-disks.ts";

/** Why a clone cannot be made on another node directly, or that nothing known speaks against it (pve-facts 61). */
export type NodeVerdict = { ok: true } | { ok: false; because: string };

/** Where copies of a VM may go, as far as the resource index tells. */
export class CloneTargets {
  readonly #snapshot: ResourceSnapshot;
  readonly #places: ReadonlyMap<string, StoragePlace>;
  readonly #source: string;
  readonly #disks: readonly VmDisk[];

  constructor(snapshot: ResourceSnapshot, source: string, disks: readonly VmDisk[]) {
    this.#snapshot = snapshot;
    this.#places = storagePlaces(snapshot);
    this.#source = source;
    this.#disks = disks.filter(({ volume }) => volume !== "none" && volume !== "cdrom");
  }

  /** A storage by name, unless the token may not see it. */
  place(storage: string): StoragePlace | undefined {
    return this.#places.get(storage);
  }

  /** Storages for full copies on the source's node, by name. */
  storages(): StoragePlace[] {
    return [...this.#places.values()]
      .filter((place) => place.content.includes("images") && isActiveOn(place, this.#source))
      .sort((a, b) => (a.storage < b.storage ? -1 : 1));
  }

  /** Drives that only the source's node has; an ISO of a local storage counts, as it does for the server. */
  localDisks(): VmDisk[] {
    return this.#disks.filter(({ storage }) => {
      const place = storage === undefined ? undefined : this.#places.get(storage);
      return storage !== undefined && place !== undefined && !place.shared;
    });
  }

  /** Whether the server would put a clone onto a node; `storage` is where its disks go, when not beside the source's. */
  node(node: string, storage?: string): NodeVerdict {
    if (node === this.#source) return { ok: true };
    const local = this.localDisks();
    if (local.length > 0) {
      const list = local.map(({ key, storage: name }) => `${key} on ${name}`).join(", ");
      return { ok: false, because: `the source has disks that only ${this.#source} has: ${list}` };
    }
    for (const name of new Set([...this.#disks.flatMap((disk) => disk.storage ?? []), ...(storage ? [storage] : [])])) {
      const place = this.#places.get(name);
      if (place === undefined) continue;
      if (!place.shared) return { ok: false, because: `storage ${name} is not shared` };
      if (!isActiveOn(place, node)) return { ok: false, because: `storage ${name} is not active on ${node}` };
    }
    return { ok: true };
  }

  /** The online nodes on which a clone can be made directly. */
  nodes(): string[] {
    return [...this.#snapshot.nodes.values()]
      .filter((row) => row.status === "online" && this.node(String(row.node)).ok)
      .map((row) => String(row.node))
      .sort();
  }
}
