import { nowSeconds } from "../clock.ts";
import type { ClusterState } from "../state/cluster.ts";
import { checkLock } from "../state/power.ts";
import type { ConfigValue, LabGuest, LabSnapshot, LabVolume } from "../state/types.ts";
import { addUnused, inSnapshot, inUse } from "./detach.ts";
import { type Config, drivesOf, fileOf, isCdrom, isCloudinit, isDrive, isUnused } from "./drives.ts";
import { newUuid } from "./identity.ts";
import { changed } from "./pending.ts";
import { allocate, discard, hasFeature, ownerOf, parseVolumeId } from "./volumes.ts";

/** Keys that belong to the present state and to no snapshot. */
const NOT_COPIED = new Set(["lock", "description", "parent", "vmstate", "snaptime", "runningmachine", "runningcpu"]);

function copyConfig(config: Readonly<Config>): Config {
  return Object.fromEntries(Object.entries(config).filter(([key]) => !NOT_COPIED.has(key) && !isUnused(key)));
}

/** Gives the snapshots of a seed the configurations and the place in line that real ones have. */
export function complete(guest: LabGuest): void {
  if (guest.snapshots.every(({ config }) => config !== undefined)) return;
  for (const snapshot of guest.snapshots) snapshot.config ??= copyConfig(guest.config);
  const last = guest.snapshots.at(-1)?.name;
  if (last !== undefined) guest.config.parent ??= last;
  guest.digest = undefined;
}

/** The snapshot of that name, or PVE's complaint. */
export function theSnapshot(guest: LabGuest, name: string): LabSnapshot {
  complete(guest);
  const snapshot = guest.snapshots.find((one) => one.name === name);
  if (!snapshot) throw new Error(`snapshot '${name}' does not exist`);
  return snapshot;
}

/** A snapshot's section of the configuration file. */
export function sectionOf(snapshot: LabSnapshot): Record<string, ConfigValue> {
  return {
    ...snapshot.config,
    ...(snapshot.description === "" ? {} : { description: snapshot.description }),
    ...(snapshot.parent === undefined ? {} : { parent: snapshot.parent }),
    ...(snapshot.vmstateVolume === undefined ? {} : { vmstate: snapshot.vmstateVolume }),
    ...(snapshot.snapstate === undefined ? {} : { snapstate: snapshot.snapstate }),
    snaptime: snapshot.snaptime,
  };
}

/** Whether all disks of a VM can have snapshots. */
export function canSnapshot(state: ClusterState, config: Readonly<Config>, name?: string): boolean {
  return drivesOf(config)
    .filter(([, drive]) => !isCdrom(drive) && parseVolumeId(drive.get("file") ?? ""))
    .every(([, drive]) => hasFeature(state, "snapshot", drive.get("file")!, name));
}

/** Begins a snapshot: the lock is on until `finishSnapshot`. */
export function beginSnapshot(state: ClusterState, guest: LabGuest, name: string): void {
  complete(guest);
  if (guest.config.template === 1) throw new Error("you can't take a snapshot if it's a template");
  checkLock(guest);
  if (guest.snapshots.some((one) => one.name === name)) throw new Error(`snapshot name '${name}' already used`);
  if (!canSnapshot(state, guest.config)) throw new Error("snapshot feature is not available");
  guest.config.lock = "snapshot";
  changed(state, guest);
}

function stateStorage(state: ClusterState, guest: LabGuest): string {
  const named = guest.config.vmstatestorage;
  if (named !== undefined) return String(named);
  const volids = drivesOf(guest.config)
    .filter(([, drive]) => !isCdrom(drive))
    .map(([, drive]) => parseVolumeId(drive.get("file") ?? "")?.storage);
  const shared = volids.find((id) => id !== undefined && state.storages.get(id)?.shared);
  return shared ?? volids.find((id) => id !== undefined) ?? "local";
}

