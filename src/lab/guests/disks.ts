import { forbidden, parameterRefusal } from "../refusal.ts";
import { type Call, may } from "../routes/route.ts";
import { checkVolumeAccess } from "../routes/volume-access.ts";
import type { ClusterState } from "../state/cluster.ts";
import { storageNamed } from "../state/storage.ts";
import { pathOf } from "../state/volume.ts";
import {
  type Config,
  type Drive,
  drivesOf,
  isCdrom,
  isCloudinit,
  isDrive,
  newDisk,
  parseDrive,
  printDrive,
} from "./drives.ts";
import { formatSize } from "./sizes.ts";
import { allocate, checkEnabled, defaultFormat, describe, discard, isFileStorage, parseVolumeId } from "./volumes.ts";

const MIB = 1_048_576;
const GIB = 1024 * MIB;
const SECTOR = 512;
const CLOUDINIT_BYTES = 4 * MIB;
const TPM_BYTES = 4 * MIB;
/** Bytes of the variables of an EFI firmware: the large one and the one of old. */
const EFI_BYTES = { "4m": 540_672, "2m": 131_072 } as const;

interface Target {
  node: string;
  vmid: number;
  /** Where new volumes go when the drive names no storage. */
  storage?: string | undefined;
}

/** The CD drive by its other name. */
export function resolveCdrom(set: Record<string, unknown>): void {
  const { cdrom } = set;
  if (cdrom === undefined) return;
  delete set.cdrom;
  const text = String(cdrom);
  set.ide2 = /media=/.test(text) ? text : `${text},media=cdrom`;
}

function storageFor(named: string | undefined, target: Target): string {
  const storage = named ?? target.storage;
  if (storage === undefined) throw new Error("no storage ID specified (and no default storage)");
  return storage;
}

function isCloudinitRequest(file: string): boolean {
  return file === "cloudinit" || /^[^:]+:cloudinit$/.test(file);
}

/** Refuses drives whose storages or volumes cannot be used, before anything is made. */
export function checkDrives(call: Call, target: Target, set: Readonly<Record<string, unknown>>): void {
  for (const [key, value] of Object.entries(set)) {
    if (!isDrive(key)) continue;
    const drive = parseDrive(String(value));
    const file = drive.get("file") ?? "";
    if (file === "") throw parameterRefusal({ [key]: "unable to parse drive options" });
    const wanted = newDisk(file);
    if (file === "none" || isCloudinitRequest(file)) continue;
    if (isCdrom(drive) && file === "cdrom") {
      if (!may(call, "/", "Sys.Console")) throw forbidden("/", ["Sys.Console"]);
    } else if (wanted && !isCdrom(drive)) {
      const name = storageFor(wanted.storage, target);
      if (!may(call, `/storage/${name}`, "Datastore.AllocateSpace"))
        throw forbidden(`/storage/${name}`, ["Datastore.AllocateSpace"]);
      const storage = storageNamed(call.state, name);
      if (!storage.content.includes("images"))
        throw parameterRefusal({ storage: `storage '${name}' does not support vm images` });
    } else {
      checkVolumeAccess(call, file, { vmid: target.vmid });
      const parts = parseVolumeId(file);
      if (parts) {
        const { kind } = describe(call.state, file);
        if (kind !== "images" && kind !== "iso")
          throw parameterRefusal({ [key]: "content type needs to be 'images' or 'iso'" });
      }
    }
    checkImport(call, target, key, drive);
  }
  const { vmstatestorage } = set;
  if (vmstatestorage !== undefined && !may(call, `/storage/${vmstatestorage}`, "Datastore.AllocateSpace"))
    throw forbidden(`/storage/${vmstatestorage}`, ["Datastore.AllocateSpace"]);
}

function checkImport(call: Call, target: Target, key: string, drive: Drive): void {
  const source = drive.get("import-from");
  if (source === undefined) return;
  const owner = parseVolumeId(source) === undefined ? undefined : describe(call.state, source);
  if (owner && owner.kind !== "images" && owner.kind !== "import")
    throw parameterRefusal({ [key]: `${source} has wrong type '${owner.kind}' - needs to be 'images' or 'import'` });
  if (owner?.vmid === undefined) checkVolumeAccess(call, source, { vmid: target.vmid });
  else if (!may(call, `/vms/${owner.vmid}`, "VM.Clone")) throw forbidden(`/vms/${owner.vmid}`, ["VM.Clone"]);
}

