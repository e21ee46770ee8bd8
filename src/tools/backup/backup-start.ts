import * as z from "zod";
import { getClusterTasks } from "../../../generated/clients/cluster-tasks.ts";
import { postNodesVzdump } from "../../../generated/clients/nodes-vzdump.ts";
import type { PostNodesVzdumpParams } from "../../../generated/types/nodes-vzdump.ts";
import type { GuestResource } from "../../pve/cluster.ts";
import type { Send } from "../../schema/operation.ts";
import { cluster, guest, type Listed } from "../arguments.ts";
import { changeArguments } from "../change.ts";
import { changeTogether } from "../change-together.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import { defineTool } from "../contract.ts";
import { ArgumentError } from "../errors.ts";
import { findGuest } from "../guests/resolve.ts";
import { jobOutput } from "../job-answer.ts";
import { planOutput } from "../plan.ts";
import { chooseStorage } from "../storage/choose.ts";
import { failureOf, guestOutcome, nodeOutcome } from "./backup-outcome.ts";

/** Parameters that have an argument of their own, or that this tool decides. */
const OWN = "node vmid storage mode protected notes-template all exclude pool stdout quiet remove".split(" ");

const input = z.strictObject({
  cluster,
  vmids: z
    .array(guest)
    .min(1)
    .max(100)
    .meta({ listed: { type: "array", items: { type: ["integer", "string"] } } } satisfies Listed),
  storage: z.string().optional(),
  mode: z.enum(["snapshot", "suspend", "stop"]).default("snapshot"),
  protected: z.boolean().optional(),
  notes: z.string().optional(),
  config: z.record(z.string(), z.unknown()).default({}).describe("Further vzdump options"),
  ...changeArguments,
});

export default defineTool({
  name: "proxmox_backup_start",
  title: "Back up guests now",
  description:
    "Back up virtual machines and containers now (vzdump), and tell for each whether it was saved. Old backups are not pruned.",
  toolset: "backup",
  class: "mutate",
  idempotent: false,
  input,
  output: z.object({
    cluster: z.string(),
    storage: z.string(),
    guests: z.array(guestOutcome).optional(),
    tasks: z.array(z.object({ node: z.string(), job: jobOutput.optional(), error: z.string().optional() })).optional(),
    plan: planOutput.optional(),
    warnings: z.array(z.string()).optional(),
  }),
  async run(context, given) {
    const { on, guests } = await resolve(context, given);
    const clash = Object.keys(given.config).find((name) => OWN.includes(name));
    if (clash)
      throw new ArgumentError(
        `config.${clash}`,
        "is not for config",
        `Known there: bwlimit, fleecing, prune-backups and the like.`,
      );
    const byNode = new Map<string, GuestResource[]>();
    for (const one of guests) byNode.set(one.node, [...(byNode.get(one.node) ?? []), one]);
    const nodes = [...byNode.keys()].sort();
    const snapshot = await on.cluster.resources.get(on.caller, { signal: context.signal });
    const place = chooseStorage(snapshot, { storage: given.storage, content: "backup", nodes });
    refuseStoppingHa(guests, given.mode);
    const warnings = [...doubts(guests, given.mode), ...(await queues(on, nodes))];
    const requests = nodes.map(
      (node) => (send: Send) =>
        postNodesVzdump(send, {
          ...paramsOf(given, place.type === "pbs"),
          node,
          storage: place.storage,
          vmid: byNode.get(node)!.map(({ vmid }) => String(vmid)),
        }),
    );
    const result = await changeTogether(context, on, requests, given, { warnings });
    const head = { cluster: on.name, storage: place.storage };
    if ("plan" in result) return { data: { ...head, plan: result.plan } };
    const ends = await Promise.all(
      result.outcomes.map((outcome, index) =>
        nodeOutcome(context, on, nodes[index]!, byNode.get(nodes[index]!)!, outcome),
      ),
    );
    const all = ends.flatMap((end) => end.guests).sort((a, b) => a.vmid - b.vmid);
    const failed = failureOf(ends);
    return {
      data: { ...head, guests: all, tasks: ends.map((end) => end.task), ...(warnings.length > 0 ? { warnings } : {}) },
      ...(failed ? { failed } : {}),
    };
  },
});

