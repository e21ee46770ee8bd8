import * as z from "zod";
import { getClusterOptions } from "../../../generated/clients/cluster-options.ts";
import { postNodesMigrateall } from "../../../generated/clients/nodes-migrateall.ts";
import { postNodesStartall } from "../../../generated/clients/nodes-startall.ts";
import { postNodesStatus } from "../../../generated/clients/nodes-status.ts";
import { postNodesStopall } from "../../../generated/clients/nodes-stopall.ts";
import { postNodesSuspendall } from "../../../generated/clients/nodes-suspendall.ts";
import { postNodesWakeonlan } from "../../../generated/clients/nodes-wakeonlan.ts";
import type { Resource, ResourceSnapshot } from "../../pve/cluster.ts";
import { cluster, guest, node } from "../arguments.ts";
import { change, changeArguments, changeOutput, type Request } from "../change.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import { defineTool, type ToolAnswer } from "../contract.ts";
import { ArgumentError } from "../errors.ts";
import { NodeOfflineError, UnknownNodeError } from "../inventory/resolve-node.ts";
import { type BulkAction, concerned, isBulk, NODE_ACTIONS, TAKES } from "./action.ts";
import { awaitNode } from "./await-node.ts";
import { bulkOutcome, judgeBulk } from "./bulk-outcome.ts";
import { consequencesOf, type NodeTarget } from "./consequences.ts";
import { isManaged, labelsOf, namedGuests } from "./node-guests.ts";

const input = z.strictObject({
  cluster,
  node,
  action: z.enum(NODE_ACTIONS),
  vmids: z.array(guest).optional().describe("Only these"),
  target: z.string().optional().describe("For migrateall"),
  withLocalDisks: z.boolean().optional(),
  force: z.boolean().optional().describe("startall: also without onboot; stopall: kill after the timeout (default)"),
  timeoutSeconds: z.int().optional(),
  ...changeArguments,
});

type Input = z.output<typeof input>;

const output = z.object({
  cluster: z.string(),
  node: z.string(),
  action: z.string(),
  status: z.string().optional().describe("Of the node, seen last"),
  mac: z.string().optional().describe("Woken at"),
  guests: bulkOutcome.optional(),
  ...changeOutput,
});

type Data = z.input<typeof output>;

export default defineTool({
  name: "proxmox_node_action",
  title: "Control a node",
  description:
    "Reboot, shut down or wake a node (wake on LAN), or start, stop, suspend or migrate all of its guests; each guest's outcome is looked at.",
  toolset: "cluster",
  class: "destructive",
  idempotent: false,
  input,
  output,
  async run(context, given): Promise<ToolAnswer<Data>> {
    checkArguments(given);
    const one = context.cluster(given.cluster);
    const snapshot = await one.cluster.resources.get(one.caller, { maxAgeMs: 0, signal: context.signal });
    const at = locate(one, snapshot, given);
    const warnings = await consequencesOf(one, given.action, at);
    const began = Date.now();
    const { data, failed, answers, done } = await change(
      context,
      one,
      await requestOf(context, one, given, at),
      given,
      {
        warnings,
      },
    );
    const head: Data = { cluster: one.name, node: at.node, action: given.action };
    if (data.plan) return { data: { ...head, ...data } };
    one.cluster.resources.invalidate();
    if (isBulk(given.action)) {
      if (!data.job) return { data: { ...head, ...data }, ...(failed ? { failed } : {}) };
      const expected = concerned(given.action, at.guests, at.named, at.force);
      const alone = leftAlone(given.action, at);
      const judged = await judgeBulk(context, one, given.action, data.job, expected);
      const all: Data = {
        ...head,
        job: data.job,
        ...(judged.guests ? { guests: judged.guests } : {}),
        ...(judged.warnings.length + alone.length > 0 ? { warnings: [...judged.warnings, ...alone] } : {}),
      };
      const failure = failed ?? judged.failed;
      return { data: all, ...(failure ? { failed: failure } : {}) };
    }
    if (!done) return { data: { ...head, ...data }, ...(failed ? { failed } : {}) };
    const left = given.waitSeconds * 1000 - (Date.now() - began);
    const seen = await awaitNode(context, one, at.node, given.action, at.row.uptime, left);
    const mac = given.action === "wakeonlan" ? answers[0]?.data : undefined;
    return {
      data: {
        ...head,
        status: seen.status,
        ...(typeof mac === "string" ? { mac } : {}),
        ...(seen.reached ? {} : { warnings: [NOT_YET[given.action]] }),
      },
    };
  },
});

/** HA keeps its guests to itself in every bulk action but a migration, unless they are named. */
function leftAlone(action: BulkAction, at: NodeTarget): string[] {
  const managed = at.guests.filter((guest) => isManaged(guest) && guest.template !== true);
  if (at.named !== undefined || action === "migrateall" || managed.length === 0) return [];
  return [`Left alone, as HA manages them: ${labelsOf(managed)}.`];
}

