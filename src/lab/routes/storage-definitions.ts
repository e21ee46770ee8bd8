import { wire } from "../../../generated/wire.ts";
import type { OperationFacts } from "../../schema/facts.ts";
import { die } from "../refusal.ts";
import { storageDigest, storageNamed, storagesChanged } from "../state/storage.ts";
import { pluginOf } from "../state/storage-plugins.ts";
import type { ConfigValue, LabStorage } from "../state/types.ts";
import { type Call, may, type Route, text } from "./route.ts";

/** Privileges that let a caller see a storage. */
const SEE = ["Datastore.Audit", "Datastore.AllocateSpace"];
const GIB = 1_073_741_824;
/** What a storage holds that nobody measured, in bytes. */
const CAPACITY = 1024 * GIB;
/** Parameters that are no properties of a definition. */
const STEERING = new Set(["storage", "type", "digest", "delete"]);

function words(list: string): string[] {
  return list.split(/[,;\s\0]+/).filter((word) => word !== "");
}

const NUMERIC: ReadonlySet<string> = new Set(
  Object.entries((wire.operations["POST /storage"] as OperationFacts).parameters)
    .filter(([, fact]) => ["boolean", "integer", "number"].includes(wire.facts[fact]?.type ?? ""))
    .map(([name]) => name),
);

/** Booleans and numbers are kept as numbers. */
function stored(name: string, value: unknown): ConfigValue {
  if (typeof value === "boolean") return value ? 1 : 0;
  return NUMERIC.has(name) ? Number(value) : Array.isArray(value) ? value.join(",") : String(value);
}

/** Sets are given out in an order of chance, as they are kept without one. */
function shuffled(items: readonly string[]): string {
  return items
    .map((item) => [Math.random(), item] as const)
    .sort((a, b) => a[0] - b[0])
    .map(([, item]) => item)
    .join(",");
}

function shown(call: Call, storage: LabStorage): Record<string, unknown> {
  const { digest: _, shared, ...definition } = storage.definition;
  return {
    storage: storage.storage,
    type: storage.type,
    content: shuffled(storage.content),
    ...definition,
    ...(shared !== undefined || storage.shared ? { shared: storage.shared ? 1 : 0 } : {}),
    ...(storage.nodes ? { nodes: shuffled(storage.nodes) } : {}),
    ...(storage.disabled ? { disable: 1 } : {}),
    digest: storageDigest(call.state),
  };
}

function list(call: Call): Record<string, unknown>[] {
  const type = text(call, "type");
  return [...call.state.storages.values()]
    .filter(({ storage }) => SEE.some((privilege) => may(call, `/storage/${storage}`, privilege)))
    .filter((storage) => type === undefined || storage.type === type)
    .map((storage) => shown(call, storage));
}

interface Change {
  values: Record<string, ConfigValue>;
  nodes?: string[] | undefined;
  content?: string[];
}

/** What the kind of storage makes of the parameters, or why it does not take them. */
function checked(call: Call, type: string, create: boolean): Change {
  const plugin = pluginOf(type);
  const change: Change = { values: {} };
  for (const [name, value] of Object.entries(call.params)) {
    if (STEERING.has(name) || plugin.sensitive.includes(name)) continue;
    if (name === "nodes" && create && value === "") continue;
    const rule = plugin.properties[name];
    if (!create && rule?.startsWith("fixed")) throw new Error(`can't change value of fixed parameter '${name}'`);
    if (rule === undefined) throw new Error(`unexpected property '${name}'`);
    const given = stored(name, value);
    if (name === "nodes") change.nodes = words(String(given));
    else if (name === "content") change.content = contentOf(type, String(given));
    else change.values[name] = given;
  }
  if (type === "dir" || type === "btrfs") {
    const { path } = change.values;
    if (path !== undefined && !/^\/[-/a-zA-Z0-9_.@]+$/.test(String(path)))
      throw new Error(`illegal path for directory storage: ${path}`);
  }
  if (!create) return change;
  if (plugin.mounted) change.values.path ??= `/mnt/pve/${text(call, "storage")}`;
  for (const [name, rule] of Object.entries(plugin.properties))
    if (
      (rule === "fixed" || rule === "required") &&
      change.values[name] === undefined &&
      !plugin.sensitive.includes(name)
    )
      throw new Error(`missing value for required option '${name}'`);
  return change;
}

/** Kinds of content that the storage cannot hold are left out without a word. */
function contentOf(type: string, given: string): string[] {
  const content = [...new Set(words(given))].filter((word) => pluginOf(type).content.includes(word));
  if (content.includes("none") && content.length > 1)
    throw new Error("unable to combine 'none' with other content types");
  return content;
}

function apply(storage: LabStorage, change: Change): void {
  const { shared, disable, ...values } = change.values;
  Object.assign(storage.definition, values);
  if (shared !== undefined) {
    storage.definition.shared = shared;
    storage.shared = shared === 1 || pluginOf(storage.type).shared === true;
  }
  if (disable !== undefined) storage.disabled = disable === 1;
  if (change.content) storage.content = change.content;
  if (change.nodes) storage.nodes = change.nodes;
}

