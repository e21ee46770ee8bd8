import * as z from "zod";
import { getClusterBackup } from "../../../generated/clients/cluster-backup.ts";
import { getClusterReplication } from "../../../generated/clients/cluster-replication.ts";
import { deleteNodesQemuByVmid } from "../../../generated/clients/nodes-qemu.ts";
import { getNodesStorageContent } from "../../../generated/clients/nodes-storage.ts";
import type { ResourceSnapshot } from "../../pve/cluster.ts";
import type { Send } from "../../schema/operation.ts";
import { cluster, guest } from "../arguments.ts";
import { idsOf } from "../backup/job-coverage.ts";
import { change, changeArguments, changeOutput } from "../change.ts";
import { defineTool } from "../contract.ts";
import { isOn } from "../flag.ts";
import { reasonOf } from "../gather.ts";
import { isActiveOn, storagePlaces } from "../storage/places.ts";
import { listed, type Obstacle, ObstacleError } from "./errors.ts";
import { findLinkedClones } from "./linked-clones.ts";
import { atGuest, findGuest } from "./resolve.ts";
import { disksOf } from "./vm-disks.ts";
import { isHaManaged, locked, protection, running, type VmState } from "./vm-obstacles.ts";
import { readVmState } from "./vm-state.ts";

type At = { node: string; vmid: number };

export default defineTool({
  name: "proxmox_vm_destroy",
  title: "Destroy a virtual machine",
  description:
    "Destroy (delete) a stopped virtual machine (VM) or template for good, with its disks; its backups stay.",
  toolset: "guests",
  class: "destructive",
  idempotent: false,
  input: z.strictObject({
    cluster,
    vmid: guest,
    purge: z.boolean().optional().describe("Also from HA, replication and backup jobs"),
    destroyUnreferencedDisks: z.boolean().optional(),
    ...changeArguments,
  }),
  output: z.object({
    cluster: z.string(),
    vmid: z.int(),
    name: z.string().optional(),
    node: z.string(),
    ...changeOutput,
  }),
  async run(context, input) {
    const found = await findGuest(context, input, "qemu", "proxmox_vm_destroy");
    const { cluster: on, guest: row } = found;
    const snapshot = await on.cluster.resources.get(on.caller, { signal: context.signal });
    return atGuest(context, found, async (at) => {
      const state = await readVmState(on.send, at);
      const name = (state.config.name as string | undefined) ?? row.name;
      const warnings: string[] = [];
      const obstacles = [
        ...running(state.status),
        ...locked(state),
        ...protection(state),
        ...(await entangled(on.send, at, state, input.purge === true, warnings)),
        ...(isOn(state.config.template) ? await linkedTo(on.send, at, state, snapshot, warnings) : []),
      ];
      if (obstacles.length > 0) throw new ObstacleError(at.vmid, name, "destroyed", obstacles);
      warnings.push(...(await leftovers(on.send, at, state, snapshot, input.destroyUnreferencedDisks === true)));
      if (!input.purge) warnings.push(...(await jobsNaming(on.send, at.vmid)));
      const request = (send: Send) =>
        deleteNodesQemuByVmid(send, {
          ...at,
          ...(input.purge ? { purge: true } : {}),
          ...(input.destroyUnreferencedDisks ? { "destroy-unreferenced-disks": true } : {}),
        });
      const { data, failed } = await change(context, on, request, input, { warnings });
      on.cluster.resources.invalidate();
      return {
        data: { cluster: on.name, vmid: at.vmid, ...(name === undefined ? {} : { name }), node: at.node, ...data },
        ...(failed ? { failed } : {}),
      };
    });
  },
});

/** HA and replication hold on to it, unless `purge` takes it out of them (pve-facts 66). */
async function entangled(
  send: Send,
  { vmid }: At,
  state: VmState,
  purge: boolean,
  warnings: string[],
): Promise<Obstacle[]> {
  if (purge) return [];
  const obstacles: Obstacle[] = [];
  if (isHaManaged(state.status)) {
    obstacles.push({
      reason: "ha-managed",
      is: "is managed by HA",
      wayOut: "Set purge to take it out of HA along with it.",
    });
  }
  const { targets, problem } = await replicationTargets(send, vmid);
  if (problem !== undefined)
    warnings.push(`Whether it is replicated could not be read (${problem}); the host refuses if it is.`);
  if (targets.length > 0) {
    obstacles.push({
      reason: "replicated",
      is: `is replicated to ${targets.join(", ")}`,
      wayOut: "Set purge to remove its replication jobs along with it.",
    });
  }
  return obstacles;
}

