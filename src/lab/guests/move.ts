import { die, parameterRefusal } from "../refusal.ts";
import { type Call, flag, int, text } from "../routes/route.ts";
import { startTask } from "../routes/tasks.ts";
import { checkLock } from "../state/power.ts";
import type { LabGuest } from "../state/types.ts";
import { makeBase } from "../state/volume.ts";
import type { LabTask } from "../tasks.ts";
import { addUnused, inSnapshot } from "./detach.ts";
import { type Drive, isCdrom, isUnused, parseDrive, printDrive } from "./drives.ts";
import { lockedImage } from "./emulation.ts";
import { changed } from "./pending.ts";
import { allocate, checkEnabled, describe, discard, parseVolumeId } from "./volumes.ts";

const CHANGED = "detected modified configuration - file changed by other user? Try again.";

function theDrive(call: Call, guest: LabGuest, storage: string): Drive {
  checkLock(guest);
  const digest = text(call, "digest");
  if (digest !== undefined && digest !== call.state.digest(guest)) throw die(CHANGED);
  const disk = text(call, "disk") ?? "";
  const value = guest.config[disk];
  if (value === undefined) throw die(`disk '${disk}' does not exist`);
  const drive = parseDrive(value);
  const volid = drive.get("file") ?? "";
  if (volid === "") throw die(`disk '${disk}' has no associated volume`);
  if (isCdrom(drive, { butCloudinit: true })) throw die("you can't move a cdrom");
  const parts = parseVolumeId(volid);
  const format = text(call, "format");
  if (parts?.storage === storage && (format === undefined || describe(call.state, volid).format === format))
    throw die("you can't move to the same storage with same format");
  if (inSnapshot(guest, volid) && flag(call, "delete"))
    throw die("you can't move a disk with snapshots and delete the source");
  return drive;
}

function move(call: Call, guest: LabGuest, storage: string, task: LabTask): void {
  const { state } = call;
  const disk = text(call, "disk") ?? "";
  const drive = theDrive(call, guest, storage);
  const volid = drive.get("file") ?? "";
  const from = describe(state, volid);
  task.log.push(
    `copying volume '${volid}' from current storage '${from.storage.storage}' to target storage '${storage}'`,
  );
  const kept = inSnapshot(guest, volid);
  if (kept) task.log.push("moving disk with snapshots, snapshots will not be moved!");
  task.log.push(`create full clone of drive ${disk} (${volid})`);
  const held = lockedImage(state, guest, volid);
  if (held) {
    task.log.push(held.line);
    throw new Error(`storage migration failed: ${held.complaint}`);
  }
  const source = state.volumes.get(volid);
  if (!source) throw new Error(`storage migration failed: volume '${volid}' does not exist`);
  const format = text(call, "format") ?? from.format;
  const volume = allocate(state, { storage, node: guest.node, vmid: guest.vmid, size: source.size, format });
  drive.set("file", volume.volid);
  guest.config[disk] = printDrive(drive);
  if (flag(call, "delete")) discard(state, volid);
  else addUnused(guest, volid);
  changed(state, guest);
}

