import { getNodesNetwork } from "../../../generated/clients/nodes-network.ts";
import { getNodesVersion } from "../../../generated/clients/nodes-version.ts";
import { ProxmoxMcpError } from "../../errors/index.ts";
import type { ToolCluster } from "../context.ts";
import { ArgumentError } from "../errors.ts";
import { isActiveOn, type StoragePlace } from "../storage/places.ts";

/** The storage for a new VM's disks: the one named, the configured default, or the only one that the node has for it. */
export function diskStorage(
  one: ToolCluster,
  places: ReadonlyMap<string, StoragePlace>,
  node: string,
  given: string | undefined,
): StoragePlace {
  const fitting = [...places.values()].filter((place) => place.content.includes("images") && isActiveOn(place, node));
  const names = fitting.map(({ storage }) => storage).join(", ") || "none";
  const wanted = given ?? one.cluster.config.defaults.vmStorage;
  if (wanted === undefined) {
    if (fitting.length === 1) return fitting[0]!;
    throw new ArgumentError(
      "storage",
      `is missing, and ${node} has no single one for disks`,
      `Set it to one of: ${names}.`,
    );
  }
  const found = fitting.find(({ storage }) => storage === wanted);
  if (found) return found;
  const place = places.get(wanted);
  const fault = !place
    ? "is no storage that this token sees"
    : !place.content.includes("images")
      ? `holds no VM disks (content: ${place.content.join(", ")})`
      : `is not there, or not reachable, on ${node}`;
  throw new ArgumentError("storage", `${JSON.stringify(wanted)} ${fault}`, `For disks on ${node} there are: ${names}.`);
}

/** The bridge for a new VM: the one named, the configured default, or the only one that the node has. */
export async function bridgeFor(one: ToolCluster, node: string, given: string | undefined): Promise<string> {
  const wanted = given ?? one.cluster.config.defaults.bridge;
  if (wanted !== undefined) return wanted;
  const names = await bridgesOf(one, node);
  if (names.length === 1) return names[0]!;
  throw new ArgumentError(
    "bridge",
    "is missing, and no default is configured",
    `Set it to ${names.length > 0 ? `one of: ${names.join(", ")}` : "the node's bridge, e.g. vmbr0"}; "none" makes a VM without network.`,
  );
}

async function bridgesOf(one: ToolCluster, node: string): Promise<string[]> {
  try {
    const { data } = await getNodesNetwork(one.send, { node, type: "any_bridge" });
    return (data ?? []).map(({ iface }) => String(iface)).sort();
  } catch (error) {
    if (error instanceof ProxmoxMcpError) return [];
    throw error;
  }
}

/** The CPU type that Proxmox's own assistant takes since 8.0; systems of today do not run on the API's default. */
export async function cpuFor(one: ToolCluster, node: string): Promise<string | undefined> {
  try {
    const { data } = await getNodesVersion(one.send, { node });
    return Number.parseInt(String(data.version), 10) >= 8 ? "x86-64-v2-AES" : undefined;
  } catch (error) {
    if (error instanceof ProxmoxMcpError) return undefined;
    throw error;
  }
}
