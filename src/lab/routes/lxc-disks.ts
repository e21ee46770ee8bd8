import { checkDigest, refuseLocked, settle, theContainer } from "../containers/container.ts";
import { containerFormat, isMount, type Mount, mountType, parseMount, printMount } from "../containers/mounts.ts";
import { addUnused } from "../containers/update.ts";
import { formatSize, parseSize } from "../guests/sizes.ts";
import { die, parameterRefusal, Refusal } from "../refusal.ts";
import { activeStorage } from "../state/storage.ts";
import type { LabGuest } from "../state/types.ts";
import { allocate, free, volumeOn, volumesIn } from "../state/volume.ts";
import { splitVolid } from "../state/volume-name.ts";
import { type Call, flag, int, type Route, text } from "./route.ts";
import { startTask } from "./tasks.ts";
import { demand } from "./volume-access.ts";

function theMount(guest: LabGuest, key: string): Mount {
  const value = guest.config[key];
  if (value === undefined) {
    const missing = "property is missing and it is not optional";
    throw new Refusal(500, "format error", {
      errors: { volume: missing, ...(key === "rootfs" ? {} : { mp: missing }) },
    });
  }
  return parseMount(value);
}

/** Bytes that a disk is to have; refuses to shrink it (pve-facts 64, 80). */
function wantedBytes(call: Call, guest: LabGuest): { key: string; volid: string; bytes: number } {
  refuseLocked(guest);
  const key = text(call, "disk") ?? "";
  const given = text(call, "size") ?? "";
  const asked = parseSize(given.replace(/^\+/, ""));
  if (asked === undefined) throw die("invalid size string");
  checkDigest(call, guest);
  const mount = theMount(guest, key);
  if (mountType(mount) !== "volume") throw die(`can't resize mount point of type '${mountType(mount)}'`);
  const volid = mount.get("volume") ?? "";
  const volume = volumeOn(call.state, volid, guest.node);
  if (!volume) throw die(`volume '${volid}' does not exist`);
  if (volume.vmid !== guest.vmid) throw die(`can't resize mount point owned by another container (${volume.vmid})`);
  demand(call, `/storage/${volume.storage}`, "Datastore.AllocateSpace");
  activeStorage(call.state, volume.storage, guest.node);
  const bytes = Math.trunc(given.startsWith("+") ? volume.size + asked : asked);
  if (bytes < volume.size) throw die("unable to shrink disk size");
  if (bytes === volume.size) throw die("disk is already at specified size");
  return { key, volid, bytes };
}

function resize(call: Call): { data: string } {
  const guest = theContainer(call);
  wantedBytes(call, guest);
  return startTask(call, {
    node: guest.node,
    type: "resize",
    id: String(guest.vmid),
    weight: 0.5,
    work: (task) => {
      const { key, volid, bytes } = wantedBytes(call, guest);
      const volume = call.state.volumes.get(volid)!;
      volume.size = bytes;
      guest.config[key] = printMount(theMount(guest, key).set("size", formatSize(bytes)));
      settle(call.state, guest);
      task.log.push(`Image resized.`);
      return undefined;
    },
  });
}

function inSnapshot(guest: LabGuest, volid: string): boolean {
  return guest.snapshots.some(({ config }) => config && [...volumesIn(config).values()].includes(volid));
}

function move(call: Call, guest: LabGuest, key: string, target: string): { data: string } {
  const { state } = call;
  refuseLocked(guest);
  if (guest.running) throw die("cannot move volumes of a running container");
  if (!isMount(key)) throw die(`cannot move volume '${key}', only configured volumes can be moved to another storage`);
  const mount = theMount(guest, key);
  if (mountType(mount) !== "volume") throw die(`you can't move a volume of type '${mountType(mount)}'`);
  const volid = mount.get("volume") ?? "";
  if (flag(call, "delete") && inSnapshot(guest, volid))
    throw die("you can't move a volume with snapshots and delete the source");
  checkDigest(call, guest);
  demand(call, `/storage/${target}`, "Datastore.AllocateSpace");
  guest.config.lock = "mounted";
  guest.digest = undefined;
  return startTask(call, {
    node: guest.node,
    type: "move_volume",
    id: String(guest.vmid),
    weight: 2,
    work: (task) => {
      delete guest.config.lock;
      guest.digest = undefined;
      const storage = activeStorage(state, target, guest.node);
      if (!storage.content.includes("rootdir"))
        throw new Error(`storage '${target}' does not allow content type 'rootdir' (Container)`);
      const source = volumeOn(state, volid, guest.node);
      if (!source) throw new Error(`volume '${volid}' does not exist`);
      const made = allocate(state, {
        storage: target,
        node: guest.node,
        vmid: guest.vmid,
        size: source.size,
        format: containerFormat(storage, source.size),
        used: source.used ?? 0,
      });
      guest.config[key] = printMount(theMount(guest, key).set("volume", made.volid).set("size", formatSize(made.size)));
      if (flag(call, "delete")) free(state, volid, guest.node);
      else addUnused(guest, volid);
      settle(state, guest);
      task.log.push(`moved '${volid}' to '${made.volid}'`);
      return undefined;
    },
  });
}

