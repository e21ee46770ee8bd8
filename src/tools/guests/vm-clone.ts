import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { getNodesQemuConfig, postNodesQemuClone } from "../../../generated/clients/nodes-qemu.ts";
import type { PostNodesQemuCloneParams } from "../../../generated/types/nodes-qemu.ts";
import { ProxmoxMcpError } from "../../errors/index.ts";
import type { Send } from "../../schema/operation.ts";
import { cluster, guest } from "../arguments.ts";
import { type Change, change, changeArguments, changeOutput } from "../change.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import { defineTool } from "../contract.ts";
import { ArgumentError } from "../errors.ts";
import { reasonOf } from "../gather.ts";
import { resolveNode } from "../inventory/resolve-node.ts";
import { type ClonePlan, planClone } from "./clone-plan.ts";
import { newVmid, saysTaken, withNewVmid } from "./new-vmid.ts";
import { atGuest, findGuest } from "./resolve.ts";

/** Parameters that have an argument of their own. */
const OWN = "node vmid newid name full snapname storage target pool".split(" ");

const input = z.strictObject({
  cluster,
  vmid: guest,
  newid: newVmid,
  name: z.string().optional(),
  full: z.boolean().optional().describe("Default: not for templates"),
  snapname: z.string().optional(),
  storage: z.string().optional(),
  target: z.string().optional().describe("Node"),
  pool: z.string().optional(),
  config: z.record(z.string(), z.unknown()).default({}).describe("description, format, bwlimit"),
  ...changeArguments,
});

type Input = z.output<typeof input>;

export default defineTool({
  name: "proxmox_vm_clone",
  title: "Clone a virtual machine",
  description:
    "Clone a virtual machine, template or snapshot to a new VM, full or linked. Another node only where all storages are shared.",
  toolset: "guests",
  class: "mutate",
  idempotent: false,
  input,
  output: z.object({
    cluster: z.string(),
    vmid: z.int().describe("Of the new VM"),
    name: z.string().optional(),
    node: z.string(),
    full: z.boolean(),
    source: z.object({ vmid: z.int(), name: z.string().optional(), node: z.string() }),
    ...changeOutput,
  }),
  async run(context, given) {
    const clash = Object.keys(given.config).find((key) => OWN.includes(key));
    if (clash) throw new ArgumentError(`config.${clash}`, "has an argument of its own", `Give it as ${clash}.`);
    const found = await findGuest(context, given, "qemu", "proxmox_vm_clone");
    const { cluster: on, guest: row } = found;
    if (given.target !== undefined) await resolveNode(context, { cluster: on.name, node: given.target });
    const snapshot = await on.cluster.resources.get(on.caller, { signal: context.signal });
    const { plan, newid, result } = await atGuest(context, found, async (at) => {
      const plan = await planClone(on.send, at, row.status, snapshot, given);
      return withNewVmid(
        context,
        on,
        given.newid,
        async (newid) => ({ plan, newid, result: await make(context, on, plan, newid, given) }),
        ({ result: { data } }) => data.job?.exitstatus,
        "newid",
      );
    });
    on.cluster.resources.invalidate();
    const { data, failed, done } = result;
    const head = {
      cluster: on.name,
      vmid: newid,
      ...(given.name === undefined ? {} : { name: given.name }),
      node: plan.node,
      full: plan.full,
      source: plan.source,
    };
    if (failed) {
      const left = await leftBehind(context, on, newid, data.job?.exitstatus);
      return { data: { ...head, ...data }, failed: { ...failed, next: `${left} ${failed.next}` } };
    }
    const seen = done ? await look(on.send, plan.node, newid) : undefined;
    const warnings = [...(data.warnings ?? []), ...(seen?.warnings ?? [])];
    return {
      data: {
        ...head,
        ...(seen?.name === undefined ? {} : { name: seen.name }),
        ...data,
        ...(warnings.length > 0 ? { warnings } : {}),
      },
    };
  },
});

/** How often a clone is asked for when the host could not lock a file in the second that it allows (pve-facts 56). */
const TRIES = 3;
/** Milliseconds before the next try, at most. */
const PAUSE_MS = 1500;

async function make(
  context: ToolContext,
  on: ToolCluster,
  { source, full, node, warnings }: ClonePlan,
  newid: number,
  { name, snapname, storage, pool, config, ...rest }: Input,
): Promise<Change> {
  const params: PostNodesQemuCloneParams = {
    ...config,
    node: source.node,
    vmid: source.vmid,
    newid,
    full,
    ...(name === undefined ? {} : { name }),
    ...(snapname === undefined ? {} : { snapname }),
    ...(storage === undefined ? {} : { storage }),
    ...(node === source.node ? {} : { target: node }),
    ...(pool === undefined ? {} : { pool }),
  };
  const request = (send: Send) => postNodesQemuClone(send, params);
  for (let attempt = 1; ; attempt++) {
    try {
      return await change(context, on, request, rest, { warnings });
    } catch (error) {
      // Nothing was done yet; a confirmed call is good once.
      const retry = error instanceof ProxmoxMcpError && error.code === "lock-timeout" && on.caller.grant === undefined;
      if (!retry || attempt === TRIES) throw error;
      await sleep(Math.random() * PAUSE_MS, undefined, { signal: context.signal });
    }
  }
}

/** What a failed clone has left: Proxmox removes the partial VM, as a rule (pve-facts 56). */
async function leftBehind(
  context: ToolContext,
  on: ToolCluster,
  newid: number,
  exitstatus: string | undefined,
): Promise<string> {
  if (saysTaken(exitstatus)) return `VM ${newid} is somebody else's.`;
  try {
    const { guests } = await on.cluster.resources.get(on.caller, { maxAgeMs: 0, signal: context.signal });
    const there = guests.get(newid);
    if (!there) return `Nothing is left of VM ${newid}.`;
    const lock = there.lock ? `, locked (${there.lock})` : "";
    return `A partial VM ${newid} is left on ${there.node}${lock}: look at it, and remove it with proxmox_vm_destroy${lock ? " once its lock is gone" : ""}.`;
  } catch (error) {
    return `Whether a partial VM ${newid} is left could not be seen (${reasonOf(error)}).`;
  }
}

/** A task that ended well may still have missed its goal (pve-facts 55): one look tells. */
async function look(send: Send, node: string, vmid: number): Promise<{ name?: string; warnings?: string[] }> {
  try {
    const { data } = await getNodesQemuConfig(send, { node, vmid });
    return data.name === undefined ? {} : { name: data.name };
  } catch (error) {
    return { warnings: [`The task ended well, but the new VM could not be read: ${reasonOf(error)}.`] };
  }
}
