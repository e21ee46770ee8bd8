import { ProxmoxMcpError } from "../../errors/index.ts";
import type { GuestResource, ResourceSnapshot } from "../../pve/cluster.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import { AmbiguousGuestError, UnknownGuestError, WrongGuestKindError } from "../errors.ts";

export type GuestKind = "qemu" | "lxc";

/** A guest, found, and the cluster it lives on. */
export interface FoundGuest {
  cluster: ToolCluster;
  guest: GuestResource;
}

/**
 * Finds a guest by vmid or name. With several clusters and none named, the one cluster that has it is taken. A guest
 * that the cached index lacks is looked up afresh before it is called unknown.
 */
export async function findGuest(
  context: ToolContext,
  input: { cluster?: string; vmid: number | string },
  kind: GuestKind,
  tool: string,
): Promise<FoundGuest> {
  const clusters = input.cluster === undefined ? context.clusters : [context.cluster(input.cluster)];
  for (const maxAgeMs of [undefined, 0]) {
    const snapshots = await Promise.all(
      clusters.map(async (cluster) => ({ cluster, snapshot: await snapshotOf(context, cluster, maxAgeMs) })),
    );
    const found = snapshots.flatMap(({ cluster, snapshot }) =>
      matches(snapshot, input.vmid).map((guest) => ({ cluster, guest })),
    );
    if (found.length > 0) return choose(found, input.vmid, kind, tool);
    if (maxAgeMs === 0) {
      const names = snapshots.flatMap(({ snapshot }) => [...snapshot.guestsByName.keys()]);
      throw new UnknownGuestError(String(input.vmid), clusters.map((one) => one.name).join(", "), names);
    }
  }
  throw new Error("unreachable");
}

function snapshotOf(context: ToolContext, cluster: ToolCluster, maxAgeMs?: number): Promise<ResourceSnapshot> {
  return cluster.cluster.resources.get(cluster.caller, {
    signal: context.signal,
    ...(maxAgeMs === undefined ? {} : { maxAgeMs }),
  });
}

/** A text of digits is a vmid first, and a name only when no guest has that vmid. */
function matches(snapshot: ResourceSnapshot, given: number | string): readonly GuestResource[] {
  const vmid = typeof given === "number" ? given : /^[1-9][0-9]{2,8}$/.test(given) ? Number(given) : undefined;
  const byId = vmid === undefined ? undefined : snapshot.guests.get(vmid);
  if (byId) return [byId];
  return snapshot.guestsByName.get(String(given)) ?? [];
}

function choose(found: FoundGuest[], given: number | string, kind: GuestKind, tool: string): FoundGuest {
  const fitting = found.filter(({ guest }) => guest.type === kind);
  if (fitting.length === 1) return fitting[0]!;
  const candidates = fitting.length > 1 ? fitting : found;
  if (candidates.length === 1) {
    const { guest } = candidates[0]!;
    throw new WrongGuestKindError(guest.vmid, guest.name, guest.type, tool);
  }
  throw new AmbiguousGuestError(
    String(given),
    candidates.map(({ cluster, guest }) => ({
      vmid: guest.vmid,
      type: guest.type,
      node: found.some((one) => one.cluster !== cluster) ? `${cluster.name}/${guest.node}` : guest.node,
      ...(guest.status === undefined ? {} : { status: guest.status }),
    })),
  );
}

/**
 * Asks about a guest where the index says it is, and once more where it is now when it has moved meanwhile: the old
 * node then answers that its configuration file does not exist, before any work is done (pve-facts 88).
 */
export async function atGuest<T>(
  context: ToolContext,
  found: FoundGuest,
  ask: (at: { node: string; vmid: number }) => Promise<T>,
): Promise<T> {
  const { cluster, guest } = found;
  try {
    return await ask({ node: guest.node, vmid: guest.vmid });
  } catch (error) {
    if (!(error instanceof ProxmoxMcpError) || error.code !== "not-found") throw error;
    const now = (await snapshotOf(context, cluster, 0)).guests.get(guest.vmid);
    if (!now || now.node === guest.node || now.type !== guest.type) throw error;
    return ask({ node: now.node, vmid: now.vmid });
  }
}
