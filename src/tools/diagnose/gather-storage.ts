import { getNodesStorageContent, getNodesStorageContentByVolume } from "../../../generated/clients/nodes-storage.ts";
import { getStorage } from "../../../generated/clients/storage.ts";
import { ProxmoxMcpError } from "../../errors/index.ts";
import type { Incomplete } from "../arguments.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import { reasonOf } from "../gather.ts";
import type { StorageFact, VmFacts, VolumeFact } from "./facts.ts";
import { holds } from "./rights.ts";
import { drivesOf, isOn, pairsOf, type VmConfig } from "./vm-config.ts";

type Missing = NonNullable<Incomplete>;
type At = { node: string; vmid: number };

/** Volumes that are asked for one by one, at most: those of others, images, and what a list did not show. */
const MOST_SINGLE = 4;
/** Storages whose lists are read, at most. */
const MOST_LISTS = 3;

/** The volumes that a start needs, and what is known of their storages. Nothing on any disk is read. */
export async function readStorages(
  context: ToolContext,
  cluster: ToolCluster,
  at: At,
  config: VmConfig,
  facts: VmFacts,
  missing: Missing,
): Promise<void> {
  const volumes = volumesOf(config);
  facts.volumes = volumes;
  if (volumes.length === 0) return;
  try {
    facts.storages = await statesOf(context, cluster, at.node, new Set(volumes.map(({ storage }) => storage)), missing);
  } catch (error) {
    missing.push({ part: "storages", reason: reasonOf(error) });
    return;
  }
  await findVolumes(cluster, at, volumes, facts.storages, missing);
}

/** What a start needs; a cloud-init drive is made anew each time, so that only its storage counts. */
function volumesOf(config: VmConfig): VolumeFact[] {
  const volumes: VolumeFact[] = drivesOf(config).flatMap(({ key, volid, storage, kind }) =>
    volid === undefined || storage === undefined ? [] : [{ key, volid, storage, kind }],
  );
  const hasDrive = volumes.some(({ kind }) => kind === "cloudinit");
  const named: [string, string, VolumeFact["kind"]][] = [
    ...(hasDrive ? [...pairsOf(config.cicustom).values()].map((volid) => ["cicustom", volid, "snippet"] as const) : []),
    ...(config.vmstate === undefined ? [] : [["vmstate", String(config.vmstate), "vmstate"] as const]),
  ].map(([key, volid, kind]) => [key, volid, kind]);
  for (const [key, volid, kind] of named) {
    const storage = /^([a-z][\w.-]*):/i.exec(volid)?.[1];
    if (storage !== undefined) volumes.push({ key, volid, storage, kind });
  }
  return volumes;
}

/**
 * The index tells whether the node reaches a storage, without waking a dead one up (pve-facts 97); the definitions are
 * read only to tell why it does not.
 */
async function statesOf(
  context: ToolContext,
  cluster: ToolCluster,
  node: string,
  names: ReadonlySet<string>,
  missing: Missing,
): Promise<ReadonlyMap<string, StorageFact>> {
  const index = await cluster.cluster.resources.get(cluster.caller, { signal: context.signal });
  const states = new Map<string, StorageFact>();
  for (const row of index.storages) {
    if (row.node !== node || row.storage === undefined || !names.has(row.storage)) continue;
    states.set(row.storage, {
      storage: row.storage,
      state: row.status === "available" ? "available" : "inactive",
      ...(row.plugintype === undefined ? {} : { type: row.plugintype }),
      ...(row.disk === undefined ? {} : { used: row.disk }),
      ...(row.maxdisk === undefined ? {} : { total: row.maxdisk }),
    });
  }
  const unclear = [...names].filter((name) => states.get(name)?.state !== "available");
  if (unclear.length === 0) return states;
  const { data } = await getStorage(cluster.send);
  for (const storage of unclear) {
    const definition = data.find((row) => row.storage === storage) as Readonly<Record<string, unknown>> | undefined;
    const seen = states.get(storage);
    if (!definition) {
      if (seen) continue;
      // A token that may not audit a storage is not told of it (pve-facts 27).
      if (await holds(cluster, `/storage/${storage}`, ["Datastore.Audit", "Datastore.AllocateSpace"])) {
        states.set(storage, { storage, state: "undefined" });
      } else missing.push({ part: `storage ${storage}`, reason: "not defined, or not visible to this token" });
      continue;
    }
    const nodes = String(definition.nodes ?? "")
      .split(/[,;\s]+/)
      .filter((name) => name !== "");
    const state = isOn(definition.disable)
      ? "disabled"
      : nodes.length > 0 && !nodes.includes(node)
        ? "elsewhere"
        : (seen?.state ?? "inactive");
    states.set(storage, { ...(seen ?? { storage }), state });
  }
  return states;
}

/** Looks each volume up: the VM's own ones in one list a storage, the others one by one. */
async function findVolumes(
  cluster: ToolCluster,
  at: At,
  volumes: VolumeFact[],
  storages: ReadonlyMap<string, StorageFact>,
  missing: Missing,
): Promise<void> {
  const reachable = volumes.filter(
    ({ storage, kind }) => kind !== "cloudinit" && storages.get(storage)?.state === "available",
  );
  const own = new RegExp(`[:/](?:vm|base)-${at.vmid}-`);
  const listed = reachable.filter(({ volid, kind }) => (kind === "disk" || kind === "vmstate") && own.test(volid));
  const names = [...new Set(listed.map(({ storage }) => storage))].slice(0, MOST_LISTS);
  const lists = await Promise.all(
    names.map(async (storage) => {
      try {
        const { data } = await getNodesStorageContent(cluster.send, { ...at, storage, content: "images" });
        return new Set((data ?? []).map(({ volid }) => volid));
      } catch (error) {
        missing.push({ part: `content of ${storage}`, reason: reasonOf(error) });
        return undefined;
      }
    }),
  );
  const single: VolumeFact[] = [];
  for (const volume of reachable) {
    const index = listed.includes(volume) ? names.indexOf(volume.storage) : -1;
    if (index >= 0 && lists[index] === undefined) continue;
    // A list leaves out what the token may not use, without a word (pve-facts 27): what it lacks is asked for by name.
    if (index >= 0 && lists[index]!.has(volume.volid)) volume.found = true;
    else single.push(volume);
  }
  for (const volume of single.slice(MOST_SINGLE)) {
    missing.push({ part: `${volume.key} ${volume.volid}`, reason: "not looked for: too many volumes" });
  }
  await Promise.all(single.slice(0, MOST_SINGLE).map((volume) => findOne(cluster, at, volume, missing)));
}

/** How the server says that a volume is not there, in the words of its storage plugins. */
const ABSENT =
  /volume_size_info on '.*' failed|no such (?:logical )?volume|does not exist|dataset does not exist|No such file or directory|error opening image/i;

async function findOne(cluster: ToolCluster, at: At, volume: VolumeFact, missing: Missing): Promise<void> {
  const { node } = at;
  const { storage, volid } = volume;
  try {
    await getNodesStorageContentByVolume(cluster.send, { node, storage, volume: volid });
    volume.found = true;
  } catch (error) {
    const denied = error instanceof ProxmoxMcpError && error.code === "permission-denied";
    if (!denied && error instanceof ProxmoxMcpError && ABSENT.test(error.message)) {
      volume.found = false;
      volume.where = `GET /nodes/${node}/storage/${storage}/content/${volid}`;
      volume.says = error.message;
    } else missing.push({ part: `${volume.key} ${volid}`, reason: reasonOf(error) });
  }
}
