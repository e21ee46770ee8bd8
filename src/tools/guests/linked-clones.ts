import { getNodesStorageContent } from "../../../generated/clients/nodes-storage.ts";
import type { ResourceSnapshot } from "../../pve/cluster.ts";
import type { Send } from "../../schema/operation.ts";
import type { Incomplete } from "../arguments.ts";
import { reasonOf } from "../gather.ts";
import { storagePlaces } from "../storage/places.ts";
import type { VmDisk } from "./vm-disks.ts";

/** A volume that grew from a template's disk, and the guest that owns it. */
export interface LinkedClone {
  vmid: number;
  name?: string;
  volume: string;
}

/** What is known of a template's linked clones. */
export interface LinkedClones {
  clones: LinkedClone[];
  /** Storages that keep no record of whose copy a disk is: LVM-thin. */
  untracked: string[];
  missing: NonNullable<Incomplete>;
}

/**
 * Looks for linked clones of a template where they can only be, on the storages of its disks: one content list each,
 * however many guests there are. Their base stands in their volume id or as `parent`.
 */
export async function findLinkedClones(
  send: Send,
  at: { node: string; vmid: number },
  disks: readonly VmDisk[],
  snapshot: ResourceSnapshot,
): Promise<LinkedClones> {
  const places = storagePlaces(snapshot);
  const names = [
    ...new Set(disks.flatMap(({ kind, storage }) => (kind === "disk" && storage ? [storage] : []))),
  ].sort();
  const untracked = names.filter((name) => places.get(name)?.type === "lvmthin");
  const found: LinkedClones = { clones: [], untracked, missing: [] };
  const base = new RegExp(`(?:^|[:/@])base-${at.vmid}-`);
  await Promise.all(
    names
      .filter((name) => !untracked.includes(name))
      .map(async (storage) => {
        try {
          const { data } = await getNodesStorageContent(send, { node: at.node, storage, content: "images" });
          for (const { volid, parent, vmid } of data ?? []) {
            const owner = Number(vmid);
            if (owner === at.vmid || !(base.test(volid) || base.test(parent ?? ""))) continue;
            const name = snapshot.guests.get(owner)?.name;
            found.clones.push({ vmid: owner, ...(name === undefined ? {} : { name }), volume: volid });
          }
        } catch (error) {
          found.missing.push({ part: `linked clones on ${storage}`, reason: reasonOf(error) });
        }
      }),
  );
  found.clones.sort((a, b) => a.vmid - b.vmid || (a.volume < b.volume ? -1 : 1));
  return found;
}
