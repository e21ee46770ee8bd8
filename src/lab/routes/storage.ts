import { die, forbidden, parameterRefusal } from "../refusal.ts";
import { storageActive, storageNodes, storageUsed } from "../state/report.ts";
import type { LabStorage, LabVolume } from "../state/types.ts";
import { type Call, flag, may, type Route, text } from "./route.ts";

/** Privileges that let a caller see a storage. */
const SEE = ["Datastore.Audit", "Datastore.AllocateSpace"];

function maySee(call: Call, storage: string): boolean {
  return SEE.some((privilege) => may(call, `/storage/${storage}`, privilege));
}

function definition(storage: LabStorage): Record<string, unknown> {
  return {
    storage: storage.storage,
    type: storage.type,
    content: storage.content.join(","),
    ...storage.definition,
    ...(storage.shared ? { shared: 1 } : {}),
    ...(storage.nodes ? { nodes: storage.nodes.join(",") } : {}),
    ...(storage.disabled ? { disable: 1 } : {}),
  };
}

function nodeStatus(storage: LabStorage, node: string): Record<string, unknown> {
  const active = storageActive(storage, node);
  const used = storageUsed(storage, node);
  return {
    type: storage.type,
    content: storage.content.join(","),
    shared: storage.shared ? 1 : 0,
    enabled: storage.disabled ? 0 : 1,
    active: active ? 1 : 0,
    total: active ? storage.total : 0,
    used: active ? used : 0,
    avail: active ? storage.total - used : 0,
  };
}

function onNode(call: Call): LabStorage {
  const name = text(call, "storage") ?? "";
  const storage = call.state.storages.get(name);
  if (!storage || !storageNodes(call.state, storage).includes(text(call, "node") ?? ""))
    throw parameterRefusal({ storage: "No such storage." });
  return storage;
}

function listOnNode(call: Call): Record<string, unknown>[] {
  const node = text(call, "node") ?? "";
  const content = text(call, "content")
    ?.split(/[,;\s]+/)
    .filter((item) => item !== "");
  const only = text(call, "storage");
  const rows: Record<string, unknown>[] = [];
  for (const storage of call.state.storages.values()) {
    if (!storageNodes(call.state, storage).includes(node) || !maySee(call, storage.storage)) continue;
    if (only !== undefined && only !== storage.storage) continue;
    if (content && !content.some((item) => storage.content.includes(item))) continue;
    if (flag(call, "enabled") && storage.disabled) continue;
    const row = nodeStatus(storage, node);
    const fraction = row.active === 1 ? { used_fraction: Number(row.used) / Number(row.total) } : {};
    rows.push({ storage: storage.storage, ...row, ...fraction });
  }
  return rows;
}

function contentRow(volume: LabVolume): Record<string, unknown> {
  const { storage: _, node: __, protected: isProtected, ...row } = volume;
  return { ...row, ...(isProtected ? { protected: 1 } : {}) };
}

/** A storage's volumes, in an order that changes from call to call. */
function content(call: Call): Record<string, unknown>[] {
  const storage = onNode(call);
  const node = text(call, "node");
  if (!storageActive(storage, node ?? "")) throw die(`storage '${storage.storage}' is not online`);
  const kind = text(call, "content");
  const vmid = text(call, "vmid");
  const rows = [...call.state.volumes.values()].filter(
    (volume) =>
      volume.storage === storage.storage &&
      (volume.node === undefined || volume.node === node) &&
      (kind === undefined || volume.content === kind) &&
      (vmid === undefined || String(volume.vmid) === vmid) &&
      (volume.vmid === undefined ||
        may(call, `/vms/${volume.vmid}`, "VM.Audit") ||
        may(call, `/storage/${storage.storage}`, "Datastore.Allocate")),
  );
  for (let i = rows.length - 1; i > 0; i -= 1) {
    const j = Math.floor(Math.random() * (i + 1));
    [rows[i], rows[j]] = [rows[j]!, rows[i]!];
  }
  return rows.map(contentRow);
}

function seeOnNode(call: Call): void {
  const storage = text(call, "storage") ?? "";
  if (!maySee(call, storage)) throw forbidden(`/storage/${storage}`, SEE);
}

/** Storage definitions, their state on a node, and what they hold. */
export const storageRoutes: readonly Route[] = [
  {
    id: "GET /storage",
    run: (call) => {
      const type = text(call, "type");
      const rows = [...call.state.storages.values()].filter(
        (storage) => maySee(call, storage.storage) && (type === undefined || storage.type === type),
      );
      return { data: rows.map(definition) };
    },
  },
  {
    id: "GET /storage/{storage}",
    permission: { path: "/storage/{storage}", any: ["Datastore.Allocate"] },
    run: (call) => {
      const storage = call.state.storages.get(text(call, "storage") ?? "");
      if (!storage) throw die(`storage '${text(call, "storage")}' does not exist`);
      return { data: definition(storage) };
    },
  },
  { id: "GET /nodes/{node}/storage", run: (call) => ({ data: listOnNode(call) }) },
  {
    id: "GET /nodes/{node}/storage/{storage}/status",
    run: (call) => {
      seeOnNode(call);
      return { data: nodeStatus(onNode(call), text(call, "node") ?? "") };
    },
  },
  {
    id: "GET /nodes/{node}/storage/{storage}/content",
    run: (call) => {
      seeOnNode(call);
      return { data: content(call) };
    },
  },
];
