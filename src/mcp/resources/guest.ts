import type { GuestResource } from "../../pve/cluster.ts";
import { AmbiguousGuestError, GuestSearchError } from "../../tools/errors.ts";
import { askClusters } from "../../tools/gather.ts";
import type { CallContext } from "../services.ts";
import type { Reader, ResourceKind } from "./kind.ts";
import { jsonContent } from "./reading.ts";

/** What is said of a guest; figures that change all the time are proxmox_vm_get's. */
const FACTS = [
  "type",
  "name",
  "node",
  "status",
  "template",
  "lock",
  "hastate",
  "tags",
  "pool",
  "maxcpu",
  "maxmem",
  "maxdisk",
] as const;

/** The facts of one guest as the cluster's resources have them; what a subscriber is told of is a change of these. */
export function guestFacts(cluster: string, guest: GuestResource): Record<string, unknown> {
  const facts = FACTS.filter((key) => guest[key] !== undefined && guest[key] !== "" && guest[key] !== false);
  return { cluster, vmid: guest.vmid, ...Object.fromEntries(facts.map((key) => [key, guest[key]])) };
}

/** Finds the guest, in the cached index first and then afresh; undefined when no cluster has it. */
export async function findByNumber(context: CallContext, vmid: string, named?: string) {
  if (!/^[1-9][0-9]{2,8}$/.test(vmid)) return undefined;
  if (named !== undefined && !context.clusters.some(({ name }) => name === named)) return undefined;
  for (const maxAgeMs of [undefined, 0]) {
    const { answers, missing } = await askClusters(context, named, (one) =>
      one.cluster.resources.get(one.caller, {
        signal: context.signal,
        ...(maxAgeMs === undefined ? {} : { maxAgeMs }),
      }),
    );
    const names = context.clusters.map(({ name }) => name);
    for (const { cluster, reason } of missing) throw new GuestSearchError(vmid, cluster!, reason, names);
    const found = answers.flatMap(({ cluster, answer: { guests, takenAt } }) => {
      const one = guests.get(Number(vmid));
      return one ? [{ cluster, guest: one, takenAt }] : [];
    });
    if (found.length > 1) {
      throw new AmbiguousGuestError(
        vmid,
        found.map(({ cluster, guest: { type, node } }) => ({ cluster: cluster.name, vmid: Number(vmid), type, node })),
      );
    }
    if (found[0]) return found[0];
  }
  return undefined;
}

async function read(reader: Reader, vmid: string, named?: string) {
  const found = await findByNumber(reader.context("resource:guest"), vmid, named);
  if (!found) return undefined;
  const asOf = new Date(found.takenAt).toISOString();
  return jsonContent(reader, "guest", { ...guestFacts(found.cluster.name, found.guest), asOf });
}

/** How a guest stands. */
export const guest: ResourceKind = {
  template: "proxmox://guests/{vmid}",
  name: "guest",
  title: "Guest",
  description: "Where a guest is and how it stands: status, node, lock, HA state. Can be subscribed to.",
  mimeType: "application/json",
  read: (reader, { vmid }) => read(reader, vmid!),
};

/** The same, where several clusters have a guest of that number. */
export const guestOfCluster: ResourceKind = {
  ...guest,
  template: "proxmox://guests/{cluster}/{vmid}",
  name: "guest-of-cluster",
  title: "Guest of a cluster",
  severalClusters: true,
  read: (reader, { cluster, vmid }) => read(reader, vmid!, cluster!),
};
