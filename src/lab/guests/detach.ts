import type { ClusterState } from "../state/cluster.ts";
import type { ConfigValue, LabGuest } from "../state/types.ts";
import { fileOf, isCdrom, isCloudinit, isDrive, isUnused, parseDrive } from "./drives.ts";
import { discard, ownerOf } from "./volumes.ts";

/** Whether a volume is named by a snapshot, or by another option than `except`. */
export function inUse(guest: LabGuest, volid: string, except?: string): boolean {
  const names = ([key, value]: [string, ConfigValue]): boolean =>
    (isDrive(key) || isUnused(key)) && fileOf(value) === volid;
  const values = Object.entries(guest.config).filter(([key]) => key !== except);
  return values.some(names) || inSnapshot(guest, volid);
}

/** Whether one of a guest's snapshots needs a volume. */
export function inSnapshot(guest: LabGuest, volid: string): boolean {
  return guest.snapshots.some(({ config }) =>
    Object.entries(config ?? guest.config).some(([key, value]) => isDrive(key) && fileOf(value) === volid),
  );
}

/** Notes a volume that nothing uses any more; one is not noted twice. */
export function addUnused(guest: LabGuest, volid: string): void {
  for (const [key, value] of Object.entries(guest.config)) if (isUnused(key) && fileOf(value) === volid) return;
  let slot = 0;
  while (`unused${slot}` in guest.config) slot += 1;
  guest.config[`unused${slot}`] = volid;
}

/** A volume that a drive has, or will have, is no unused one any more. */
export function dropUnused(guest: LabGuest, drive: ConfigValue): void {
  const volid = fileOf(drive);
  for (const [key, value] of Object.entries(guest.config)) {
    if (isUnused(key) && fileOf(value) === volid) delete guest.config[key];
  }
}

/** Lets go of a drive: its volume stays as an unused one, a cloud-init drive goes (pve-facts 16). */
export function release(state: ClusterState, guest: LabGuest, value: ConfigValue): void {
  const drive = parseDrive(value);
  const volid = drive.get("file") ?? "";
  if (isCloudinit(drive)) discard(state, volid);
  else if (!isCdrom(drive) && ownerOf(state, volid) === guest.vmid) addUnused(guest, volid);
}

/** Destroys the volume of a drive, or throws when a snapshot still needs it. */
export function destroyVolume(state: ClusterState, guest: LabGuest, key: string, value: ConfigValue): void {
  const drive = parseDrive(value);
  const volid = drive.get("file") ?? "";
  if (isCdrom(drive, { butCloudinit: true }) || !state.volumes.has(volid)) return;
  if (ownerOf(state, volid) !== guest.vmid) return;
  if (inUse(guest, volid, key)) throw new Error(`unable to delete '${volid}' - volume is still in use (snapshot?)`);
  discard(state, volid);
}
