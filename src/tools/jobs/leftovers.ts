import * as z from "zod";
import { getNodesLxcConfig } from "../../../generated/clients/nodes-lxc.ts";
import { getNodesQemuConfig } from "../../../generated/clients/nodes-qemu.ts";
import type { GuestResource } from "../../pve/cluster.ts";
import { type Incomplete, incomplete } from "../arguments.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import { reasonOf } from "../gather.ts";
import type { JobAnswer } from "../job-answer.ts";

/** What a stopped task left behind, as far as it can be read. */
export const leftoversOutput = {
  locked: z
    .array(
      z.object({
        vmid: z.int(),
        name: z.string().optional(),
        type: z.string(),
        node: z.string(),
        lock: z.string(),
        unlock: z.string().describe("Command on that node; the API has none for tokens"),
        maybeOther: z.boolean().optional().describe("The lock may be another task's"),
      }),
    )
    .optional()
    .describe("Guests whose config is still locked"),
  mayRemain: z.string().optional(),
  next: z.string().optional(),
  incomplete,
};

type Locked = NonNullable<z.output<(typeof leftoversOutput)["locked"]>>[number];

export interface Leftovers {
  locked?: Locked[];
  mayRemain?: string;
  next?: string;
  incomplete?: NonNullable<Incomplete>;
}

/** The locks that tasks of a type set, and what else they leave half done (pve-facts 52). */
const TRACES: readonly { types: RegExp; locks: readonly string[]; half?: string }[] = [
  {
    types: /^vzdump$/,
    locks: ["backup"],
    half: "an unfinished archive or temporary directory on the backup storage; the backup job inside of QEMU may still run",
  },
  {
    types: /^(qm|vz)clone$/,
    locks: ["clone", "create", "disk"],
    half: "the new guest, half made, with its volumes",
  },
  { types: /^(qm|vz)(create|restore)$/, locks: ["create"], half: "the guest, half made, with its volumes" },
  { types: /^(qm|vz)migrate$/, locks: ["migrate"], half: "volumes that were copied to the target node already" },
  { types: /^(qm|vz)snapshot$/, locks: ["snapshot"], half: "a half-made snapshot in the guest's config" },
  { types: /^(qm|vz)delsnapshot$/, locks: ["snapshot-delete"], half: "a half-deleted snapshot in the guest's config" },
  { types: /^(qm|vz)rollback$/, locks: ["rollback"], half: "disks of which only some were rolled back" },
  { types: /^qmsuspend$/, locks: ["suspending", "suspended"], half: "a state volume" },
  {
    types: /^(qmmove|qmdisk|move_volume|qmimport)$/,
    locks: ["disk"],
    half: "the new volume, half copied; the copy job inside of QEMU may still run",
  },
  { types: /^(download|imgcopy|upload)$/, locks: [], half: "a temporary file on the storage" },
];

/** Guests named that the UPID does not name. */
const MOST_OTHERS = 20;

/**
 * Looks for what a task left when it was stopped: the locks of the guests that its UPID names, read from their
 * configs, and guests on its node that carry a lock of the kind that such tasks set.
 */
export async function findLeftovers(
  context: ToolContext,
  one: ToolCluster,
  job: JobAnswer,
  id: string,
): Promise<Leftovers> {
  const traces = TRACES.find(({ types }) => types.test(job.type));
  const half = traces?.half === undefined ? {} : { mayRemain: traces.half };
  let guests: readonly GuestResource[];
  try {
    const snapshot = await one.cluster.resources.get(one.caller, { maxAgeMs: 0, signal: context.signal });
    guests = [...snapshot.guests.values()];
  } catch (error) {
    return { ...half, incomplete: [{ part: "locks", reason: reasonOf(error) }] };
  }
  // `100`, `100@local-lvm`, `100-scsi0>200-scsi1`.
  const named = new Set([...id.matchAll(/(?<![\w.-])\d{3,9}(?!\w)/g)].map(([vmid]) => Number(vmid)));
  const missing: NonNullable<Incomplete> = [];
  const own = await Promise.all(
    guests.filter(({ vmid }) => named.has(vmid)).map((guest) => lockOf(one, guest, missing)),
  );
  // A clone's UPID names the source alone, and a backup of several guests none.
  const unnamed = named.size === 0 || job.type.endsWith("clone");
  const others = (unnamed ? guests : [])
    .filter(({ vmid, node, lock }) => !named.has(vmid) && node === job.node && traces?.locks.includes(lock ?? ""))
    .slice(0, MOST_OTHERS)
    .map((guest): Locked => ({ ...describe(guest, guest.lock!), maybeOther: true }));
  const locked = [...own.filter((found) => found !== undefined), ...others];
  return {
    ...(locked.length > 0 ? { locked } : {}),
    ...half,
    ...(locked.length > 0
      ? {
          next: "Make sure that nothing works on a locked guest any more (proxmox_task_list with its vmid and running), then run its unlock command on its node: by proxmox_cli_run, or in its shell.",
        }
      : {}),
    ...(missing.length > 0 ? { incomplete: missing } : {}),
  };
}

async function lockOf(
  one: ToolCluster,
  guest: GuestResource,
  missing: NonNullable<Incomplete>,
): Promise<Locked | undefined> {
  const at = { node: guest.node, vmid: guest.vmid };
  try {
    const { data } =
      guest.type === "qemu" ? await getNodesQemuConfig(one.send, at) : await getNodesLxcConfig(one.send, at);
    return data.lock === undefined ? undefined : describe(guest, String(data.lock));
  } catch (error) {
    if (guest.lock === undefined) missing.push({ part: `lock of ${guest.vmid}`, reason: reasonOf(error) });
    return guest.lock === undefined ? undefined : describe(guest, guest.lock);
  }
}

function describe({ vmid, name, type, node }: GuestResource, lock: string): Locked {
  return {
    vmid,
    ...(name === undefined ? {} : { name }),
    type,
    node,
    lock,
    unlock: `${type === "qemu" ? "qm" : "pct"} unlock ${vmid}`,
  };
}