/** Gives a volume to another container of the same node, under its name. */
function reassign(call: Call, guest: LabGuest, key: string, vmid: number): { data: string } {
  const { state } = call;
  const targetKey = text(call, "target-volume") ?? key;
  const other = state.guests.get(vmid);
  if (vmid === guest.vmid)
    throw parameterRefusal({ "target-vmid": "must be different than source VMID to reassign a volume" });
  if (other?.type !== "lxc" || other.node !== guest.node)
    throw die(`Configuration file 'nodes/${guest.node}/lxc/${vmid}.conf' does not exist`);
  demand(call, `/vms/${vmid}`, "VM.Config.Disk");
  const check = (): { mount: Mount; volid: string } => {
    refuseLocked(guest);
    refuseLocked(other);
    checkDigest(call, guest);
    checkDigest(call, other, "target-digest");
    if (guest.config[key] === undefined) throw die(`Mount point '${key}' for container ${guest.vmid} does not exist`);
    if (key === "rootfs") throw die("Cannot move the rootfs to another container");
    if (other.config[targetKey] !== undefined)
      throw die(`Target volume key '${targetKey}' is already in use for container '${vmid}'`);
    if (guest.running && !key.startsWith("unused"))
      throw die("Cannot move volumes of a running container to another one");
    const mount = theMount(guest, key);
    const volid = mount.get("volume") ?? "";
    if (inSnapshot(guest, volid)) throw die(`Volume '${volid}' is used in a snapshot`);
    return { mount, volid };
  };
  check();
  return startTask(call, {
    node: guest.node,
    type: "move_volume",
    id: `${guest.vmid}-${key}>${vmid}-${targetKey}`,
    weight: 0.5,
    work: () => {
      const { mount, volid } = check();
      const source = volumeOn(state, volid, guest.node);
      if (!source) throw new Error(`volume '${volid}' does not exist`);
      const { storage } = splitVolid(volid);
      state.volumes.delete(volid);
      const made = allocate(state, {
        storage,
        node: guest.node,
        vmid,
        size: source.size,
        format: source.format,
        used: 0,
      });
      delete guest.config[key];
      other.config[targetKey] = targetKey.startsWith("unused")
        ? made.volid
        : printMount(mount.set("volume", made.volid));
      settle(state, guest);
      settle(state, other);
      return undefined;
    },
  });
}

function moveVolume(call: Call): { data: string } {
  const guest = theContainer(call);
  const key = text(call, "volume") ?? "";
  const storage = text(call, "storage");
  const vmid = int(call, "target-vmid");
  if (vmid !== undefined && storage !== undefined) {
    const message = "either set 'storage' or 'target-vmid', but not both";
    throw parameterRefusal({ "target-vmid": message, storage: message });
  }
  if (vmid !== undefined) return reassign(call, guest, key, vmid);
  if (storage !== undefined) {
    return move(call, guest, key, storage);
  }
  const message = "both 'storage' and 'target-vmid' missing, either needs to be set";
  throw parameterRefusal({ "target-vmid": message, storage: message });
}

const disk = { path: "/vms/{vmid}", any: ["VM.Config.Disk"] };

/** Sizes and places of containers' data. */
export const lxcDiskRoutes: readonly Route[] = [
  { id: "PUT /nodes/{node}/lxc/{vmid}/resize", permission: disk, writes: true, run: resize },
  { id: "POST /nodes/{node}/lxc/{vmid}/move_volume", permission: disk, writes: true, run: moveVolume },
];
