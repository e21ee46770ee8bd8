import { restoreFirewall } from "../firewall/restore.ts";
import { type Call, flag, text } from "../routes/route.ts";
import type { ClusterState } from "../state/cluster.ts";
import type { LabVolume } from "../state/types.ts";
import type { LabTask } from "../tasks.ts";
import { addUnused } from "./detach.ts";
import { type Config, drivesOf, isCdrom, isCloudinit, isUnused, parseDrive, printDrive } from "./drives.ts";
import { newUuid, withNewMac, withNewUuid } from "./identity.ts";
import { newVm, volumesOf } from "./lifecycle.ts";
import { changed } from "./pending.ts";
import { parseSize } from "./sizes.ts";
import { allocate, discard, ownerOf, parseVolumeId } from "./volumes.ts";

/** What a backup remembers of its VM. */
export interface Backup {
  volume: LabVolume;
  config: Config;
}

/** The backup of that name with what it remembers, or PVE's complaint. */
export function backupOf(state: ClusterState, archive: string): Backup {
  const volume = state.volumes.get(archive);
  if (!volume) throw new Error(`volume '${archive}' does not exist`);
  if (!volume.saved) throw new Error("unable to read configuration from the archive");
  return { volume, config: { ...volume.saved.config } };
}

/** Settings that stay behind: they belong to the guest that was saved. */
const NOT_RESTORED = new Set(["parent", "lock", "template", "vmstate", "runningmachine"]);

/** Puts a backup in the place of a VM, which is new or is overwritten (pve-facts 95). */
export function restoreInto(call: Call, vmid: number, backup: Backup, set: Readonly<Config>, task: LabTask): void {
  const { state } = call;
  const node = text(call, "node") ?? "";
  const unique = flag(call, "unique");
  const old = state.guests.get(vmid);
  const overwritten = old ? volumesOf(old) : new Set<string>();
  for (const volid of overwritten) if (ownerOf(state, volid) === vmid) discard(state, volid);
  const config: Config = {};
  for (const [key, value] of Object.entries(backup.config)) {
    if (NOT_RESTORED.has(key) || isUnused(key)) continue;
    config[key] = unique && /^net\d+$/.test(key) ? withNewMac(state, String(value)) : value;
  }
  for (const [key, drive] of drivesOf(backup.config)) {
    if (isCdrom(drive, { butCloudinit: true })) continue;
    const from = drive.get("file") ?? "";
    const storage = text(call, "storage") ?? parseVolumeId(from)?.storage ?? "local";
    const size = parseSize(drive.get("size") ?? "4M") ?? 0;
    const format = /\.(\w+)$/.exec(from)?.[1];
    const volume = allocate(state, {
      storage,
      node,
      vmid,
      size,
      ...(format === undefined ? {} : { format }),
      ...(isCloudinit(drive) ? { name: "cloudinit" } : {}),
    });
    drive.set("file", volume.volid);
    config[key] = printDrive(drive);
    task.log.push(`new volume ID is '${volume.volid}'`, `map 'drive-${key}' to '${volume.volid}' (write zeros = 0)`);
  }
  if (unique) {
    if (config.smbios1 !== undefined) config.smbios1 = withNewUuid(String(config.smbios1));
    if (config.vmgenid !== undefined) config.vmgenid = newUuid();
  } else if (config.vmgenid !== undefined) config.vmgenid = newUuid();
  const guest = newVm(vmid, node, { ...config, ...set });
  const source = backup.volume.vmid === undefined ? undefined : state.guests.get(backup.volume.vmid);
  if (source?.traits.ignoresShutdown) guest.traits.ignoresShutdown = true;
  guest.agent = guest.config.agent === undefined ? "absent" : (source?.agent ?? "running");
  state.guests.set(vmid, guest);
  restoreFirewall(call, vmid, backup.volume);
  for (const [key, value] of Object.entries(guest.config))
    if (isUnused(key)) addUnused(guest, parseDrive(value).get("file") ?? "");
  changed(state, guest);
}
