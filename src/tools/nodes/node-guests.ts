import type { GuestResource, ResourceSnapshot } from "../../pve/cluster.ts";
import type { ToolCluster } from "../context.ts";
import { AmbiguousGuestError, ArgumentError, UnknownGuestError } from "../errors.ts";

/** The guests that are meant by vmid or name; each has to be on the node. */
export function namedGuests(
  one: ToolCluster,
  snapshot: ResourceSnapshot,
  node: string,
  given: readonly (number | string)[],
): GuestResource[] {
  const found = new Map<number, GuestResource>();
  for (const wanted of given) {
    const guest = namedGuest(one, snapshot, wanted);
    if (guest.node !== node) {
      throw new ArgumentError(
        "vmids",
        `names ${labelOf(guest)}, which is on ${guest.node} and not on ${node}`,
        "Leave it out, or act on its own node.",
      );
    }
    found.set(guest.vmid, guest);
  }
  return [...found.values()].sort((a, b) => a.vmid - b.vmid);
}

function namedGuest(one: ToolCluster, snapshot: ResourceSnapshot, wanted: number | string): GuestResource {
  const byId = /^\d+$/.test(String(wanted)) ? snapshot.guests.get(Number(wanted)) : undefined;
  if (byId) return byId;
  const named = snapshot.guestsByName.get(String(wanted)) ?? [];
  if (named.length > 1) throw new AmbiguousGuestError(String(wanted), named);
  if (!named[0]) throw new UnknownGuestError(String(wanted), one.name, [...snapshot.guestsByName.keys()]);
  return named[0];
}

/** `101 (db01)`. */
export function labelOf({ vmid, name }: Pick<GuestResource, "vmid" | "name">): string {
  return name === undefined ? String(vmid) : `${vmid} (${name})`;
}

/** Guests that a text names before it says how many more there are. */
const NAMED = 10;

/** `101 (db01), 102 (web01) and 3 more`. */
export function labelsOf(guests: readonly GuestResource[]): string {
  const rest = guests.length - NAMED;
  return `${guests.slice(0, NAMED).map(labelOf).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

/** Looked after by the HA manager. */
export function isManaged(guest: GuestResource): boolean {
  return guest.hastate !== undefined && guest.hastate !== "" && guest.hastate !== "ignored";
}
