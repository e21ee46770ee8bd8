import { die, parameterRefusal } from "../refusal.ts";
import { markBackups, parseKeep } from "../state/prune.ts";
import { activeStorage, directoryOf } from "../state/storage.ts";
import { pluginOf } from "../state/storage-plugins.ts";
import type { LabVolume } from "../state/types.ts";
import { allocate, describe, free, pathOf, volumeOn } from "../state/volume.ts";
import { type Call, flag, int, may, type Route, text } from "./route.ts";
import { startTask } from "./tasks.ts";
import { checkVolumeAccess, demand, volumeId } from "./volume-access.ts";

const SEE = ["Datastore.Audit", "Datastore.AllocateSpace"];

/** Disks of containers and of VMs are told apart by who owns them. */
function kindOf(call: Call, volume: LabVolume): string {
  if (volume.content !== "images" && volume.content !== "rootdir") return volume.content;
  const owner = volume.vmid === undefined ? undefined : call.state.guests.get(volume.vmid);
  if (!owner) return volume.content;
  return owner.type === "lxc" ? "rootdir" : "images";
}

function row(call: Call, volume: LabVolume): Record<string, unknown> {
  const storage = call.state.storages.get(volume.storage)!;
  const kind = kindOf(call, volume);
  const { volid, size, ctime, vmid, notes, subtype } = volume;
  const plain: Record<string, unknown> = { volid, content: kind, format: volume.format, size, ctime };
  if (vmid !== undefined) plain.vmid = vmid;
  if (kind === "images" || kind === "rootdir") {
    const files = directoryOf(storage) !== undefined;
    const base = volume.base?.slice(volume.base.indexOf(":") + 1);
    if (files) Object.assign(plain, { used: volume.used ?? size, parent: base === undefined ? null : `../${base}` });
    else if (base !== undefined && storage.type !== "lvmthin") plain.parent = base;
    if (storage.type === "zfspool" || storage.type === "rbd")
      plain.name = volid.slice(volid.lastIndexOf("/") + 1).replace(/^.*:/, "");
    return plain;
  }
  if (kind === "backup") {
    if (subtype !== undefined) plain.subtype = subtype;
    // Of longer notes, the list has the first line.
    if (notes !== undefined && notes !== "") plain.notes = notes.split("\n")[0];
    if (volume.protected) plain.protected = 1;
  }
  return plain;
}

