import { die, parameterRefusal } from "../refusal.ts";
import { type Call, flag, text } from "../routes/route.ts";
import { startTask } from "../routes/tasks.ts";
import { isRoot } from "../routes/volume-access.ts";
import type { ClusterState } from "../state/cluster.ts";
import { followMove } from "../state/ha.ts";
import { checkLock } from "../state/power.ts";
import type { LabGuest } from "../state/types.ts";
import type { LabTask } from "../tasks.ts";
import { type Config, isCdrom, isCloudinit, isDrive, isUnused, parseDrive, printDrive } from "./drives.ts";
import { isYes } from "./pairs.ts";
import { changed } from "./pending.ts";
import { parseSize } from "./sizes.ts";
import { complete } from "./snapshots.ts";
import { checkEnabled, isFileStorage, parseVolumeId } from "./volumes.ts";

interface LocalDisk {
  volid: string;
  drivename?: string;
  cdrom: 0 | 1;
  replicate: 0 | 1;
  shared: 0 | 1;
  is_unused: 0 | 1;
  is_attached: 0 | 1;
  is_vmstate: 0 | 1;
  is_tpmstate: 0 | 1;
  is_cloudinit: 0 | 1;
  size?: number;
  referenced_in_snapshot?: Record<string, 1>;
  referenced_in_pending?: 1;
}

function note(disks: Map<string, LocalDisk>, config: Readonly<Config>, snapshot?: string, pending = false): void {
  for (const [key, value] of Object.entries(config)) {
    if (!isDrive(key) && !isUnused(key)) continue;
    const drive = parseDrive(value);
    const volid = drive.get("file") ?? "";
    if (volid === "" || volid === "none") continue;
    const disk: LocalDisk = disks.get(volid) ?? {
      volid,
      cdrom: 1,
      replicate: 0,
      shared: 0,
      is_unused: 0,
      is_attached: 0,
      is_vmstate: 0,
      is_tpmstate: 0,
      is_cloudinit: 0,
    };
    disks.set(volid, disk);
    if (!isCdrom(drive)) disk.cdrom = 0;
    if (drive.get("replicate") !== "0") disk.replicate = 1;
    if (isYes(drive.get("shared"))) disk.shared = 1;
    if (isUnused(key)) disk.is_unused = 1;
    else if (snapshot === undefined && !pending) disk.is_attached = 1;
    if (isDrive(key)) disk.drivename = key;
    if (key === "tpmstate0") disk.is_tpmstate = 1;
    if (isCloudinit(drive)) disk.is_cloudinit = 1;
    if (snapshot !== undefined) disk.referenced_in_snapshot = { ...disk.referenced_in_snapshot, [snapshot]: 1 };
    if (pending) disk.referenced_in_pending = 1;
    const size = parseSize(drive.get("size") ?? "");
    if (size) disk.size ??= size;
  }
}

/** Volumes of a VM that only its own node has. */
function localDisks(state: ClusterState, guest: LabGuest): LocalDisk[] {
  complete(guest);
  const disks = new Map<string, LocalDisk>();
  note(disks, guest.config);
  for (const { name, config } of guest.snapshots) note(disks, config ?? {}, name);
  note(disks, guest.pending, undefined, true);
  return [...disks.values()].filter(({ volid, shared }) => {
    const storage = parseVolumeId(volid)?.storage;
    return !shared && !(storage !== undefined && state.storages.get(storage)?.shared);
  });
}

/** Devices of the host that a VM holds, and those among them that are mapped. */
function hostDevices(guest: LabGuest): { local: string[]; mapped: string[] } {
  const local: string[] = [];
  const mapped: string[] = [];
  for (const [key, value] of Object.entries(guest.config)) {
    const text = String(value);
    const isHost =
      /^hostpci\d+$/.test(key) ||
      (/^usb\d+$/.test(key) && !/^(?:host=)?spice/.test(text)) ||
      (/^(?:serial|parallel)\d+$/.test(key) && text !== "socket") ||
      key === "ivshmem";
    if (!isHost) continue;
    (/(?:^|,)mapping=/.test(text) ? mapped : local).push(key);
  }
  return { local, mapped };
}

function missingStorages(state: ClusterState, guest: LabGuest, node: string): string[] {
  const names = new Set<string>();
  for (const [key, value] of Object.entries(guest.config)) {
    if (!isDrive(key)) continue;
    const storage = parseVolumeId(parseDrive(value).get("file") ?? "")?.storage;
    const found = storage === undefined ? undefined : state.storages.get(storage);
    if (found && (found.disabled || (found.nodes && !found.nodes.includes(node)))) names.add(found.storage);
  }
  return [...names];
}

/** What stands in the way of a move to other nodes (pve-facts 87). */
export function preconditions(call: Call, guest: LabGuest): Record<string, unknown> {
  const { state } = call;
  const allowed: string[] = [];
  const refused: Record<string, unknown> = {};
  const { local, mapped } = hostDevices(guest);
  for (const node of state.nodes.values()) {
    if (node.name === guest.node || !node.online) continue;
    const missing = missingStorages(state, guest, node.name);
    if (missing.length > 0) refused[node.name] = { unavailable_storages: missing };
    else allowed.push(node.name);
  }
  return {
    running: guest.running ? 1 : 0,
    allowed_nodes: allowed,
    not_allowed_nodes: refused,
    local_disks: localDisks(state, guest),
    local_resources: [...local, ...mapped],
    "mapped-resources": mapped,
    "mapped-resource-info": Object.fromEntries(mapped.map((key) => [key, { name: key, "live-migration": 0 }])),
    "has-dbus-vmstate": 1,
  };
}

const ROOT_ONLY = ["force", "migration_type", "migration_network"];

