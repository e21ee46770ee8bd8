import { manifest } from "../../../generated/manifest.ts";
import { wire } from "../../../generated/wire.ts";
import type { ManifestEntry, OperationId } from "../../schema/operation.ts";
import { die } from "../refusal.ts";
import type { Answer, Call, Route } from "../routes/route.ts";
import { startTask } from "../routes/tasks.ts";
import { isIn, type LabVersion } from "../versions.ts";
import { buildValue } from "./build.ts";
import { taskType } from "./task-types.ts";

/** Marks an answer that was made up from the schema. */
export const SYNTHETIC_HEADER = "x-lab-synthetic";
/** How long a made-up task takes, as a multiple of a guest's start. */
const TASK_WEIGHT = 0.5;
/** Operations that change the node itself and not the cluster's files, so that they need no quorum (pve-facts 107). */
const NODE_ONLY =
  /^(?:POST|PUT|DELETE) \/nodes\/\{node\}\/(?:apt|ceph|disks|dns|hosts|network|qemu\/\{vmid\}\/agent|scan|services|status|tasks|time|wakeonlan)(?:\/|$)/;

const childNames = new Map<string, Map<string, string[]>>();

/** The fixed names right below each path, in one version. */
function childrenOf(version: LabVersion): Map<string, string[]> {
  let children = childNames.get(version);
  if (children) return children;
  children = new Map();
  for (const entry of manifest) {
    if (!isIn(version, entry)) continue;
    const parts = entry.id.slice(entry.id.indexOf(" ") + 1).split("/");
    for (let depth = 2; depth <= parts.length; depth += 1) {
      const name = parts[depth - 1]!;
      const parent = parts.slice(0, depth - 1).join("/") || "/";
      const names = children.get(parent) ?? [];
      if (!name.startsWith("{") && !names.includes(name)) names.push(name);
      children.set(parent, names);
    }
  }
  childNames.set(version, children);
  return children;
}

function directory(id: OperationId, version: LabVersion): Answer {
  const fact = wire.facts[wire.operations[id]!.returns];
  const key = Object.keys(fact?.items?.properties ?? {})[0] ?? "name";
  const path = id.slice(id.indexOf(" ") + 1);
  return { data: (childrenOf(version).get(path) ?? []).map((name) => ({ [key]: name })) };
}

/** What every operation below a guest or a storage complains of first. */
function checkTarget({ state, params }: Call, id: string): void {
  const type = /^\w+ \/nodes\/\{node\}\/(qemu|lxc)\/\{vmid\}/.exec(id)?.[1] as "qemu" | "lxc" | undefined;
  if (type) state.guest(String(params.node), type, Number(params.vmid));
  if (/\/storage\/\{storage\}/.test(id) && !state.storages.has(String(params.storage)))
    throw die(`storage '${params.storage}' does not exist`);
}

function targetOf({ params }: Call, id: string): string {
  const name = /\{(vmid|name|id|osdid|monid|storage|service|userid)\}(?!.*\{vmid\})/.exec(id)?.[1];
  return String(params[name ?? ""] ?? "").replace(/[:\s]/g, "");
}

/**
 * An operation that no route simulates: checked like any other, then answered from the schema of its answer; one that
 * forks a worker starts a short task (pve-facts 53).
 */
function syntheticRoute(entry: ManifestEntry, version: LabVersion): Route {
  const { id } = entry;
  const fact = wire.facts[wire.operations[id]!.returns]!;
  return {
    id,
    synthetic: true,
    ...(id.startsWith("GET ") || entry.class === "read" || NODE_ONLY.test(id) ? {} : { writes: true as const }),
    run(call) {
      checkTarget(call, id);
      const node = String(call.params.node ?? call.state.entry.name);
      if (entry.task) {
        return startTask(call, { node, type: taskType(id), id: targetOf(call, id), weight: TASK_WEIGHT });
      }
      if (entry.directory) return directory(id, version);
      return { data: buildValue(fact, "", { params: call.params, node }) ?? null };
    },
  };
}

/** Routes for those documented operations of a version that `routes` leaves out. */
export function syntheticRoutes(routes: readonly Route[], version: LabVersion): Route[] {
  const known = new Set(routes.map((route) => route.id));
  return manifest
    .filter((entry) => isIn(version, entry) && !known.has(entry.id))
    .map((entry) => syntheticRoute(entry, version));
}
