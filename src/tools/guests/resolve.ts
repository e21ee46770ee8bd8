import { cleanText } from "../../access/index.ts";
import { ProxmoxMcpError } from "../../errors/index.ts";
import type { GuestResource, ResourceSnapshot } from "../../pve/cluster.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import { AmbiguousGuestError, GuestSearchError, UnknownGuestError, WrongGuestKindError } from "../errors.ts";
import { reasonOf } from "../gather.ts";
import { NodeOfflineError } from "../inventory/resolve-node.ts";

export type GuestKind = "qemu" | "lxc";

/** A guest, found, and the cluster it lives on. */
export interface FoundGuest {
  cluster: ToolCluster;
  guest: GuestResource;
  /** Its node is offline; only for who asks for such guests too. */
  offline?: true;
}

/**
 * Finds a guest by vmid or name. With several clusters and none named, the one cluster that has it is taken, once all
 * of them have answered. A guest that the cached index lacks, or has on an offline node, is looked up afresh first; one
 * whose node is offline is refused then, unless `evenOffline`.
 */
export async function findGuest(
  context: ToolContext,
  input: { cluster?: string; vmid: number | string },
  kind: GuestKind | "any",
  tool: string,
  options: { evenOffline?: boolean } = {},
): Promise<FoundGuest> {
  const clusters = input.cluster === undefined ? context.clusters : [context.cluster(input.cluster)];
  for (const maxAgeMs of [undefined, 0]) {
    const snapshots = await Promise.all(
      clusters.map(async (cluster) => {
        const snapshot = await snapshotOf(context, cluster, maxAgeMs).catch((error: unknown) => {
          if (clusters.length === 1 || !(error instanceof ProxmoxMcpError)) throw error;
          throw new GuestSearchError(
            String(input.vmid),
            cluster.name,
            reasonOf(error),
            clusters.map((one) => one.name),
          );
        });
        return { cluster, snapshot };
      }),
    );
    const found = snapshots.flatMap(({ cluster, snapshot }) =>
      matches(snapshot, input.vmid).map((guest) => ({ cluster, guest, host: snapshot.nodes.get(guest.node)?.status })),
    );
    if (found.length > 0) {
      const { host, ...one } = choose(found, input.vmid, kind, tool);
      if (host !== "offline") return one;
      if (maxAgeMs === 0 && options.evenOffline) return { ...one, offline: true };
      if (maxAgeMs === 0) throw new NodeOfflineError(one.guest.node, one.cluster.name, host);
      continue;
    }
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
  const name = String(given);
  const named = snapshot.guestsByName.get(name) ?? [];
  // Names are shown without invisible characters, so two that look the same must count as the same.
  const alike = [...snapshot.guestsByName].filter(([other]) => other !== name && cleanText(other) === name);
  return alike.length === 0 ? named : [...named, ...alike.flatMap(([, guests]) => guests)];
}

function choose<F extends FoundGuest>(found: F[], given: number | string, kind: GuestKind | "any", tool: string): F {
  const fitting = found.filter(({ guest }) => kind === "any" || guest.type === kind);
  if (fitting.length === 1) return fitting[0]!;
  const candidates = fitting.length > 1 ? fitting : found;
  if (candidates.length === 1) {
    const { guest } = candidates[0]!;
    throw new WrongGuestKindError(guest.vmid, guest.name, guest.type, tool);
  }
  const several = new Set(candidates.map(({ cluster }) => cluster)).size > 1;
  throw new AmbiguousGuestError(
    String(given),
    candidates.map(({ cluster, guest }) => ({
      ...(several ? { cluster: cluster.name } : {}),
      vmid: guest.vmid,
      type: guest.type,
      node: guest.node,
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