function shuffle<T>(items: T[]): T[] {
  for (let i = items.length - 1; i > 0; i -= 1) {
    const j = Math.floor(Math.random() * (i + 1));
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
  return items;
}

function accessible(call: Call, volid: string, vmid: number | undefined): boolean {
  try {
    checkVolumeAccess(call, volid, { vmid });
    return true;
  } catch {
    return false;
  }
}

/** A storage's volumes, in an order that changes from call to call (pve-facts, section 9). */
function list(call: Call): Record<string, unknown>[] {
  const node = text(call, "node") ?? "";
  const storage = activeStorage(call.state, text(call, "storage") ?? "", node);
  const kind = text(call, "content");
  const vmid = int(call, "vmid");
  const found: Record<string, unknown>[] = [];
  for (const volume of call.state.volumes.values()) {
    if (volume.storage !== storage.storage || (volume.node !== undefined && volume.node !== node)) continue;
    if (vmid !== undefined && volume.vmid !== vmid) continue;
    const is = kindOf(call, volume);
    if (kind !== undefined && kind !== is) continue;
    if (!storage.content.includes(is) || !accessible(call, volume.volid, vmid)) continue;
    found.push(row(call, volume));
  }
  return shuffle(found);
}

/** Bytes of a size parameter: kibibytes, or with a unit. */
function sizeOf(given: string): number {
  const match = /^(\d+)([MG]?)$/.exec(given);
  if (!match) throw parameterRefusal({ size: `unable to parse size '${given}'` });
  return Number(match[1]) * 1024 * ({ M: 1024, G: 1024 ** 2 }[match[2] ?? ""] ?? 1);
}

function create(call: Call): string {
  const name = text(call, "filename") ?? "";
  const size = sizeOf(text(call, "size") ?? "");
  const told = /\.(raw|qcow2|vmdk)$/.exec(name)?.[1];
  const format = text(call, "format");
  if (told !== undefined && format !== undefined && told !== format)
    throw parameterRefusal({ format: `different storage formats (${format} != ${told})` });
  return allocate(call.state, {
    storage: text(call, "storage") ?? "",
    node: text(call, "node") ?? "",
    vmid: int(call, "vmid") ?? 0,
    size,
    name,
    ...(told === undefined && format === undefined ? {} : { format: format ?? told! }),
  }).volid;
}

function named(call: Call): string {
  return volumeId(text(call, "storage") ?? "", text(call, "volume") ?? "");
}

const SECTOR = 512;
const BLOCK = 4096;

function up(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}

function info(call: Call): Record<string, unknown> {
  const volid = named(call);
  const node = text(call, "node") ?? "";
  const { kind, storage } = describe(call.state, volid);
  const path = pathOf(call.state, volid);
  checkVolumeAccess(call, volid);
  activeStorage(call.state, storage.storage, node);
  const volume = volumeOn(call.state, volid, node);
  if (!volume) throw die(`volume_size_info on '${volid}' failed - no such volume?`);
  if (kind === "images" || kind === "rootdir")
    return { path, size: volume.size, used: volume.used ?? volume.size, format: volume.format };
  // Anything else is measured as if it were a raw image: in whole sectors.
  return {
    path,
    size: up(volume.size, SECTOR),
    used: up(volume.size, BLOCK),
    format: kind === "import" ? volume.format : "raw",
    ...(kind === "backup" ? { notes: volume.notes ?? "", protected: volume.protected ? 1 : 0 } : {}),
  };
}

function update(call: Call): null {
  const volid = named(call);
  const { kind, storage } = describe(call.state, volid);
  const attributes = ["notes", "protected"].filter((name) => call.params[name] !== undefined);
  if (kind === "backup") {
    checkVolumeAccess(call, volid);
    if (attributes.includes("protected") && !may(call, `/storage/${storage.storage}`, "Datastore.Allocate"))
      demand(call, `/storage/${storage.storage}`, "Datastore.AllocateSpace");
  } else checkVolumeAccess(call, volid);
  for (const name of attributes) {
    if (!pluginOf(storage.type).content.includes("backup"))
      throw die(`attribute '${name}' is not supported for storage type '${storage.type}'`);
    if (kind !== "backup")
      throw die(name === "notes" ? "only backups can have notes" : `only backups support attribute '${name}'`);
    const volume = volumeOn(call.state, volid, text(call, "node") ?? "");
    if (!volume) throw die(`archive '${pathOf(call.state, volid)}' does not exist`);
    if (name === "notes") {
      const notes = text(call, "notes") ?? "";
      if (notes === "") delete volume.notes;
      else volume.notes = notes;
    } else if (flag(call, "protected")) protect(call, volume);
    else delete volume.protected;
  }
  return null;
}

/** A guest has so many backups that pruning may not touch. */
const PROTECTED_LIMIT = 5;

function protect(call: Call, volume: LabVolume): void {
  const storage = call.state.storages.get(volume.storage)!;
  const privileged = may(call, `/storage/${storage.storage}`, "Datastore.Allocate");
  const limit = Number(storage.definition["max-protected-backups"] ?? (privileged ? -1 : PROTECTED_LIMIT));
  const count = [...call.state.volumes.values()].filter(
    (other) => other !== volume && other.storage === volume.storage && other.vmid === volume.vmid && other.protected,
  ).length;
  if (!volume.protected && limit >= 0 && count >= limit)
    throw die(`cannot protect more than ${limit} backups per guest (currently ${count})`);
  volume.protected = true;
}

async function remove(call: Call): Promise<string | null> {
  const volid = named(call);
  const node = text(call, "node") ?? "";
  const { kind, vmid, storage } = describe(call.state, volid);
  const path = `/storage/${storage.storage}`;
  if (kind === "backup" && vmid !== undefined && !may(call, path, "Datastore.Allocate")) {
    demand(call, path, "Datastore.AllocateSpace");
    demand(call, `/vms/${vmid}`, "VM.Backup");
  } else demand(call, path, "Datastore.Allocate");
  const { data } = startTask(call, {
    node,
    type: "imgdel",
    id: `${vmid === undefined ? "" : `${vmid}@`}${storage.storage}`,
    weight: 0.2,
    work: (task) => {
      if (!free(call.state, volid, node)) task.log.push(`disk image '${pathOf(call.state, volid)}' does not exist`);
      task.log.push(`Removed volume '${volid}'`);
      return undefined;
    },
  });
  const task = call.state.tasks.get(data);
  const until = Date.now() + (int(call, "delay") ?? 0) * 1000;
  while (task && task.endtime === undefined && Date.now() < until) await call.state.timers.sleep(5);
  if (call.params.delay === undefined || task?.endtime === undefined) return data;
  const status = task.exitstatus ?? "";
  if (status === "OK" || status.startsWith("WARNINGS")) return null;
  throw die(status);
}

function copy(call: Call): string {
  const { state } = call;
  const volid = named(call);
  const node = text(call, "node") ?? "";
  const target = text(call, "target") ?? "";
  const targetNode = text(call, "target_node") ?? node;
  if (!state.nodes.has(targetNode)) throw die(`no such cluster node '${targetNode}'`);
  const { storage: targetStorage, vmid } = describe(
    state,
    target.includes(":") ? target : `${text(call, "storage")}:${target}`,
  );
  return startTask(call, {
    node,
    type: "imgcopy",
    id: "",
    weight: 1,
    work: () => {
      const source = volumeOn(state, volid, node);
      if (!source) throw new Error(`volume '${volid}' does not exist`);
      const storage = activeStorage(state, targetStorage.storage, targetNode);
      const made: LabVolume = {
        ...source,
        volid: `${storage.storage}:${target.replace(/^[^:]*:/, "")}`,
        storage: storage.storage,
      };
      delete made.node;
      if (!storage.shared) made.node = targetNode;
      if (vmid !== undefined) made.vmid = vmid;
      state.volumes.set(made.volid, made);
      return undefined;
    },
  }).data;
}

function marked(call: Call): ReturnType<typeof markBackups> {
  const node = text(call, "node") ?? "";
  const storage = activeStorage(call.state, text(call, "storage") ?? "", node);
  const given = text(call, "prune-backups") ?? storage.definition["prune-backups"];
  if (given === undefined) throw die(`no prune-backups options configured for storage '${storage.storage}'`);
  const vmid = int(call, "vmid");
  const type = text(call, "type");
  const backups = [...call.state.volumes.values()].filter(
    (volume) =>
      volume.storage === storage.storage &&
      volume.content === "backup" &&
      (volume.node === undefined || volume.node === node) &&
      (vmid === undefined || volume.vmid === vmid) &&
      (type === undefined || volume.subtype === type),
  );
  return markBackups(backups, parseKeep(String(given)));
}

function prune(call: Call): string {
  const storage = text(call, "storage") ?? "";
  const vmid = text(call, "vmid");
  if (vmid !== undefined && !may(call, `/storage/${storage}`, "Datastore.Allocate")) {
    demand(call, `/storage/${storage}`, "Datastore.AllocateSpace");
    demand(call, `/vms/${vmid}`, "VM.Backup");
  } else demand(call, `/storage/${storage}`, "Datastore.Allocate");
  return startTask(call, {
    node: text(call, "node") ?? "",
    type: "prunebackups",
    id: `${vmid === undefined ? "" : `${vmid}@`}${storage}`,
    weight: 0.3,
    work: (task) => {
      for (const { volid, mark } of marked(call)) {
        if (mark !== "remove") continue;
        task.log.push(`removing backup '${volid}'`);
        free(call.state, volid, text(call, "node") ?? "");
      }
      return undefined;
    },
  }).data;
}

const base = "/nodes/{node}/storage/{storage}";

/** What storages hold: lists, images, attributes, removal, pruning. */
export const contentRoutes: readonly Route[] = [
  {
    id: `GET ${base}/content`,
    permission: { path: "/storage/{storage}", any: SEE },
    run: (call) => ({ data: list(call) }),
  },
  {
    id: `POST ${base}/content`,
    permission: { path: "/storage/{storage}", any: ["Datastore.AllocateSpace"] },
    writes: true,
    run: (call) => ({ data: create(call) }),
  },
  { id: `GET ${base}/content/{volume}`, run: (call) => ({ data: info(call) }) },
  { id: `PUT ${base}/content/{volume}`, run: (call) => ({ data: update(call) }) },
  { id: `POST ${base}/content/{volume}`, run: (call) => ({ data: copy(call) }) },
  { id: `DELETE ${base}/content/{volume}`, run: async (call) => ({ data: await remove(call) }) },
  {
    id: `GET ${base}/prunebackups`,
    permission: { path: "/storage/{storage}", any: SEE },
    run: (call) => ({ data: marked(call) }),
  },
  { id: `DELETE ${base}/prunebackups`, run: (call) => ({ data: prune(call) }) },
];