function within<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw die(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Remote hosts that cannot be there: the storage is not reachable. */
const NOWHERE = /^(?:127\.|0\.0\.0\.0$|localhost$|::1$)/;

/** What activating an enabled storage would find at once. */
function tryOut(call: Call, storage: LabStorage): void {
  const here = call.state.entry.name;
  if (storage.disabled || (storage.nodes && !storage.nodes.includes(here))) return;
  const { server, path } = storage.definition;
  if (server !== undefined && NOWHERE.test(String(server)) && pluginOf(storage.type).files)
    throw new Error(`storage '${storage.storage}' is not online`);
  if (/^(?:1|yes)$/.test(String(storage.definition.is_mountpoint ?? "")) && !/^\/mnt\//.test(String(path)))
    throw new Error(
      `unable to activate storage '${storage.storage}' - directory is expected to be a mount point but is not mounted: '${path}'`,
    );
  const makes = storage.definition.mkdir !== 0 && storage.definition["create-base-path"] !== 0;
  const known = [...call.state.storages.values()].some((other) => other !== storage && other.definition.path === path);
  if (storage.type === "dir" && !makes && !known)
    throw new Error(
      `unable to activate storage '${storage.storage}' - directory '${path}' does not exist or is unreachable`,
    );
}

function answer(storage: LabStorage): Record<string, unknown> {
  const config = pluginOf(storage.type).answersConfig ? { config: {} } : {};
  return { storage: storage.storage, type: storage.type, ...config };
}

function capacity(call: Call, storage: LabStorage): void {
  const local = call.state.storages.get("local");
  // A directory is on the file system of its node.
  if (local && (storage.type === "dir" || storage.type === "btrfs") && !storage.shared) {
    storage.total = local.total;
    storage.used = local.used;
    return;
  }
  storage.total = CAPACITY;
  for (const node of call.state.nodes.keys()) storage.used.set(storage.shared ? "" : node, 4 * GIB);
}

function create(call: Call): Record<string, unknown> {
  const name = text(call, "storage") ?? "";
  const type = text(call, "type") ?? "";
  const change = checked(call, type, true);
  return within("create storage failed", () => {
    if (call.state.storages.has(name)) throw new Error(`storage ID '${name}' already defined`);
    const storage: LabStorage = {
      storage: name,
      type,
      content: [...pluginOf(type).usual],
      shared: pluginOf(type).shared === true,
      definition: {},
      disabled: false,
      inactiveOn: new Set(),
      total: 0,
      used: new Map(),
    };
    apply(storage, change);
    capacity(call, storage);
    tryOut(call, storage);
    storagesChanged(call.state);
    call.state.storages.set(name, storage);
    const encryption = text(call, "encryption-key");
    if (type === "pbs" && encryption === "autogen")
      return { ...answer(storage), config: { "encryption-key": '{"kdf":null,"data":"c2ltdWxhdGVk"}' } };
    return answer(storage);
  });
}

function update(call: Call): Record<string, unknown> {
  const name = text(call, "storage") ?? "";
  return within("update storage failed", () => {
    const digest = text(call, "digest");
    if (digest !== undefined && digest !== "" && digest !== storageDigest(call.state))
      throw new Error("detected modified configuration - file changed by other user? Try again.");
    const storage = storageNamed(call.state, name);
    const plugin = pluginOf(storage.type);
    const change = checked(call, storage.type, false);
    const remove = words(text(call, "delete") ?? "");
    for (const option of remove) {
      const rule = plugin.properties[option];
      if (rule === undefined) throw new Error(`no such option '${option}'`);
      if (rule === "fixed" || rule === "required") throw new Error(`unable to delete required option '${option}'`);
      if (rule === "fixed-optional") throw new Error(`unable to delete fixed option '${option}'`);
      if (option in change.values || (option === "nodes" && change.nodes) || (option === "content" && change.content))
        throw new Error(`cannot set and delete property '${option}' at the same time!`);
    }
    storagesChanged(call.state);
    for (const option of remove) {
      delete storage.definition[option];
      if (option === "shared") storage.shared = plugin.shared === true;
      if (option === "disable") storage.disabled = false;
      if (option === "nodes") delete storage.nodes;
      if (option === "content") storage.content = [...plugin.usual];
    }
    apply(storage, change);
    return answer(storage);
  });
}

function remove(call: Call): null {
  const name = text(call, "storage") ?? "";
  return within("delete storage failed", () => {
    storageNamed(call.state, name);
    for (const { definition } of call.state.storages.values())
      if (String(definition.base ?? "").startsWith(`${name}:`))
        throw new Error("can't remove storage - storage is used as base of another storage");
    storagesChanged(call.state);
    call.state.storages.delete(name);
    for (const pool of call.state.pools.values()) pool.storages.delete(name);
    // What it holds stays where it is, but nobody lists it any more.
    for (const volume of call.state.volumes.values())
      if (volume.storage === name) call.state.volumes.delete(volume.volid);
    return null;
  });
}

/** The definitions of storages. */
export const storageDefinitionRoutes: readonly Route[] = [
  { id: "GET /storage", run: (call) => ({ data: list(call) }) },
  {
    id: "GET /storage/{storage}",
    permission: { path: "/storage/{storage}", any: ["Datastore.Allocate"] },
    run: (call) => ({ data: shown(call, storageNamed(call.state, text(call, "storage") ?? "")) }),
  },
  {
    id: "POST /storage",
    permission: { path: "/storage", any: ["Datastore.Allocate"] },
    writes: true,
    run: (call) => ({ data: create(call) }),
  },
  {
    id: "PUT /storage/{storage}",
    permission: { path: "/storage", any: ["Datastore.Allocate"] },
    writes: true,
    run: (call) => ({ data: update(call) }),
  },
  {
    id: "DELETE /storage/{storage}",
    permission: { path: "/storage", any: ["Datastore.Allocate"] },
    writes: true,
    run: (call) => ({ data: remove(call) }),
  },
];
