import { die, forbidden, parameterRefusal } from "../refusal.ts";
import { type Call, flag, int, may, text } from "../routes/route.ts";
import { startTask } from "../routes/tasks.ts";
import { isRoot } from "../routes/volume-access.ts";
import { checkLock } from "../state/power.ts";
import type { LabGuest } from "../state/types.ts";
import { makeBase } from "../state/volume.ts";
import { splitVolid } from "../state/volume-name.ts";
import type { LabTask } from "../tasks.ts";
import { addUnused, inSnapshot } from "./detach.ts";
import { bootOrder, type Drive, isCdrom, isUnused, parseDrive, printDrive } from "./drives.ts";
import { lockedImage } from "./emulation.ts";
import { changed } from "./pending.ts";
import { allocate, checkEnabled, describe, discard, parseVolumeId } from "./volumes.ts";

const CHANGED = "detected modified configuration - file changed by other user? Try again.";

function theDrive(call: Call, guest: LabGuest, storage: string): Drive {
  checkLock(guest);
  const digest = text(call, "digest");
  if (digest !== undefined && digest !== "" && digest !== call.state.digest(guest)) throw die(CHANGED);
  const disk = text(call, "disk") ?? "";
  const value = guest.config[disk];
  if (value === undefined) throw die(`disk '${disk}' does not exist`);
  const drive = parseDrive(value);
  const volid = drive.get("file") ?? "";
  if (volid === "") throw die(`disk '${disk}' has no associated volume`);
  if (isCdrom(drive, { butCloudinit: true })) throw die("you can't move a cdrom");
  const parts = splitVolid(volid);
  const format = text(call, "format");
  const present = describe(call.state, volid).format;
  if (parts.storage === storage && (format === undefined || present === format))
    throw die("you can't move to the same storage with same format");
  if (!checkEnabled(call.state, storage, guest.node).content.includes("images"))
    throw parameterRefusal({ storage: `storage '${storage}' does not support vm images` });
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

/** Both VMs of a move from one to the other, and the drive; refused where it cannot be done. */
function bothVms(call: Call, vmid: number, disk: string, slot: string): { from: LabGuest; to: LabGuest; drive: Drive } {
  const { state } = call;
  const own = int(call, "vmid") ?? 0;
  const node = text(call, "node") ?? "";
  const [one, other] = [state.guests.get(own), state.guests.get(vmid)];
  if (!one) throw die(`could not find VM ${own}`);
  if (!other) throw die(`could not find target VM ${vmid}`);
  // Names are compared as numbers in the message, which is why it tells so little.
  if (one.node !== other.node) throw die(`Both VMs need to be on the same node (${one.node} != ${other.node})`);
  const from = state.guest(node, "qemu", own);
  checkLock(from);
  const to = state.guest(node, "qemu", vmid);
  checkLock(to);
  if (from.config.template === 1 || to.config.template === 1) throw die("Can't move disks from or to template VMs");
  for (const [guest, name] of [
    [from, "digest"],
    [to, "target-digest"],
  ] as const) {
    const digest = text(call, name);
    if (digest !== undefined && digest !== "" && digest !== state.digest(guest))
      throw die(`VM ${guest.vmid}: ${CHANGED}`);
  }
  const value = from.config[disk];
  if (value === undefined) throw die(`Disk '${disk}' for VM '${own}' does not exist`);
  if (to.config[slot] !== undefined) throw die(`Target disk key '${slot}' is already in use for VM '${vmid}'`);
  const drive = parseDrive(value);
  const volid = drive.get("file") ?? "";
  if (volid === "") throw die(`disk '${disk}' has no associated volume`);
  if (isCdrom(drive, { butCloudinit: true })) throw die("CD drive contents can't be moved to another VM");
  if (!parseVolumeId(volid)) throw die(`Volume '${volid}' not managed by PVE`);
  if (inSnapshot(from, volid)) throw die("Can't move disk used by a snapshot to another VM");
  if (from.running && !isUnused(disk))
    throw die("Cannot move disk to another VM while the source VM is running - detach first");
  return { from, to, drive };
}

function reassign(call: Call, vmid: number): { data: unknown } {
  const { state } = call;
  const own = int(call, "vmid") ?? 0;
  const disk = text(call, "disk") ?? "";
  const slot = text(call, "target-disk") ?? disk;
  if (!isRoot(call) && !may(call, `/vms/${vmid}`, "VM.Config.Disk"))
    throw forbidden(`/vms/${vmid}`, ["VM.Config.Disk"]);
  if (vmid === own) throw parameterRefusal({ "target-vmid": "must be different than source VMID to reassign disk" });
  const { drive: wanted } = bothVms(call, vmid, disk, slot);
  const { storage } = splitVolid(wanted.get("file") ?? "");
  if (!may(call, `/storage/${storage}`, "Datastore.AllocateSpace"))
    throw forbidden(`/storage/${storage}`, ["Datastore.AllocateSpace"]);
  return startTask(call, {
    node: text(call, "node") ?? "",
    type: "qmmove",
    id: `${own}-${disk}>${vmid}-${slot}`,
    weight: 0.5,
    work: (task) => {
      const { from, to, drive } = bothVms(call, vmid, disk, slot);
      task.log.push(`reassign disk '${disk}' from VM '${own}' as '${slot}' to VM '${vmid}'`);
      const volume = state.volumes.get(drive.get("file") ?? "");
      if (!volume) throw new Error(`volume '${drive.get("file")}' does not exist`);
      const made = allocate(state, {
        storage: volume.storage,
        node: from.node,
        vmid,
        size: volume.size,
        format: volume.format,
      });
      discard(state, volume.volid);
      const order = bootOrder(from.config);
      if (order?.includes(disk)) {
        task.log.push(`removing disk '${disk}' from boot order config`);
        const rest = order.filter((name) => name !== disk);
        from.config.boot = rest.length === 0 ? " " : `order=${rest.join(";")}`;
      }
      delete from.config[disk];
      task.log.push(`removing disk '${disk}' from VM '${own}' config`);
      drive.set("file", made.volid);
      to.config[slot] = isUnused(slot) ? made.volid : printDrive(drive);
      changed(state, from);
      changed(state, to);
      return undefined;
    },
  });
}

/** Moves a disk to another storage or to another VM (pve-facts 65). */
export function moveDisk(call: Call): { data: unknown } {
  const storage = text(call, "storage");
  const vmid = int(call, "target-vmid");
  if ((storage !== undefined) === (vmid !== undefined)) {
    const message =
      storage === undefined
        ? "both 'storage' and 'target-vmid' missing, either needs to be set"
        : "either set 'storage' or 'target-vmid', but not both";
    throw parameterRefusal({ "target-vmid": message, storage: message });
  }
  if (vmid !== undefined) return reassign(call, vmid);
  if (storage === undefined) throw new TypeError("a storage or a VM is given by now");
  if (!may(call, `/storage/${storage}`, "Datastore.AllocateSpace"))
    throw forbidden(`/storage/${storage}`, ["Datastore.AllocateSpace"]);
  const guest = call.state.guest(text(call, "node") ?? "", "qemu", int(call, "vmid") ?? 0);
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