/** Nodes that a VM is replicated to. */
async function replicationTargets(send: Send, vmid: number): Promise<{ targets: string[]; problem?: string }> {
  try {
    const { data } = await getClusterReplication(send);
    const jobs = (data ?? []).filter((job) => Number(job.guest) === vmid);
    return { targets: jobs.map((job) => job.target).sort() };
  } catch (error) {
    return { targets: [], problem: reasonOf(error) };
  }
}

/** Linked clones lose their disks with the template's (pve-facts 63). */
async function linkedTo(
  send: Send,
  at: At,
  state: VmState,
  snapshot: ResourceSnapshot,
  warnings: string[],
): Promise<Obstacle[]> {
  const { clones, missing, untracked } = await findLinkedClones(send, at, disksOf(state.config), snapshot);
  if (untracked.length > 0) {
    warnings.push(`Linked clones on ${untracked.join(", ")} cannot be looked up: LVM-thin keeps no record of them.`);
  }
  for (const { part, reason } of missing) warnings.push(`The ${part} could not be read (${reason}).`);
  const owners = [...new Map(clones.map(({ vmid, name }) => [vmid, name ? `${vmid} (${name})` : `${vmid}`])).values()];
  if (owners.length === 0) return [];
  return [
    {
      reason: "linked-clones",
      is: `is the base of linked clones (${listed(owners)})`,
      wayOut: "Destroy them first, or move their disks to another storage, which makes them whole.",
    },
  ];
}

/** Volumes that carry its number and that its configuration does not name (pve-facts 66). */
async function leftovers(
  send: Send,
  { node, vmid }: At,
  state: VmState,
  snapshot: ResourceSnapshot,
  destroyed: boolean,
): Promise<string[]> {
  const places = [...storagePlaces(snapshot).values()].filter(
    (place) => place.content.includes("images") && isActiveOn(place, node),
  );
  const named = Object.values(state.config).map((value) =>
    String(value)
      .split(",")[0]!
      .replace(/^file=/, ""),
  );
  const orphans: string[] = [];
  const unread: string[] = [];
  await Promise.all(
    places.map(async ({ storage }) => {
      try {
        const { data } = await getNodesStorageContent(send, { node, storage, content: "images", vmid });
        // The memory of a snapshot is named by the snapshot alone.
        orphans.push(
          ...(data ?? []).map(({ volid }) => volid).filter((id) => !named.includes(id) && !/-state-/.test(id)),
        );
      } catch (error) {
        unread.push(`${storage} (${reasonOf(error)})`);
      }
    }),
  );
  const list = listed(orphans.sort());
  const looked = state.snapshots.length > 0 ? "its present configuration does not name" : "nothing names";
  return [
    ...(orphans.length === 0
      ? []
      : destroyed
        ? [`Destroyed as well, as they carry its number and ${looked} them: ${list}.`]
        : [
            `Left behind, as ${looked} them: ${list}. A later VM ${vmid} would find them; destroyUnreferencedDisks removes them.`,
          ]),
    ...(unread.length === 0 ? [] : [`Not looked through for further disks: ${unread.sort().join(", ")}.`]),
  ];
}

/** Backup jobs that go on naming it, and fail for it. */
async function jobsNaming(send: Send, vmid: number): Promise<string[]> {
  try {
    const { data } = await getClusterBackup(send);
    const jobs = (data ?? []).filter((job) => idsOf(job.vmid).includes(vmid)).map(({ id }) => id);
    return jobs.length === 0 ? [] : [`Backup jobs go on naming it, unless purge is set: ${listed(jobs)}.`];
  } catch {
    // Whether a job names it harms nothing.
    return [];
  }
}
