import { getNodesQemuConfig } from "../../../generated/clients/nodes-qemu.ts";
import { getNodesStorageContent } from "../../../generated/clients/nodes-storage.ts";
import type { GuestResource, ResourceSnapshot } from "../../pve/cluster.ts";
import type { ToolCluster } from "../context.ts";
import { reasonOf } from "../gather.ts";
import { listed } from "../guests/errors.ts";
import { isActiveOn, type StoragePlace, storagePlaces } from "./places.ts";

/** VMs whose configurations are read at most: never one request for each guest of a cluster (pve-facts 124). */
const MOST_READ = 50;

/** VMs that name a snippet, and what was not looked at. */
export interface SnippetUsers {
  users: { vmid: number; name: string | undefined; part: string }[];
  unchecked: string[];
}

/**
 * Looks which VMs name a snippet in `cicustom`. Only VMs with a cloud-init drive use one, and those drives stand in the
 * content lists of the storages, so that few configurations have to be read: first of VMs that the file's name hints at,
 * then of templates.
 */
export async function snippetUsers(
  one: ToolCluster,
  snapshot: ResourceSnapshot,
  place: StoragePlace,
  node: string,
  volume: string,
): Promise<SnippetUsers> {
  // Another node's file of the same name is another file.
  const nodes = place.shared ? [...place.nodes.keys()] : [node];
  const unchecked: string[] = [];
  const vmids = await withCloudInitDrive(one, snapshot, nodes, unchecked);
  const vms = [...snapshot.guests.values()].filter((guest) => guest.type === "qemu" && nodes.includes(guest.node));
  const isUp = (guest: GuestResource) => snapshot.nodes.get(guest.node)?.status !== "offline";
  const offline = vms.filter((guest) => !isUp(guest)).map(({ vmid }) => vmid);
  if (offline.length > 0) unchecked.push(`VMs on nodes that are offline (${listed(offline)})`);
  const candidates = vms.filter((guest) => isUp(guest) && vmids.has(guest.vmid)).sort(likelihood(volume));
  const late = candidates.slice(MOST_READ).map(({ vmid }) => vmid);
  if (late.length > 0) unchecked.push(`${late.length} more VMs with a cloud-init drive (${listed(late)})`);
  const users: SnippetUsers["users"] = [];
  const unread: string[] = [];
  await Promise.all(
    candidates.slice(0, MOST_READ).map(async ({ vmid, name, node: at }) => {
      try {
        const { data } = await getNodesQemuConfig(one.send, { node: at, vmid });
        const part = partOf((data as Record<string, unknown>).cicustom, volume);
        if (part !== undefined) users.push({ vmid, name, part });
      } catch (error) {
        unread.push(`${vmid}: ${reasonOf(error)}`);
      }
    }),
  );
  if (unread.length > 0) unchecked.push(`VMs whose configuration could not be read (${listed(unread.sort())})`);
  return { users: users.sort((a, b) => a.vmid - b.vmid), unchecked };
}

/** VMIDs of the cloud-init drives on the storages of some nodes; a shared storage is asked once. */
async function withCloudInitDrive(
  one: ToolCluster,
  snapshot: ResourceSnapshot,
  nodes: readonly string[],
  unchecked: string[],
): Promise<Set<number>> {
  const vmids = new Set<number>();
  const lists = [...storagePlaces(snapshot).values()]
    .filter((place) => place.content.includes("images"))
    .flatMap((place) => {
      const having = nodes.filter((node) => place.nodes.has(node));
      const active = having.filter((node) => isActiveOn(place, node));
      const silent = having.filter((node) => !active.includes(node) && snapshot.nodes.get(node)?.status !== "offline");
      if (silent.length > 0 && !(place.shared && active.length > 0)) {
        unchecked.push(`VMs with a cloud-init drive on ${place.storage}, which is not active on ${silent.join(", ")}`);
      }
      return (place.shared ? active.slice(0, 1) : active).map((node) => ({ node, storage: place.storage }));
    });
  await Promise.all(
    lists.map(async ({ node, storage }) => {
      try {
        const { data } = await getNodesStorageContent(one.send, { node, storage, content: "images" });
        for (const { volid } of data ?? []) {
          const owner = /[:/]vm-(\d+)-cloudinit(?:\.\w+)?$/.exec(volid)?.[1];
          if (owner !== undefined) vmids.add(Number(owner));
        }
      } catch (error) {
        unchecked.push(`VMs with a cloud-init drive on ${storage} of ${node} (${reasonOf(error)})`);
      }
    }),
  );
  return vmids;
}

/** The part of the cloud-init data that a snippet provides, if it provides one. */
function partOf(cicustom: unknown, volume: string): string | undefined {
  const pairs = String(cicustom ?? "").split(",");
  return pairs.map((pair) => pair.split("=")).find(([, volid]) => volid === volume)?.[0];
}

/** Sorts VMs by how likely they use a file of that name. */
function likelihood(volume: string): (a: GuestResource, b: GuestResource) => number {
  const file = volume.slice(volume.lastIndexOf("/") + 1);
  const rank = ({ vmid, name, template }: GuestResource): number =>
    file.includes(String(vmid)) || (name !== undefined && file.includes(name)) ? 0 : template ? 1 : 2;
  return (a, b) => rank(a) - rank(b) || a.vmid - b.vmid;
}