function targetStorage(call: Call, storage: string): string {
  const map = text(call, "targetstorage");
  if (map === undefined || map === "1") return storage;
  const entries = map.split(/[,;\s]+/).map((entry) => entry.split(":"));
  return entries.find(([from]) => from === storage)?.[1] ?? entries.find((entry) => entry.length === 1)?.[0] ?? storage;
}

/** What stops a migration once it has begun, by the first disk that cannot come along. */
function obstacle(call: Call, guest: LabGuest): string | undefined {
  const { local } = hostDevices(guest);
  if (local.length > 0) return `can't migrate VM which uses local devices: ${local.join(", ")}`;
  for (const disk of localDisks(call.state, guest)) {
    if (disk.cdrom && !disk.is_cloudinit)
      return `Problem found while scanning volumes - can't migrate local cdrom '${disk.volid}'`;
    if (guest.running && !flag(call, "with-local-disks"))
      return "Problem found while scanning volumes - can't live migrate attached local disks without with-local-disks option";
    if (disk.referenced_in_snapshot && guest.running && !disk.is_cloudinit)
      return `Problem found while scanning volumes - online storage migration not possible if snapshot exists on local disk '${disk.volid}'`;
    if (disk.volid.includes("/base-"))
      return `Problem found while scanning volumes - can't migrate '${disk.volid}' as it's a clone of '${disk.volid.replace(/\/\d+\/vm-.*/, "")}'`;
  }
  return undefined;
}

function carry(call: Call, guest: LabGuest, target: string, task: LabTask): void {
  const { state } = call;
  for (const disk of localDisks(state, guest)) {
    const volume = state.volumes.get(disk.volid);
    if (!volume || volume.vmid !== guest.vmid) continue;
    const storage = targetStorage(call, volume.storage);
    state.volumes.delete(volume.volid);
    const moved = storage === volume.storage ? volume.volid : movedName(state, volume.volid, storage, guest.vmid);
    Object.assign(volume, { volid: moved, storage });
    if (state.storages.get(storage)?.shared) delete volume.node;
    else volume.node = target;
    state.volumes.set(moved, volume);
    for (const [key, value] of Object.entries(guest.config)) {
      if (!isDrive(key) && !isUnused(key)) continue;
      const drive = parseDrive(value);
      if (drive.get("file") !== disk.volid) continue;
      guest.config[key] = printDrive(drive.set("file", moved));
    }
    task.log.push(`migration of local disk '${disk.volid}' done`);
  }
  guest.node = target;
  delete guest.config.lock;
  changed(state, guest);
}

function movedName(state: ClusterState, volid: string, storage: string, vmid: number): string {
  const file = volid.slice(Math.max(volid.lastIndexOf("/"), volid.indexOf(":")) + 1);
  const bare = file.replace(/\.(?:raw|qcow2|vmdk)$/, "");
  const to = state.storages.get(storage);
  return to && isFileStorage(to)
    ? `${storage}:${vmid}/${file.includes(".") ? file : `${file}.raw`}`
    : `${storage}:${bare}`;
}

function requestHa(call: Call, guest: LabGuest, target: string): { data: unknown } {
  return startTask(call, {
    node: guest.node,
    type: "hamigrate",
    id: String(guest.vmid),
    weight: 0.1,
    work: (task) => {
      task.log.push(`Requesting HA migration for VM ${guest.vmid} to node ${target}`);
      const resource = call.state.haOf(guest);
      if (resource) followMove(call.state, resource, target, !guest.running);
      return undefined;
    },
  });
}

/** Moves a VM to another node (pve-facts 87-89). */
export function migrateVm(call: Call, guest: LabGuest): { data: unknown } {
  const { state } = call;
  const target = text(call, "target") ?? "";
  if (target === guest.node) throw parameterRefusal({ target: "target is local node." });
  if (!state.nodes.has(target)) throw die(`no such cluster node '${target}'`);
  if (!isRoot(call))
    for (const key of ROOT_ONLY)
      if (call.params[key] !== undefined && (key !== "force" || flag(call, key)))
        throw parameterRefusal({ [key]: "Only root may use this option." });
  checkLock(guest);
  if (guest.running && !flag(call, "online")) throw die("can't migrate running VM without --online");
  for (const [key, value] of Object.entries(guest.config)) {
    const storage = isDrive(key) ? parseVolumeId(parseDrive(value).get("file") ?? "")?.storage : undefined;
    if (storage !== undefined && state.storages.has(storage)) checkEnabled(state, targetStorage(call, storage), target);
  }
  if (state.haOf(guest)) return requestHa(call, guest, target);
  return startTask(call, {
    node: guest.node,
    type: "qmigrate",
    id: String(guest.vmid),
    weight: guest.running ? 6 : 3,
    begin: () => {
      guest.config.lock = "migrate";
      changed(state, guest);
    },
    work: (task) => {
      const now = new Date().toISOString().replace("T", " ").slice(0, 19);
      task.log.push(
        `${now} starting migration of VM ${guest.vmid} to node '${target}' (${state.nodes.get(target)?.ip})`,
      );
      const why = state.nodes.get(target)?.online
        ? obstacle(call, guest)
        : `ssh: connect to host ${target}: No route to host`;
      if (why !== undefined) {
        delete guest.config.lock;
        changed(state, guest);
        task.log.push(`${now} ERROR: ${why}`, `${now} aborting phase 1 - cleanup resources`);
        task.log.push(`${now} ERROR: migration aborted (duration 00:00:00): ${why}`);
        throw new Error("migration aborted");
      }
      carry(call, guest, target, task);
      task.log.push(`${now} migration finished successfully (duration 00:00:02)`);
      return undefined;
    },
  });
}
