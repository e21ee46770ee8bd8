import { parameterRefusal, Refusal } from "../refusal.ts";
import { storageActive, storageNodes, storageUsed } from "../state/report.ts";
import { pluginOf } from "../state/storage-plugins.ts";
import type { LabStorage } from "../state/types.ts";
import { type Call, flag, may, type Route, text } from "./route.ts";

/** Privileges that let a caller see a storage. */
const SEE = ["Datastore.Audit", "Datastore.AllocateSpace"];
const see = { path: "/storage/{storage}", any: SEE };

function isOffered(call: Call, storage: LabStorage, node: string): boolean {
  return !storage.disabled && storageNodes(call.state, storage).includes(node);
}

function nodeStatus(call: Call, storage: LabStorage, node: string): Record<string, unknown> {
  const offered = isOffered(call, storage, node);
  const active = offered && storageActive(storage, node);
  const used = storageUsed(storage, node);
  return {
    type: storage.type,
    content: storage.content.join(","),
    shared: storage.shared ? 1 : 0,
    enabled: offered ? 1 : 0,
    active: active ? 1 : 0,
    total: active ? storage.total : 0,
    used: active ? used : 0,
    avail: active ? storage.total - used : 0,
  };
}

/** The storage that a path below a node names; 400 when there is none of that name. */
function known(call: Call): LabStorage {
  const storage = call.state.storages.get(text(call, "storage") ?? "");
  if (!storage) throw parameterRefusal({ storage: "No such storage." });
  return storage;
}

function formats(storage: LabStorage): Record<string, unknown> {
  const supported = [...pluginOf(storage.type).formats];
  const usual = String(storage.definition.format ?? supported[0]);
  return {
    format: [Object.fromEntries(supported.map((name) => [name, 1])), usual],
    formats: { supported: [...supported].sort(), default: usual },
  };
}

function listOnNode(call: Call): Record<string, unknown>[] {
  const node = text(call, "node") ?? "";
  const wanted = text(call, "content")
    ?.split(/[,;\s\0]+/)
    .filter((item) => item !== "");
  const only = text(call, "storage");
  const target = text(call, "target");
  if (only !== undefined) known(call);
  const rows: Record<string, unknown>[] = [];
  for (const storage of call.state.storages.values()) {
    const { storage: name } = storage;
    if (!SEE.some((privilege) => may(call, `/storage/${name}`, privilege))) continue;
    if (only !== undefined && only !== name) continue;
    const offered = isOffered(call, storage, node);
    if (wanted && !(offered && wanted.some((item) => storage.content.includes(item)))) continue;
    if (flag(call, "enabled") && !offered) continue;
    // Not the local one: what both nodes have.
    if (target !== undefined && target !== node && !(storage.shared && isOffered(call, storage, target))) continue;
    const row = nodeStatus(call, storage, node);
    const fraction = Number(row.total) > 0 ? { used_fraction: Number(row.used) / Number(row.total) } : {};
    rows.push({ storage: name, ...row, ...fraction, ...(flag(call, "format") ? formats(storage) : {}) });
  }
  return rows;
}

const CHILDREN =
  "content download-url file-restore import-metadata identity oci-registry-pull prunebackups rrd rrddata status upload".split(
    " ",
  );

/** Seconds between two points and how many there are, by time frame. */
const FRAMES: Readonly<Record<string, readonly [number, number]>> = {
  hour: [60, 59],
  day: [1800, 48],
  week: [10_800, 56],
  month: [43_200, 60],
  year: [604_800, 52],
  decade: [604_800, 520],
};

/** Past figures: none of them is measured, so that the newest storages have only times. */
function rrddata(call: Call): Record<string, unknown>[] {
  const storage = known(call);
  const node = text(call, "node") ?? "";
  const [step, count] = FRAMES[text(call, "timeframe") ?? "hour"] ?? FRAMES.hour!;
  const last = Math.floor(Date.now() / 1000 / step) * step - step;
  const seeded = storage.definition.digest !== undefined && storageActive(storage, node);
  const figures = seeded && storage.type !== "dir" ? { total: storage.total, used: storageUsed(storage, node) } : {};
  return Array.from({ length: count }, (_, index) => ({ time: last - (count - 1 - index) * step, ...figures }));
}

function rrd(call: Call): never {
  const { storage } = known(call);
  const file = `/var/lib/rrdcached/db/pve2-storage/${text(call, "node")}/${storage}`;
  throw new Refusal(500, `RRD error: realpath(${file}): No such file or directory`);
}

/** What each node says of its storages. */
export const storageRoutes: readonly Route[] = [
  { id: "GET /nodes/{node}/storage", run: (call) => ({ data: listOnNode(call) }) },
  {
    id: "GET /nodes/{node}/storage/{storage}",
    permission: { ...see, any: [...SEE, "Datastore.AllocateTemplate", "Datastore.Allocate"] },
    run: () => ({ data: CHILDREN.map((subdir) => ({ subdir })) }),
  },
  {
    id: "GET /nodes/{node}/storage/{storage}/status",
    permission: see,
    run: (call) => ({ data: nodeStatus(call, known(call), text(call, "node") ?? "") }),
  },
  { id: "GET /nodes/{node}/storage/{storage}/rrddata", permission: see, run: (call) => ({ data: rrddata(call) }) },
  { id: "GET /nodes/{node}/storage/{storage}/rrd", permission: see, run: rrd },
];