/** Finds every guest; one that cannot be found stops the call before anything is sent. */
async function resolve(
  context: ToolContext,
  given: z.output<typeof input>,
): Promise<{ on: ToolCluster; guests: GuestResource[] }> {
  const guests = new Map<number, GuestResource>();
  let on: ToolCluster | undefined;
  for (const vmid of given.vmids) {
    const found = await findGuest(context, { ...given, vmid }, "any", "proxmox_backup_start");
    if (on !== undefined && on.name !== found.cluster.name) {
      throw new ArgumentError(
        "vmids",
        `are on clusters ${on.name} and ${found.cluster.name}`,
        "Make one call for each.",
      );
    }
    on = found.cluster;
    guests.set(found.guest.vmid, found.guest);
  }
  return { on: on!, guests: [...guests.values()].sort((a, b) => a.vmid - b.vmid) };
}

/** What is sent beside node, guests and storage. Left to itself, vzdump prunes by the storage's rule: only when asked. */
function paramsOf(given: z.output<typeof input>, isBackupServer: boolean): Omit<PostNodesVzdumpParams, "node"> {
  const { config } = given;
  const prunes = config["prune-backups"] !== undefined;
  return {
    // A backup server compresses by itself; without a word, anything else is not compressed at all.
    ...(isBackupServer ? {} : { compress: "zstd" }),
    ...config,
    mode: given.mode,
    ...(prunes ? {} : { remove: false }),
    ...(given.protected === undefined ? {} : { protected: given.protected }),
    ...(given.notes === undefined
      ? {}
      : { "notes-template": given.notes.replaceAll("\\", "\\\\").replaceAll(/\r?\n/g, "\\n") }),
  };
}

/** HA would start again what a backup stops, so the host refuses. */
function refuseStoppingHa(guests: readonly GuestResource[], mode: string): void {
  if (mode !== "stop") return;
  const managed = guests.filter((one) => one.hastate === "started").map(({ vmid }) => vmid);
  if (managed.length === 0) return;
  throw new ArgumentError(
    "mode",
    `stop is refused for guests that HA keeps running (${managed.join(", ")})`,
    "Use snapshot.",
  );
}

/** What a person should know of these guests before they are backed up. */
function doubts(guests: readonly GuestResource[], mode: string): string[] {
  const names = (rows: readonly GuestResource[]) =>
    rows.map((one) => `${one.vmid}${one.name ? ` (${one.name})` : ""}`).join(", ");
  const locked = guests.filter(({ lock }) => lock);
  const stopped = mode === "snapshot" ? [] : guests.filter(({ status }) => status === "running");
  return [
    ...(locked.length === 0 ? [] : [`Locked now, and not saved unless the lock is gone by then: ${names(locked)}.`]),
    ...(stopped.length === 0
      ? []
      : [`Mode ${mode} ${mode === "stop" ? "shuts down" : "suspends"} for the backup: ${names(stopped)}.`]),
  ];
}

/** A node makes one backup at a time; a second task waits for the lock, and looks as if it ran (pve-facts 94). */
async function queues(on: ToolCluster, nodes: readonly string[]): Promise<string[]> {
  try {
    const { data } = await getClusterTasks(on.send);
    const busy = (data ?? [])
      .filter((task) => task.type === "vzdump" && task.endtime == null)
      .map(({ node }) => String(node));
    return nodes
      .filter((node) => busy.includes(node))
      .map((node) => `Another backup runs on ${node}: this one waits for it, up to three hours, without progress.`);
  } catch {
    // The queue is only a matter of time.
    return [];
  }
}