/** What was made for drives: their values, new volumes, and the lines that a task logs. */
export interface Created {
  config: Config;
  volids: string[];
  log: string[];
  /** A system came along with an image. */
  imported: boolean;
}

function existing(call: Call, target: Target, volid: string): number {
  const volume = call.state.volumes.get(volid);
  const reachable = volume && (volume.node === undefined || volume.node === target.node);
  if (!reachable) throw new Error(`volume '${volid}' does not exist`);
  // Images are measured in whole sectors.
  return Math.ceil(volume.size / SECTOR) * SECTOR;
}

function make(call: Call, target: Target, key: string, drive: Drive, current: Readonly<Config>, made: Created): void {
  const { state } = call;
  const file = drive.get("file") ?? "";
  const wanted = newDisk(file);
  const { node, vmid } = target;
  if (file === "none" || file === "cdrom") drive.delete("size");
  else if (isCloudinitRequest(file)) {
    const other = drivesOf(current).find(([name, present]) => name !== key && isCloudinit(present))?.[0];
    if (other !== undefined) throw new Error(`${key} - cloud-init drive is already attached at '${other}'`);
    const storage = storageFor(parseVolumeId(file)?.storage, target);
    const format = isFileStorage(checkEnabled(state, storage, node)) ? (drive.get("format") ?? "qcow2") : "raw";
    for (const volume of [...state.volumes.values()])
      if (volume.storage === storage && volume.vmid === vmid && /-cloudinit(?:\.\w+)?$/.test(volume.volid))
        discard(state, volume.volid);
    const volume = allocate(state, { storage, node, vmid, size: CLOUDINIT_BYTES, format, name: "cloudinit" });
    drive.set("file", volume.volid).set("media", "cdrom");
    drive.delete("format");
    made.volids.push(volume.volid);
  } else if (wanted) {
    const storage = storageFor(wanted.storage, target);
    const kind = checkEnabled(state, storage, node);
    const source = drive.get("import-from");
    let format = drive.get("format") ?? defaultFormat(kind);
    let size = Math.trunc(wanted.gib * GIB);
    if (key === "efidisk0")
      size = isFileStorage(kind) ? EFI_BYTES[drive.get("efitype") === "4m" ? "4m" : "2m"] : 4 * MIB;
    if (key === "tpmstate0") {
      size = TPM_BYTES;
      format = "raw";
    }
    if (source !== undefined) {
      size = source.startsWith("/") ? GIB : existing(call, target, source);
      made.imported = true;
      made.log.push(`importing disk '${source}' to VM ${vmid} ...`);
    }
    const volume = allocate(state, { storage, node, vmid, size, format });
    drive.set("file", volume.volid).set("size", formatSize(size));
    drive.delete("format");
    drive.delete("import-from");
    made.volids.push(volume.volid);
  } else if (!(current[key] !== undefined && parseDrive(current[key]).get("file") === file) && parseVolumeId(file))
    drive.set("size", formatSize(existing(call, target, file)));
  const text = printDrive(drive);
  const created = made.volids.at(-1);
  if (created !== undefined && created === drive.get("file")) {
    made.log.push(...formatting(state, created), `${key}: successfully created disk '${text}'`);
  }
  made.config[key] = text;
}

/** What the image tool says when it makes a file. */
export function formatting(state: ClusterState, volid: string): string[] {
  const volume = state.volumes.get(volid);
  if (!volume || !isFileStorage(describe(state, volid).storage)) return [];
  const { format, size } = volume;
  const rest =
    format === "qcow2"
      ? `cluster_size=65536 extended_l2=off preallocation=metadata compression_type=zlib size=${size} lazy_refcounts=off refcount_bits=16`
      : `size=${size} preallocation=off`;
  return [`Formatting '${pathOf(state, volid)}', fmt=${format} ${rest}`];
}

/** Makes what drives ask for and gives their final values; takes everything back when one fails. */
export function createDisks(call: Call, target: Target, set: Readonly<Config>, current: Readonly<Config>): Created {
  const made: Created = { config: {}, volids: [], log: [], imported: false };
  try {
    for (const [key, value] of Object.entries(set))
      if (isDrive(key)) make(call, target, key, parseDrive(value), { ...current, ...made.config }, made);
  } catch (error) {
    for (const volid of made.volids) discard(call.state, volid);
    throw error;
  }
  return made;
}