/** What to make of a node that is not yet where it should be. */
const NOT_YET = {
  reboot:
    "The request was taken: its guests stop first, which may take minutes. proxmox_node_get shows when it is up again, by its uptime.",
  shutdown:
    "The request was taken: its guests stop first, which may take minutes. proxmox_cluster_status shows when it is off.",
  wakeonlan:
    "The magic packet was sent; nothing tells whether it was heard. Booting takes minutes: proxmox_cluster_status shows when it is up.",
} as const;

const OPTIONAL = ["vmids", "target", "withLocalDisks", "force", "timeoutSeconds"] as const;

/** Refuses what an action would pass over. */
function checkArguments(given: Input): void {
  const takes = TAKES[given.action];
  const idle = OPTIONAL.find((name) => given[name] !== undefined && !takes.includes(name));
  if (idle !== undefined) {
    const fix = takes.length === 0 ? "Leave it out" : `Leave it out; ${given.action} takes ${takes.join(", ")}`;
    throw new ArgumentError(idle, `does nothing for ${given.action}`, `${fix}. Nothing was sent.`);
  }
  if (given.vmids?.length === 0) {
    throw new ArgumentError(
      "vmids",
      "is empty, which the API takes for all guests",
      "Name some, or leave it out for all.",
    );
  }
  if (given.action === "migrateall" && given.target === undefined) {
    throw new ArgumentError("target", "is missing", "Name the node to which the guests are to move.");
  }
  if (given.target !== undefined && given.target === given.node) {
    throw new ArgumentError("target", "is the node itself", "Name another node.");
  }
}

/** The node, its guests and the target, each checked; an offline node can only be woken. */
function locate(one: ToolCluster, snapshot: ResourceSnapshot, given: Input): NodeTarget {
  const { nodes } = snapshot;
  const known = (name: string): Resource => {
    const row = nodes.get(name);
    if (!row) throw new UnknownNodeError(name, one.name, [...nodes.keys()]);
    return row;
  };
  const row = known(given.node);
  if (given.action !== "wakeonlan" && row.status === "offline") {
    throw new NodeOfflineError(given.node, one.name, row.status);
  }
  const target = given.target === undefined ? undefined : known(given.target);
  if (target?.status === "offline") throw new NodeOfflineError(given.target!, one.name, target.status);
  const guests = [...snapshot.guests.values()]
    .filter((guest) => guest.node === given.node)
    .sort((a, b) => a.vmid - b.vmid);
  const named = given.vmids && namedGuests(one, snapshot, given.node, given.vmids);
  return {
    node: given.node,
    row,
    guests,
    ...(named ? { named } : {}),
    // The API starts only guests with onboot, whether they are named or not.
    force: given.force ?? (given.action === "startall" && named !== undefined),
    ...(target ? { target } : {}),
  };
}

async function requestOf(context: ToolContext, one: ToolCluster, given: Input, at: NodeTarget): Promise<Request> {
  const base = { node: at.node, ...(at.named ? { vms: at.named.map(({ vmid }) => String(vmid)) } : {}) };
  switch (given.action) {
    case "reboot":
    case "shutdown": {
      const params = { node: at.node, command: given.action };
      return (send) => postNodesStatus(send, params);
    }
    case "wakeonlan":
      return (send) => postNodesWakeonlan(send, { node: at.node });
    case "startall":
      return (send) => postNodesStartall(send, { ...base, ...(at.force ? { force: true } : {}) });
    case "stopall": {
      const params = {
        ...base,
        ...(given.timeoutSeconds === undefined ? {} : { timeout: given.timeoutSeconds }),
        ...(given.force === undefined ? {} : { "force-stop": given.force }),
      };
      return (send) => postNodesStopall(send, params);
    }
    case "suspendall":
      return (send) => postNodesSuspendall(send, base);
    case "migrateall": {
      const workers = await context.pin("maxworkers", () => defaultWorkers(one));
      const params = {
        ...base,
        target: given.target!,
        ...(workers === null ? {} : { maxworkers: workers }),
        ...(given.withLocalDisks === undefined ? {} : { "with-local-disks": given.withLocalDisks }),
      };
      return (send) => postNodesMigrateall(send, params);
    }
  }
}

/** The API wants a number of workers from the call or from the datacenter; null leaves it to the latter. */
async function defaultWorkers(one: ToolCluster): Promise<number | null> {
  try {
    const { data } = await getClusterOptions(one.send);
    if (Number((data as { max_workers?: unknown } | null)?.max_workers ?? 0) > 0) return null;
  } catch {
    // What is not known is not relied on.
  }
  return 1;
}
