import { createHash } from "node:crypto";
import { die } from "../refusal.ts";
import type { ClusterState } from "./cluster.ts";
import { storageNodes } from "./report.ts";
import { pluginOf } from "./storage-plugins.ts";
import type { LabStorage } from "./types.ts";

/** The definition of a storage, or PVE's complaint that there is none. */
export function storageNamed(state: ClusterState, name: string): LabStorage {
  const storage = state.storages.get(name);
  if (!storage) throw die(`storage '${name}' does not exist`);
  return storage;
}

/** A storage that is enabled and offered on a node, or why it is not. */
export function enabledStorage(state: ClusterState, name: string, node: string): LabStorage {
  const storage = storageNamed(state, name);
  if (storage.disabled) throw die(`storage '${name}' is disabled`);
  if (!storageNodes(state, storage).includes(node)) throw die(`storage '${name}' is not available on node '${node}'`);
  return storage;
}

/** A storage that can be used on a node right now, or why it cannot. */
export function activeStorage(state: ClusterState, name: string, node: string): LabStorage {
  const storage = enabledStorage(state, name, node);
  if (storage.inactiveOn.has(node)) throw die(`storage '${name}' is not online`);
  return storage;
}

/** The directory of a storage of files; nothing for the others. */
export function directoryOf(storage: LabStorage): string | undefined {
  if (!pluginOf(storage.type).files) return undefined;
  return String(storage.definition.path ?? `/mnt/pve/${storage.storage}`);
}

/** SHA-1 of the file in which all definitions are kept; that of an empty one before the first change. */
export function storageDigest(state: ClusterState): string {
  const seeded = state.storages.get("local")?.definition.digest;
  if (seeded !== undefined) return String(seeded);
  const rows = [...state.storages.values()].map(({ used: _, inactiveOn: __, ...row }) => row);
  return createHash("sha1").update(JSON.stringify(rows)).digest("hex");
}

/** To be called before every change of the definitions: what was built in is written down like the rest. */
export function storagesChanged(state: ClusterState): void {
  for (const storage of state.storages.values()) {
    delete storage.definition.digest;
    delete storage.definition.priority;
  }
}

/** Adds to or takes from what a storage holds, in bytes. */
export function account(storage: LabStorage, node: string, bytes: number): void {
  const key = storage.shared ? "" : node;
  storage.used.set(key, Math.max(0, (storage.used.get(key) ?? 0) + bytes));
}