export function finishSnapshot(
  state: ClusterState,
  guest: LabGuest,
  name: string,
  options: { description: string; vmstate: boolean },
): void {
  delete guest.config.lock;
  const { parent } = guest.config;
  const snapshot: LabSnapshot = {
    name,
    snaptime: nowSeconds(),
    description: options.description,
    vmstate: 0,
    config: copyConfig(guest.config),
    ...(parent === undefined ? {} : { parent: String(parent) }),
  };
  if (options.vmstate && guest.running) {
    const volume = allocate(state, {
      storage: stateStorage(state, guest),
      node: guest.node,
      vmid: guest.vmid,
      size: guest.maxmem * 2 + 524_288_000,
      format: "raw",
      name: `state-${name}`,
    });
    Object.assign(snapshot, { vmstate: 1, vmstateVolume: volume.volid });
    Object.assign(snapshot.config!, { runningmachine: String(guest.config.machine ?? "pc-i440fx-10.0+pve1") });
  }
  guest.snapshots.push(snapshot);
  for (const volume of snapped(state, guest.config)) volume.snapshots = [...(volume.snapshots ?? []), name];
  guest.config.parent = name;
  changed(state, guest);
}

/** The volumes of a configuration that a snapshot is kept in. */
function snapped(state: ClusterState, config: Readonly<Config>): LabVolume[] {
  return drivesOf(config)
    .filter(([, drive]) => !isCdrom(drive))
    .flatMap(([, drive]) => state.volumes.get(drive.get("file") ?? "") ?? []);
}

/** Goes back to a snapshot; what came after keeps its volumes as unused ones. Says whether the VM is to run. */
export function rollback(state: ClusterState, guest: LabGuest, name: string): { resumes: boolean } {
  const snapshot = theSnapshot(guest, name);
  if (guest.config.template === 1) throw new Error("you can't rollback if vm is a template");
  checkLock(guest);
  if (snapshot.snapstate !== undefined)
    throw new Error(`unable to rollback to incomplete snapshot (snapstate = ${snapshot.snapstate})`);
  if (guest.running) state.powerOff(guest);
  const old = guest.config;
  const kept = Object.entries(old).filter(([key]) => isUnused(key) || key === "description");
  guest.config = { ...snapshot.config, ...Object.fromEntries(kept), parent: name };
  const resumes = snapshot.vmstateVolume !== undefined;
  delete guest.config.runningmachine;
  if (guest.config.vmgenid !== undefined && !resumes) guest.config.vmgenid = newUuid();
  guest.pending = {};
  guest.pendingDelete = [];
  for (const [, drive] of drivesOf(old)) {
    const volid = drive.get("file") ?? "";
    if (!isCdrom(drive) && ownerOf(state, volid) === guest.vmid && !inUse(guest, volid)) addUnused(guest, volid);
  }
  for (const [key, value] of Object.entries(guest.config))
    if (isUnused(key) && Object.entries(guest.config).some(([other, file]) => isDrive(other) && fileOf(file) === value))
      delete guest.config[key];
  changed(state, guest);
  return { resumes };
}

/** Takes a snapshot away; those that came from it now come from what it came from. */
export function removeSnapshot(state: ClusterState, guest: LabGuest, name: string): void {
  const snapshot = theSnapshot(guest, name);
  delete guest.config.lock;
  guest.snapshots = guest.snapshots.filter((one) => one !== snapshot);
  for (const other of guest.snapshots)
    if (other.parent === name) {
      if (snapshot.parent === undefined) delete other.parent;
      else other.parent = snapshot.parent;
    }
  if (guest.config.parent === name) {
    if (snapshot.parent === undefined) delete guest.config.parent;
    else guest.config.parent = snapshot.parent;
  }
  for (const volume of snapped(state, snapshot.config ?? {}))
    volume.snapshots = volume.snapshots?.filter((other) => other !== name) ?? [];
  if (snapshot.vmstateVolume !== undefined) discard(state, snapshot.vmstateVolume);
  for (const [, drive] of drivesOf(snapshot.config ?? {})) {
    const volid = drive.get("file") ?? "";
    if (isCloudinit(drive) || isCdrom(drive) || inUse(guest, volid) || inSnapshot(guest, volid)) continue;
    if (state.volumes.has(volid) && ownerOf(state, volid) === guest.vmid) addUnused(guest, volid);
  }
  changed(state, guest);
}