function reassign(call: Call, guest: LabGuest, vmid: number): { data: unknown } {
  const { state } = call;
  if (vmid === guest.vmid)
    throw die("Moving a disk to the same VM is not possible. Did you mean to move the disk to a different storage?");
  const other = state.guests.get(vmid);
  const disk = text(call, "disk") ?? "";
  const slot = text(call, "target-disk") ?? disk;
  const check = (): LabGuest => {
    if (other?.type !== "qemu")
      throw die(`Configuration file 'nodes/${guest.node}/qemu-server/${vmid}.conf' does not exist`);
    if (other.node !== guest.node) throw die("Both VMs need to be on the same node");
    checkLock(guest);
    checkLock(other);
    if (guest.config.template === 1 || other.config.template === 1)
      throw die(guest.config.template === 1 ? "Cannot move disks from a template" : "Cannot move disks to a template");
    if (text(call, "target-digest") !== undefined && text(call, "target-digest") !== state.digest(other))
      throw die(`VM ${vmid}: ${CHANGED}`);
    const value = guest.config[disk];
    if (value === undefined) throw die(`Disk '${disk}' for VM '${guest.vmid}' does not exist`);
    if (slot in other.config) throw die(`Target disk key '${slot}' is already in use for VM '${vmid}'`);
    const drive = parseDrive(value);
    if (isCdrom(drive)) throw die("Cannot reassign CD-ROM drive");
    if (guest.running && !isUnused(disk)) throw die("Cannot move disk of running VM to another VM");
    if (inSnapshot(guest, drive.get("file") ?? "")) throw die(`Can't move disk used by a snapshot to another VM`);
    return other;
  };
  check();
  return startTask(call, {
    node: guest.node,
    type: "qmmove",
    id: `${guest.vmid}-${disk}>${vmid}-${slot}`,
    weight: 0.5,
    work: () => {
      const target = check();
      const drive = parseDrive(guest.config[disk]!);
      const volume = state.volumes.get(drive.get("file") ?? "");
      if (!volume) throw new Error(`volume '${drive.get("file")}' does not exist`);
      const made = allocate(state, {
        storage: volume.storage,
        node: guest.node,
        vmid,
        size: volume.size,
        format: volume.format,
      });
      discard(state, volume.volid);
      delete guest.config[disk];
      drive.set("file", made.volid);
      target.config[slot] = isUnused(slot) ? made.volid : printDrive(drive);
      changed(state, guest);
      changed(state, target);
      return undefined;
    },
  });
}

/** Moves a disk to another storage or to another VM (pve-facts 65). */
export function moveDisk(call: Call, guest: LabGuest): { data: unknown } {
  const storage = text(call, "storage");
  const vmid = int(call, "target-vmid");
  if (storage !== undefined && vmid !== undefined)
    throw parameterRefusal({ storage: "either set storage or target-vmid, but not both" });
  if (vmid !== undefined) return reassign(call, guest, vmid);
  if (storage === undefined)
    throw die(
      "Provide either a 'storage' to move the disk to a different storage or 'target-vmid' and 'target-disk' to move the disk to another VM",
    );
  checkEnabled(call.state, storage, guest.node);
  theDrive(call, guest, storage);
  return startTask(call, {
    node: guest.node,
    type: "qmmove",
    id: String(guest.vmid),
    weight: 2,
    work: (task) => {
      move(call, guest, storage, task);
      return undefined;
    },
  });
}

/** Makes a VM a template: its disks become base volumes (pve-facts 63). */
export function makeTemplate(call: Call, guest: LabGuest): { data: unknown } {
  const { state } = call;
  const disk = text(call, "disk");
  checkLock(guest);
  if (guest.snapshots.length > 0) throw die("unable to create template, because VM contains snapshots");
  if (guest.config.template === 1 && disk === undefined) throw die("you can't convert a template to a template");
  if (guest.running) throw die("you can't convert a VM to template if VM is running");
  return startTask(call, {
    node: guest.node,
    type: "qmtemplate",
    id: String(guest.vmid),
    weight: 0.5,
    work: () => {
      checkLock(guest);
      guest.config.template = 1;
      for (const [key, value] of Object.entries(guest.config)) {
        if (disk !== undefined && key !== disk) continue;
        if (!/^(?:ide|scsi|virtio|sata|efidisk|tpmstate)\d+$/.test(key)) continue;
        const drive = parseDrive(value);
        const volume = state.volumes.get(drive.get("file") ?? "");
        if (isCdrom(drive) || !volume || describe(state, volume.volid).isBase) continue;
        drive.set("file", makeBase(state, volume.volid));
        guest.config[key] = printDrive(drive);
      }
      changed(state, guest);
      return undefined;
    },
  });
}
