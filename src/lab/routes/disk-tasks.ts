import { die } from "../refusal.ts";
import type { ClusterState } from "../state/cluster.ts";
import type { DiskState } from "../state/disks.ts";
import { storagesChanged } from "../state/storage.ts";
import type { ConfigValue, LabStorage } from "../state/types.ts";
import type { LabTask } from "../tasks.ts";
import { hostOf, nodeName } from "./node-of.ts";
import { type Call, checkOf, flag, text } from "./route.ts";
import { startTask } from "./tasks.ts";

/** A storage that is to stand on what a call makes. */
export interface NewStorage {
  type: string;
  content: string[];
  definition: Record<string, ConfigValue>;
  /** Key of the definition that must be the same where the storage is known already. */
  same: readonly string[];
  total: number;
}

/** Refuses what a new storage would contradict, before anything is made. */
export function checkNewStorage(call: Call, name: string, plan: NewStorage): void {
  if (!flag(call, "add_storage")) return;
  checkOf(call).all("/storage", ["Datastore.Allocate"]);
  const known = call.state.storages.get(name);
  if (!known) return;
  if (known.type !== plan.type)
    throw die(`storage ID '${name}' already exists on node '${nodeName(call)}', but with a different type`);
  for (const key of plan.same)
    if (String(known.definition[key] ?? "") !== String(plan.definition[key] ?? ""))
      throw die(`storage '${name}' already defined with a different '${key}'`);
  if (!known.nodes || known.nodes.includes(nodeName(call))) throw die(`storage ID '${name}' already defined`);
}

/** Adds the storage, or the node to one that other nodes have. */
export function addStorage(call: Call, name: string, plan: NewStorage): void {
  if (!flag(call, "add_storage")) return;
  const { state } = call;
  const node = nodeName(call);
  const known = state.storages.get(name);
  storagesChanged(state);
  if (known) {
    if (known.nodes) known.nodes = [...new Set([...known.nodes, node])];
    known.used.set(node, 0);
    return;
  }
  const storage: LabStorage = {
    storage: name,
    type: plan.type,
    content: plan.content,
    shared: false,
    definition: plan.definition,
    nodes: [node],
    disabled: false,
    inactiveOn: new Set(),
    total: plan.total,
    used: new Map([[node, 0]]),
  };
  state.storages.set(name, storage);
}

/** Changing storages on the way needs the right to it. */
export function checkCleanup(call: Call): void {
  if (flag(call, "cleanup-config")) checkOf(call).all("/storage", ["Datastore.Allocate"]);
}

/** Takes a node from the storages that stood on what is gone, and those away that no other node has. */
export function cleanStorages(state: ClusterState, node: string, matches: (storage: LabStorage) => boolean): void {
  for (const [name, storage] of state.storages) {
    if (!matches(storage)) continue;
    const nodes = (storage.nodes ?? [...state.nodes.keys()]).filter((other) => other !== node);
    storagesChanged(state);
    if (nodes.length === 0) state.storages.delete(name);
    else storage.nodes = nodes;
  }
}

/** A worker on the node's disks. */
export function diskTask(
  call: Call,
  type: string,
  id: string,
  work: (disks: DiskState, task: LabTask) => void,
): { data: string } {
  return startTask(call, {
    node: nodeName(call),
    type,
    id,
    weight: 0.5,
    work: (task) => {
      work(hostOf(call).disks, task);
      return undefined;
    },
  });
}

/** The name that the call gives or takes away. */
export function nameOf(call: Call): string {
  return text(call, "name")!;
}
