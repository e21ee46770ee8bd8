import { type CompleteResult, ProtocolError, ProtocolErrorCode } from "@modelcontextprotocol/server";
import { cleanText } from "../access/index.ts";
import type { GuestResource, ResourceSnapshot } from "../pve/cluster.ts";
import { operationIds } from "../pve/route.ts";
import type { OperationId } from "../schema/operation.ts";
import type { ToolCluster } from "../tools/context.ts";
import { askClusters } from "../tools/gather.ts";
import { taskOwner } from "../tools/tasks/task-row.ts";
import { promptOf } from "./prompts/index.ts";
import type { ArgumentKind } from "./prompts/prompt.ts";
import { RESOURCE_KINDS } from "./resources/index.ts";
import type { Reader } from "./resources/kind.ts";
import { RUNBOOKS } from "./runbooks/runbook.ts";

/** Values of one answer, as the protocol bounds it. */
const MOST = 100;

/** Milliseconds: a name that is half a minute old completes as well as a new one. */
const MAX_AGE_MS = 30_000;

/** What is completed: the argument, what was typed of it, and the arguments that are filled in already. */
export interface Completing {
  ref: { type: "ref/prompt"; name: string } | { type: "ref/resource"; uri: string };
  argument: { name: string; value: string };
  context?: { arguments?: Readonly<Record<string, string>> | undefined } | undefined;
}

type Kind = ArgumentKind | "job" | "artifact" | "vmid" | "runbook";

/** What the variables of resource addresses name. */
const VARIABLES: Readonly<Record<string, Kind>> = {
  artifactId: "artifact",
  cluster: "cluster",
  jobId: "job",
  name: "runbook",
  operation: "operation",
  vmid: "vmid",
};

/** The values that begin as what was typed; none where a cluster does not answer, as nobody waits for an error here. */
export async function complete(reader: Reader, { ref, argument, context }: Completing): Promise<CompleteResult> {
  const kind =
    ref.type === "ref/prompt" ? kindOfArgument(ref.name, argument.name) : kindOfVariable(ref.uri, argument.name);
  const found = kind ? await candidates(reader, kind, context?.arguments ?? {}).catch(() => []) : [];
  const typed = argument.value.toLowerCase();
  // Operations are known by their path, too.
  const begins = (value: string) =>
    value.toLowerCase().startsWith(typed) || (kind === "operation" && value.replace(/^\w+ /, "").startsWith(typed));
  const values = [...new Set(found.map(cleanText))].filter(begins);
  return { completion: { values: values.slice(0, MOST), total: values.length, hasMore: values.length > MOST } };
}

function kindOfArgument(prompt: string, name: string): Kind | undefined {
  const known = promptOf(prompt).arguments;
  return Object.hasOwn(known, name) ? known[name]!.kind : undefined;
}

function kindOfVariable(uri: string, name: string): Kind | undefined {
  const kind = RESOURCE_KINDS.find(({ template }) => template === uri);
  if (!kind) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown resource template: ${uri}`);
  return kind.template.includes(`{${name}}`) ? VARIABLES[name] : undefined;
}

async function candidates(reader: Reader, kind: Kind, given: Readonly<Record<string, string>>): Promise<string[]> {
  const context = reader.context(`completion:${kind}`);
  const named = context.clusters.some(({ name }) => name === given.cluster) ? given.cluster : undefined;
  const from = async (pick: (snapshot: ResourceSnapshot) => Iterable<string>): Promise<string[]> => {
    const { answers } = await askClusters(context, named, (one) => snapshotOf(one, context.signal));
    return answers.flatMap(({ answer }) => [...pick(answer)]).sort(byNumberOrName);
  };
  switch (kind) {
    case "cluster":
      return context.clusters.map(({ name }) => name);
    case "runbook":
      return RUNBOOKS.map(({ name }) => name);
    case "operation":
      return [...operationIds()];
    case "artifact":
      return (await reader.services.artifacts.list(reader.principal)).map(({ id }) => id);
    case "node":
      return from(({ nodes }) => nodes.keys());
    case "storage":
      return from(({ storages }) => storages.map(({ storage }) => storage ?? ""));
    case "vmid":
      return from(({ guests }) => [...guests.keys()].map(String));
    case "guest":
      return from(({ guests }) => handles(guests.values(), (guest) => !guest.template));
    case "vm":
      return from(({ guests }) => handles(guests.values(), (guest) => !guest.template && guest.type === "qemu"));
    case "template":
      return from(({ guests }) => handles(guests.values(), (guest) => guest.template === true));
    case "snapshot": {
      const { answers } = await askClusters(context, named, (one) => snapshotsOf(one, given.guest, context.signal));
      return answers.flatMap(({ answer }) => answer);
    }
    case "task":
    case "job": {
      const { answers } = await askClusters(context, named, (one) => tasksOf(one));
      return answers.flatMap(({ cluster, answer }) =>
        answer.flatMap(({ upid, own }) => {
          if (kind === "task") return [upid];
          return own ? [context.jobs.idOf({ cluster: cluster.name, upid }, reader.principal)] : [];
        }),
      );
    }
    default:
      return [];
  }
}

function snapshotOf(one: ToolCluster, signal: AbortSignal): Promise<ResourceSnapshot> {
  return one.cluster.resources.get(one.caller, { maxAgeMs: MAX_AGE_MS, signal });
}

/** Names and numbers by which the tools take a guest. */
function handles(guests: Iterable<GuestResource>, fits: (guest: GuestResource) => boolean): string[] {
  return [...guests].filter(fits).flatMap(({ vmid, name }) => [...(name ? [name] : []), String(vmid)]);
}

/** Names of the guest's snapshots; the list always holds the pseudo entry `current` (pve-facts 93). */
async function snapshotsOf(one: ToolCluster, guest: string | undefined, signal: AbortSignal): Promise<string[]> {
  if (guest === undefined) return [];
  const { guests, guestsByName } = await snapshotOf(one, signal);
  const [found, ...others] = guests.has(Number(guest)) ? [guests.get(Number(guest))!] : (guestsByName.get(guest) ?? []);
  if (!found || others.length > 0) return [];
  const operation: OperationId = `GET /nodes/{node}/${found.type}/{vmid}/snapshot`;
  const { data } = await one.send<{ name?: string }[]>(operation, { node: found.node, vmid: found.vmid });
  return data.flatMap(({ name }) => (name === undefined || name === "current" ? [] : [name]));
}

/** The tasks on the cluster's list, newest first, and whether this server's token started them. */
async function tasksOf(one: ToolCluster): Promise<{ upid: string; own: boolean }[]> {
  const { data } = await one.send<Record<string, unknown>[]>("GET /cluster/tasks");
  return [...data]
    .sort((a, b) => Number(b.starttime ?? 0) - Number(a.starttime ?? 0))
    .map((task) => ({ upid: String(task.upid), own: taskOwner(task) === one.cluster.config.tokenUser }));
}

/** Names before numbers, each in their own order. */
function byNumberOrName(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? -1 : 1;
  return Number.isNaN(x) ? a.localeCompare(b) : x - y;
}
